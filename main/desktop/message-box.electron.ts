import { dialog } from "electron";

export interface Question {
  readonly type: "info" | "error";
  readonly message: string;
  readonly detail: string;
  /** The first one is the default, and the answer of whoever closes the box. */
  readonly buttons: readonly string[];
  /** Takes the box away. */
  readonly signal?: AbortSignal;
}

/**
 * A box of the system's own that lies above no window and holds nothing up: `dialog.showErrorBox` stops the whole main
 * process until it is clicked away, so that not even SIGTERM ends it. Resolves to the number of the chosen button; 0
 * when it was closed, taken away or could not be shown.
 */
export async function ask({ type, message, detail, buttons, signal }: Question): Promise<number> {
  const box = { type, title: "Doorbell", message, detail, buttons: [...buttons], defaultId: 0, cancelId: 0 };
  try {
    const { response } = await dialog.showMessageBox(signal === undefined ? box : { ...box, signal });
    return response;
  } catch {
    return 0;
  }
}
