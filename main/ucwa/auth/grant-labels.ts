import { listFormat } from "../../../locales/format.ts";
import { texts, type Texts } from "../../../locales/texts.ts";

const LABELS: ReadonlyMap<string, keyof Texts["server"]["grants"]> = new Map([
  ["password", "password"],
  ["urn:microsoft.rtc:windows", "windows"],
  ["urn:microsoft.rtc:passive", "passive"],
  ["urn:microsoft.rtc:anonmeeting", "anonymous"],
  ["bearer", "bearer"],
]);

/** The ways to sign in that a server names, for people. Reference: AuthenticationInUCWA. */
export function grantLabels(grants: readonly string[]): string {
  return inARow(grants.map(grantLabel));
}

function grantLabel(grant: string): string {
  const known = LABELS.get(grant.toLowerCase());
  return known === undefined ? grant.slice(0, 60) : texts.server.grants[known];
}

/** Names of ways to sign in, one after the other. */
export function inARow(ways: readonly string[]): string {
  return listFormat({ type: "unit", style: "short" }).format(ways);
}
