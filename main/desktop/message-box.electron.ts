import { dialog } from "electron";

import type { Ask } from "./message-box.ts";

/**
 * On Linux the answer to a box is noticed when the main process wakes up next, and where there is no window yet nothing
 * wakes it for half a minute (electron/electron#51049).
 */
const WAKE_EVERY_MS = 100;

/**
 * A box that lies above no window and holds nothing up: `dialog.showErrorBox` stops the whole main process until it is
 * clicked away, so that not even SIGTERM ends it.
 */
export const askInBox: Ask = async ({ type, message, detail, buttons, signal }) => {
  const box = { type, title: "Doorbell", message, detail, buttons: [...buttons], defaultId: 0, cancelId: 0 };
  const awake = setInterval(() => undefined, WAKE_EVERY_MS);
  try {
    const { response } = await dialog.showMessageBox(signal === undefined ? box : { ...box, signal });
    return response;
  } catch {
    return 0;
  } finally {
    clearInterval(awake);
  }
};
