import { isLoopbackHost } from "../loopback.ts";

/** Whether a page of the web may be shown: nobody on the way reads along or writes into it. */
export function isPrivateWebAddress(url: string): boolean {
  const { protocol, hostname, username, password } = URL.parse(url) ?? NOTHING;
  // A name before the host is there to be taken for the host.
  if (username !== "" || password !== "") return false;
  return protocol === "https:" || (protocol === "http:" && isLoopbackHost(hostname));
}

const NOTHING = { protocol: "", hostname: "", username: "", password: "" };
