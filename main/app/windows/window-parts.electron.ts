import { app, session } from "electron";

import type { WindowRole } from "../../../preload/contract.ts";
import { serveAppScheme, type ServedParts } from "../../desktop/app-scheme.electron.ts";
import { lockDownSession } from "../../desktop/lockdown.electron.ts";
import { askInBox } from "../../desktop/message-box.electron.ts";
import type { WindowParts } from "../../surfaces/window/hardened-window.electron.ts";
import type { Context } from "../context.electron.ts";
import { FailingWindows } from "./failing-windows.ts";

export interface WindowHooks {
  /** Loads the page of a window once more. */
  readonly revive: (role: WindowRole) => void;
  /** The person wants the program to end. */
  readonly quit: () => void;
  readonly served: ServedParts;
}

/** What every window of ours is made with; their pages have no other way to anything. To be called once. */
export function windowParts(context: Context, { revive, quit, served }: WindowHooks): WindowParts {
  const { clock, logger, bundled, image, page } = context;
  const pages = session.defaultSession;
  lockDownSession(pages);
  serveAppScheme(pages, bundled("renderer"), served);
  const failing = new FailingWindows({ ask: askInBox, quit, revive });
  return {
    clock,
    logger,
    preloadOf: (role) => bundled("preload", `${role}.cjs`),
    pageOf: page,
    icon: image("app/256.png"),
    gaveUp: (role) => failing.gaveUp(role),
    devTools: !app.isPackaged,
  };
}
