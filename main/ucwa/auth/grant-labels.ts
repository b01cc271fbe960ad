const LABELS: ReadonlyMap<string, string> = new Map([
  ["password", "password"],
  ["urn:microsoft.rtc:windows", "Windows sign-in"],
  ["urn:microsoft.rtc:passive", "web page of the organisation"],
  ["urn:microsoft.rtc:anonmeeting", "guest of a meeting"],
  ["bearer", "token of another service"],
]);

/** The ways to sign in that a server names, for people. Reference: AuthenticationInUCWA. */
export function grantLabels(grants: readonly string[]): string {
  return grants.map((grant) => LABELS.get(grant.toLowerCase()) ?? grant.slice(0, 60)).join(", ");
}
