import { getDefaultSession, isSession, session, type Session } from "../session.ts";
import { strictObject } from "../strict.ts";
import { ClientRequest } from "./client-request.ts";
import { fetchWith } from "./net-fetch.ts";

type Options = Electron.ClientRequestConstructorOptions;

/** Electron's `net`. */
export const net = strictObject("net", {
  request: (given: Options | string) => {
    const options: Options = typeof given === "string" ? { url: given } : given;
    return new ClientRequest(options, sessionOf(options));
  },
  fetch: (input: string | GlobalRequest, init?: RequestInit) => fetchWith(getDefaultSession(), input, init),
  // The driver puts its own in their place.
  isOnline: () => true,
  online: true,
});

function sessionOf(options: Options): Session {
  const given: unknown = options.session;
  if (given !== undefined && !isSession(given))
    throw new TypeError("`session` should be an instance of the Session class");
  if (given !== undefined) return given;
  return options.partition === undefined ? getDefaultSession() : session.fromPartition(options.partition);
}
