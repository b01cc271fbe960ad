import type { KeyringFailure, SecretReader } from "../../account/secrets.ts";
import type { Clock, Random } from "../../platform/ports.ts";
import { problemOf } from "../../surfaces/native/notification-problem.ts";
import type { NotificationCapabilities } from "../../surfaces/native/notification-service.ts";
import type { Check } from "./check.ts";
import type { DesktopReading } from "./surroundings.ts";

/** What is known of the keyring: it is locked, it answers, or why it does not. */
export type KeyringReading = "locked" | "answers" | KeyringFailure;

/** For the answer of a keyring that is not locked. */
const KEYRING_LIMIT_MS = 5_000;

/**
 * Asks the keyring for a password that nobody has kept, which writes nothing and raises no prompt. One that is locked is
 * not asked at all.
 */
export async function lookAtKeyring({
  secrets,
  clock,
  random,
}: {
  readonly secrets: SecretReader;
  readonly clock: Clock;
  readonly random: Random;
}): Promise<KeyringReading> {
  const state = await secrets.look();
  if (state !== "available") return state;
  const late = new AbortController();
  const cancel = clock.after(KEYRING_LIMIT_MS, () => late.abort());
  const kept = await secrets.get(`nobody ${random.uuid()}`, late.signal);
  cancel();
  return kept.outcome === "failed" ? kept.why : "answers";
}

/** Whether passwords are remembered. */
export function keychainCheck(reading: KeyringReading): Check {
  const name = "keychain";
  switch (reading) {
    case "answers":
      return { name, result: "ok", detail: "passwords can be kept" };
    case "locked":
      return {
        name,
        result: "ok",
        detail: "locked; the system asks to unlock it when a password is needed",
      };
    case "absent":
      return warning("No keyring is available.");
    case "library":
      return warning("The keyring cannot be used because libsecret is missing.");
    case "refused":
    case "broken":
      return warning("The keyring refuses to answer.");
    case "givenUp":
      return warning(`The keyring did not answer within ${KEYRING_LIMIT_MS / 1_000} seconds.`);
  }
}

function warning(detail: string): Check {
  return { name: "keychain", result: "warning", detail: `${detail} No password is remembered.` };
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
