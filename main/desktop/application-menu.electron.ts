import { app, dialog, Menu } from "electron";

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
    const { response } = await dialog.showMessageBox({
      type: "question",
      message: "Quit Doorbell?",
      detail: "While Doorbell isn't running, invitations can't reach you.",
      buttons: ["Quit", "Cancel"],
      defaultId: 0,
      cancelId: 1,
    });
    if (response === 0) app.quit();
  } finally {
    asking = false;
  }
}
