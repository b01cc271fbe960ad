import { isLoopback } from "../platform/secure-url.ts";

/** What is wrong with a server address to start from, `name` being where it was given; null when nothing is. */
export function problemOfServer(server: string, name: string): string | null {
  if (!URL.canParse(server)) return `${name} must look like https://lyncdiscover.example.com.`;
  const url = new URL(server);
  if (url.protocol !== "https:" && url.protocol !== "http:") return `${name} must begin with https://.`;
  if (url.username !== "" || url.password !== "") return `${name} must not contain a name or password.`;
  if (url.protocol === "http:" && !isLoopback(server))
    return `${name} must use https://. Over http://, your password could be read on the way.`;
  return null;
}
