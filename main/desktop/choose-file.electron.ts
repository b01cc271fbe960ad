import { dialog } from "electron";

/** What the person may choose, in their language; endings of names without a dot. */
export interface FileWish {
  readonly title: string;
  readonly kind: string;
  readonly extensions: readonly string[];
}

/** Asks for one file in a dialog of the system's own; null when the person wants none, or no dialog can be shown. */
export async function chooseFile({ title, kind, extensions }: FileWish): Promise<string | null> {
  try {
    const { filePaths } = await dialog.showOpenDialog({
      title,
      properties: ["openFile"],
      filters: [{ name: kind, extensions: [...extensions] }],
    });
    return filePaths[0] ?? null;
  } catch {
    return null;
  }
}
