import { demoMeetings, demoUsers, parseUser, sipUri } from "./sign-in/users.ts";
import type { Meeting, User } from "./sign-in/users.ts";

/** Who can sign in to the program's server, and where anonymous people may go. */
export interface People {
  readonly users: readonly User[];
  readonly meetings: readonly Meeting[];
  /** Nobody was named: these are the public demo users. */
  readonly demo: boolean;
}

/** Reads the people from the command line; a mistake is a sentence. It repeats no value, which may hold a password. */
export function readPeople(values: {
  readonly user?: readonly string[];
  readonly ticket?: readonly string[];
  readonly kerberos?: string;
  readonly phone?: readonly string[];
  readonly meeting?: readonly string[];
}): People | string {
  let users: User[] = [];
  for (const text of values.user ?? []) {
    const user = parseUser(text);
    if (!user) return "--user takes ADDRESS=PASSWORD, such as sip:ada@doorbell.example=secret.";
    if (users.some(({ uri }) => uri === user.uri)) return `--user names ${user.uri} twice.`;
    users.push(user);
  }
  const demo = users.length === 0;
  if (demo) users = [...demoUsers];
  for (const text of values.ticket ?? []) {
    const [address, ticket] = halves(text);
    const index = users.findIndex(({ uri }) => uri === sipUri(address));
    const user = users[index];
    if (ticket === "" || !user) return "--ticket takes ADDRESS=TEXT, with the address of a user.";
    users[index] = { ...user, ticket };
  }
  for (const text of values.phone ?? []) {
    const [address, number] = halves(text);
    const index = users.findIndex(({ uri }) => uri === sipUri(address));
    const user = users[index];
    if (!/^\+?\d{3,15}$/.test(number) || !user)
      return "--phone takes ADDRESS=NUMBER, with the address of a user, such as sip:ada@doorbell.example=+14255550111.";
    users[index] = { ...user, phoneNumber: `tel:${number}` };
  }
  if (values.kerberos !== undefined) {
    const index = users.findIndex(({ uri }) => uri === sipUri(values.kerberos ?? ""));
    const user = users[index];
    if (!user) return "--kerberos takes the address of a user.";
    users[index] = { ...user, kerberos: true };
  }
  const meetings: Meeting[] = [];
  for (const text of values.meeting ?? []) {
    // The address itself holds no equals sign but the one of its parameter.
    const [uri, key] = halves(text, text.lastIndexOf("="));
    if (key === "" || !uri.includes("opaque=app:conf:focus:id:"))
      return "--meeting takes URI=KEY, such as sip:ada@doorbell.example;gruu;opaque=app:conf:focus:id:A1=key.";
    meetings.push({ uri, key });
  }
  return { users, demo, meetings: meetings.length > 0 ? meetings : demoMeetings };
}

function halves(text: string, equals = text.indexOf("=")): [string, string] {
  return equals < 0 ? [text, ""] : [text.slice(0, equals), text.slice(equals + 1)];
}
