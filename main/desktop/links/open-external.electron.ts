import { shell } from "electron";

/**
 * Hands an address over to the program that the person's system has for it. The one place that does, so this is the last
 * look: whatever has another scheme than these is refused. Resolves to whether a program took it; never rejects.
 */
export async function openExternal(url: string): Promise<boolean> {
  if (!ALLOWED.includes(URL.parse(url)?.protocol ?? "")) return false;
  try {
    await shell.openExternal(url);
    return true;
  } catch {
    return false;
  }
}

const ALLOWED: readonly string[] = ["https:", "http:", "mailto:", "sip:"];
