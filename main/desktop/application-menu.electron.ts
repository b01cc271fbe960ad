import { app, dialog, Menu } from "electron";

import { texts } from "../../locales/texts.ts";
import { applicationMenu } from "./application-menu.ts";

/** Sets the menu of the program, in the language that is spoken then. */
export function setApplicationMenu(platform: NodeJS.Platform): void {
  const template = applicationMenu(platform, app.name, () => void askAndQuit());
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- readonly arrays inside are the only difference
  const entries = template as Electron.MenuItemConstructorOptions[] | null;
  Menu.setApplicationMenu(entries === null ? null : Menu.buildFromTemplate(entries));
}

let asking = false;

/** Command+Q lies beside other keys, and a bell that has ended does not ring. */
async function askAndQuit(): Promise<void> {
  if (asking) return;
  asking = true;
  try {
    const { menu, quit, cancel } = texts.program;
    const { response } = await dialog.showMessageBox({
      type: "question",
      message: menu.quitMessage,
      detail: menu.quitDetail,
      buttons: [quit, cancel],
      defaultId: 0,
      cancelId: 1,
    });
    if (response === 0) app.quit();
  } finally {
    asking = false;
  }
}
