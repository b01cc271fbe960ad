import { texts } from "../../locales/texts.ts";
import type { Clock } from "../platform/ports.ts";
import { FreedesktopNotifications } from "../surfaces/native/freedesktop/freedesktop.ts";
import type { NotificationProblem } from "../surfaces/native/notification-problem.ts";
import { Ringer } from "../surfaces/native/ringer.ts";
import { sessionBusAddress } from "../platform/bus/session-bus.ts";
import { shownFiles } from "../surfaces/native/shown-files.ts";
import type { Parts } from "./composition.ts";

/** Native notifications over the session bus that the environment names; null where there are none for a terminal. */
export function systemNotifications(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  clock: Clock,
): Parts["openNotifications"] {
  if (platform !== "linux") return null;
  return (bell, report, logger) => {
    const service = new FreedesktopNotifications({
      address: sessionBusAddress(env),
      clock,
      logger,
      shown: shownFiles({ env, pid: process.pid, logger })(),
    });
    const ringer = new Ringer(
      {
        answering: bell,
        clock,
        logger,
        toast: false,
        report: (problem) => report(problem === null ? null : problemLabel(problem)),
      },
      service,
    );
    const unsubscribe = bell.subscribe((state) => ringer.update(state));
    ringer.update(bell.state);
    return {
      dispose: async () => {
        unsubscribe();
        await ringer.dispose();
        await service.dispose();
      },
    };
  };
}

function problemLabel({ code, detail }: NotificationProblem): string {
  // Without buttons they are shown all the same.
  return code === "noActions" ? detail : texts.terminal.notifications.notShown(detail);
}
