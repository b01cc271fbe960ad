import { dialog } from "electron";

import type { Ask } from "./message-box.ts";

/**
 * A box that lies above no window and holds nothing up: `dialog.showErrorBox` stops the whole main process until it is
 * clicked away, so that not even SIGTERM ends it.
 */
export const askInBox: Ask = async ({ type, message, detail, buttons, signal }) => {
  const box = { type, title: "Doorbell", message, detail, buttons: [...buttons], defaultId: 0, cancelId: 0 };
  try {
    const { response } = await dialog.showMessageBox(signal === undefined ? box : { ...box, signal });
    return response;
  } catch {
    return 0;
  }
};
