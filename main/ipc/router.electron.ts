import { ipcMain, type IpcMainInvokeEvent } from "electron";

import type { WindowRole } from "../../preload/contract.ts";
import { REQUEST_CHANNELS } from "./channels.ts";
import type { Router, Sender } from "./router.ts";

/** Answers every channel through the router. The only user of `ipcMain`. */
export function connectRouter(router: Router, roleOf: (webContentsId: number) => WindowRole | null): void {
  for (const channel of REQUEST_CHANNELS) {
    ipcMain.handle(channel, (event, payload: unknown) =>
      router.handle(channel, senderOf(event, roleOf), payload),
    );
  }
}

function senderOf(event: IpcMainInvokeEvent, roleOf: (webContentsId: number) => WindowRole | null): Sender {
  // The frame may be gone by now.
  const frame = event.senderFrame;
  return {
    role: roleOf(event.sender.id),
    mainFrame: frame !== null && frame.parent === null,
    url: frame?.url ?? "",
  };
}
