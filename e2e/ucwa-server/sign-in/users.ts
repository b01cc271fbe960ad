/** Someone who can sign in. `uri` is the lower-case SIP URI. */
export interface User {
  readonly uri: string;
  readonly name: string;
  readonly password: string;
  /** Where they work, as `tel:` and the number. */
  readonly phoneNumber?: string;
  /** What stands for this person's Kerberos ticket in integrated sign-in; without one they have none. */
  readonly ticket?: string;
  /** Any real Kerberos ticket counts as theirs. */
  readonly kerberos?: true;
  /** In a meeting without an account. */
  readonly anonymous?: true;
}

/** A meeting that people without an account may join. Reference: AuthenticationInUCWA */
export interface Meeting {
  /** `sip:ada@b.example;gruu;opaque=app:conf:focus:id:ABC` */
  readonly uri: string;
  readonly key: string;
}

/** Who can sign in when nobody else is named. */
export const demoUsers: readonly User[] = [
  {
    uri: "sip:ada@doorbell.example",
    name: "Ada Lindqvist",
    password: "ada",
    phoneNumber: "tel:+14255550111",
  },
  { uri: "sip:ben@doorbell.example", name: "Ben Okafor", password: "ben", phoneNumber: "tel:+14255550112" },
  { uri: "sip:chen@doorbell.example", name: "Chen Wei", password: "chen" },
];

/** Whom anybody may join when no meeting is named. */
export const demoMeetings: readonly Meeting[] = [
  { uri: "sip:ada@doorbell.example;gruu;opaque=app:conf:focus:id:DEMO", key: "demo" },
];

/** Whether two addresses name one meeting. Its id keeps its case; the address before it does not. */
export function sameMeeting(a: string, b: string): boolean {
  const [addressA = "", ...restA] = a.split(";");
  const [addressB = "", ...restB] = b.split(";");
  return sipUri(addressA) === sipUri(addressB) && restA.join(";") === restB.join(";");
}

/** `a@b.example`, `sip:A@b.example` → `sip:a@b.example`: SIP addresses are compared without regard to case. */
export function sipUri(address: string): string {
  return `sip:${addressOf(address)}`;
}

/** The address inside a SIP URI, in lower case. */
export function addressOf(uri: string): string {
  return uri
    .trim()
    .replace(/^sips?:/i, "")
    .toLowerCase();
}

/** Whether this is something like `sip:name@domain`. */
export function isAddress(uri: string): boolean {
  return /^(sips?:)?[^\s@<>"/?#]+@[^\s@<>"/?#:]+$/i.test(uri.trim());
}

/** Reads `sip:ada.lind@b.example=password`; the name is made from the address. `null` when it is not of that form. */
export function parseUser(text: string): User | null {
  const equals = text.indexOf("=");
  const address = text.slice(0, equals);
  const password = text.slice(equals + 1);
  if (equals < 1 || password === "" || !isAddress(address)) return null;
  return { uri: sipUri(address), name: nameFrom(address), password };
}

/** `ada.lind@b.example` → `Ada Lind`. */
export function nameFrom(address: string): string {
  const local = addressOf(address).split("@", 1)[0] ?? "";
  return local
    .split(/[._-]+/)
    .filter((word) => word !== "")
    .map((word) => word[0]?.toUpperCase() + word.slice(1))
    .join(" ");
}

/** Finds who a sign-in name means: an address, with or without `sip:`, or `DOMAIN\name`. */
export function findUser(users: readonly User[], signInName: string): User | undefined {
  const account = /^[^\\]+\\(.+)$/.exec(signInName.trim())?.[1]?.toLowerCase();
  if (account !== undefined) return users.find((user) => addressOf(user.uri).split("@", 1)[0] === account);
  return users.find((user) => user.uri === sipUri(signInName));
}
