import type { RunningProgram } from "./running-program.ts";

/** One entry of the tray's menu. */
export interface TrayEntry {
  readonly id: string;
  readonly type: string;
  readonly label: string;
  readonly enabled: boolean;
  readonly checked: boolean;
  readonly entries: readonly TrayEntry[];
}

/** What a person sees in the tray. */
export interface TrayState {
  /** The file name of the image. */
  readonly image: string;
  readonly toolTip: string;
  /** The visible entries. */
  readonly entries: readonly TrayEntry[];
}

/** What the program drew last; null when there is no icon. */
export async function trayState(program: RunningProgram): Promise<TrayState | null> {
  return await program.evaluate(() => {
    const read = (menu: Pick<Electron.Menu, "items"> | null): TrayEntry[] =>
      (menu?.items ?? [])
        .filter((item) => item.visible)
        .map((item) => ({
          id: item.id,
          type: item.type,
          label: item.label,
          enabled: item.enabled,
          checked: item.checked,
          entries: read(item.submenu ?? null),
        }));
    const recorded = globalThis.__recorded;
    if (recorded === undefined) throw new Error("The program was started without the recorder.");
    const { tray } = recorded;
    return tray === null ? null : { image: tray.image, toolTip: tray.toolTip, entries: read(tray.menu) };
  });
}

const ENTRY_LIMIT_MS = 5_000;
const POLL_MS = 25;

/** Clicks on an entry of the tray's menu once it is there, as a person does; throws when it does not come. */
export async function clickTrayEntry(program: RunningProgram, id: string): Promise<void> {
  for (const deadline = Date.now() + ENTRY_LIMIT_MS; ;) {
    const clicked = await program.evaluate((_, wanted) => {
      const item = globalThis.__recorded?.tray?.menu?.getMenuItemById(wanted);
      const canBeClicked = item?.visible === true && item.enabled;
      if (canBeClicked) item.click();
      return canBeClicked;
    }, id);
    if (clicked) return;
    if (Date.now() > deadline) throw new Error(`The tray has no entry "${id}" that can be clicked.`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Clicks on the icon. */
export async function clickTrayIcon(program: RunningProgram): Promise<void> {
  await program.evaluate(() => {
    const icon = globalThis.__recorded?.tray?.icon;
    if (icon === undefined) throw new Error("There is no icon in the tray.");
    icon.emit("click", {}, { x: 0, y: 0, width: 0, height: 0 }, { x: 0, y: 0 });
  });
}
