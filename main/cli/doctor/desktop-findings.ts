import { texts } from "../../../locales/texts.ts";
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
      return { name, result: "ok", detail: texts.doctor.keyring.answers };
    case "locked":
      return { name, result: "ok", detail: texts.doctor.keyring.locked };
    case "absent":
      return warning(texts.doctor.keyring.absent);
    case "library":
      return warning(texts.doctor.keyring.library);
    case "refused":
    case "broken":
      return warning(texts.doctor.keyring.refused);
    case "givenUp":
      return warning(texts.doctor.keyring.tooLate(KEYRING_LIMIT_MS / 1_000));
  }
}

function warning(detail: string): Check {
  return { name: "keychain", result: "warning", detail };
}

/** Who draws notifications and tray icons; `desktop` is null where no session bus is needed. */
export function desktopChecks(desktop: DesktopReading | null): Check[] {
  if (desktop === null) {
    const detail = texts.doctor.ofSystem;
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
      ? {
          name: "notifications",
          result: "warning",
          detail: problem?.detail ?? texts.doctor.notifications.unavailable,
        }
      : { name: "notifications", result: "ok", detail: abilities(notifications.capabilities) },
    trayHost === true
      ? { ...tray, result: "ok", detail: texts.doctor.tray.found }
      : {
          ...tray,
          result: "warning",
          detail: trayHost === null ? texts.doctor.tray.noBus : texts.doctor.tray.nobody,
        },
  ];
}

function abilities(service: NotificationCapabilities): string {
  const words = texts.doctor.notifications;
  const can = [
    service.actions ? words.buttons : null,
    service.body ? words.text : null,
    service.bodyMarkup ? words.markup : null,
  ].filter((word) => word !== null);
  return `${service.name}: ${can.join(", ")}`;
}
