import { isLoopback } from "../platform/secure-url.ts";

/** What is wrong with a server address to start from, `name` being where it was given; null when nothing is. */
export function problemOfServer(server: string, name: string): string | null {
  if (!URL.canParse(server))
    return `${name} takes the address of a server, such as https://lyncdiscover.example.com.`;
  const url = new URL(server);
  if (url.protocol !== "https:" && url.protocol !== "http:")
    return `${name} takes an address that begins with https:.`;
  if (url.username !== "" || url.password !== "") return `${name} takes no name or password in the address.`;
  if (url.protocol === "http:" && !isLoopback(server))
    return `${name} takes no http: address but one of this machine: the password would travel in the clear.`;
  return null;
}
