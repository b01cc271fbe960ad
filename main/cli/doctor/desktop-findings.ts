import type { SecretPlace } from "../../account/secrets.ts";
import { problemOf } from "../../surfaces/notification/problem.ts";
import type { NotificationCapabilities } from "../../surfaces/notification/service.ts";
import type { Check } from "./check.ts";
import type { DesktopReading } from "./surroundings.ts";

/** Whether passwords are remembered. */
export function keychainCheck({ kind, detail }: SecretPlace): Check {
  return kind === "keychain"
    ? { name: "keychain", result: "ok", detail }
    : { name: "keychain", result: "warning", detail: `${detail} No password is remembered.` };
}

/** Who draws notifications and tray icons; `desktop` is null where no session bus is needed. */
export function desktopChecks(desktop: DesktopReading | null): Check[] {
  if (desktop === null) {
    const detail = "shown by the system itself";
    return [
      { name: "notifications", result: "ok", detail },
      { name: "tray", result: "ok", detail },
    ];
  }
  const { notifications, trayHost } = desktop;
  const problem = problemOf(notifications);
  const tray = { name: "tray" } as const;
  return [
    problem !== null || !notifications.available
      ? { name: "notifications", result: "warning", detail: problem?.detail ?? "not available" }
      : { name: "notifications", result: "ok", detail: abilities(notifications.capabilities) },
    trayHost === true
      ? { ...tray, result: "ok", detail: "there is a tray for the icon" }
      : {
          ...tray,
          result: "warning",
          detail:
            trayHost === null
              ? "There is no session bus, so nobody shows a tray icon."
              : "Nobody shows tray icons (org.kde.StatusNotifierWatcher has no owner); GNOME needs an extension for them.",
        },
  ];
}

function abilities(service: NotificationCapabilities): string {
  const can = [
    service.actions ? "buttons" : null,
    service.body ? "text" : null,
    service.bodyMarkup ? "markup" : null,
  ].filter((word) => word !== null);
  return `${service.name}: ${can.join(", ")}`;
}
