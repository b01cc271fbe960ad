import type { Clock, Logger, Random } from "../../platform/ports.ts";
import { ElectronNotifications } from "./electron-notification.electron.ts";
import { FreedesktopNotifications } from "./freedesktop/freedesktop.ts";
import { iconAddress } from "./icon-address.ts";
import type { NotificationService } from "./notification-service.ts";
import { sessionBusAddress } from "../../platform/bus/session-bus.ts";
import { shownFiles } from "./shown-files.ts";

export interface AppNotificationOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The path of a picture for services that show one. */
  readonly icon: string;
}

/** Opens the notification service of the platform that the app runs on, as often as it is asked to. */
export function notificationServices(
  platform: NodeJS.Platform,
  { clock, random, logger, env, icon }: AppNotificationOptions,
): () => NotificationService {
  if (platform === "win32" || platform === "darwin")
    return () => new ElectronNotifications({ platform, random, logger });
  const address = sessionBusAddress(env);
  const store = shownFiles({ env, pid: process.pid, logger });
  return () =>
    new FreedesktopNotifications({
      address,
      clock,
      logger,
      identity: { icon: iconAddress(icon) },
      shown: store(),
    });
}
