import { app, net } from "electron";

import { openSystemFocus } from "../desktop/focus/open-system-focus.ts";
import { linkAmong } from "../desktop/links/person-link.ts";
import { NetworkWatch } from "../desktop/network-watch.ts";
import { watchPower, watchSessionEnd } from "../desktop/power.electron.ts";
import type { LaterStarts } from "../desktop/start/later-starts.electron.ts";
import { quitOnce } from "../desktop/start/quit.ts";
import { Owned } from "../platform/owned.ts";
import { endProcess, ownEndings } from "../platform/process-end.ts";
import type { TrayHostWatch } from "../surfaces/tray/tray-host.ts";
import type { Account } from "./sign-in/account.electron.ts";
import type { Context } from "./context.electron.ts";
import type { Stores } from "./stores.electron.ts";
import type { Surfaces } from "./surfaces.electron.ts";

/** The first windows and the sign-in come before it. */
const FOCUS_AFTER_MS = 500;

/** What the rest of the program asks of it. */
export interface SystemWatch {
  /** A page was told that the network went or came. */
  readonly networkChanged: () => void;
  /** The program is about to end. */
  readonly isLeaving: () => boolean;
}

/** The system around: power, network, a second start, the end. */
export function watchSystem({
  context: { clock, logger, env, platform },
  stores: { history, settings },
  account: { http, signIn },
  surfaces,
  trayHost,
  starts,
}: {
  readonly context: Context;
  readonly stores: Stores;
  readonly account: Account;
  readonly surfaces: Surfaces;
  readonly trayHost: TrayHostWatch;
  readonly starts: LaterStarts;
}): SystemWatch {
  const woke = async (): Promise<void> => {
    await http.dropConnections();
    signIn.resumed();
    surfaces.quietness.woke();
  };
  const stopPower = watchPower(() => void woke());
  const network = new NetworkWatch({ clock, isOnline: () => net.isOnline(), back: () => void woke() });
  const owned = new Owned();
  owned.add(
    clock.after(FOCUS_AFTER_MS, () => {
      const focus = openSystemFocus({ platform, env, clock, logger });
      focus.subscribe((on) => surfaces.quietness.setSystemFocus(on));
      owned.add(() => focus.dispose());
    }),
  );
  const follow = (args: readonly string[]): void => {
    const link = linkAmong(args, settings.current.personLinks);
    if (link) surfaces.compose(link);
    else surfaces.panel.show();
  };
  starts.follow(follow);
  app.on("activate", () => surfaces.panel.show());
  app.on("window-all-closed", () => undefined);
  let leaving = false;
  const quit = quitOnce(
    clock,
    async () => {
      leaving = true;
      logger.info("quit");
      network.dispose();
      stopPower();
      owned.dispose();
      surfaces.panel.leave();
      await Promise.allSettled([signIn.close(), surfaces.alerts.dispose(), history.flush()]);
      await surfaces.photoFiles?.dispose();
      await history.flush();
      surfaces.dispose();
      trayHost.close();
    },
    () =>
      endProcess(
        ownEndings(() => app.exit(0)),
        clock,
      ),
  );
  app.on("before-quit", (event) => {
    event.preventDefault();
    quit();
  });
  watchSessionEnd(quit);
  return { networkChanged: () => network.told(), isLeaving: () => leaving };
}
