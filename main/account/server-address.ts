import { texts } from "../../locales/texts.ts";
import { isLoopback } from "../platform/secure-url.ts";

/** What is wrong with a server address to start from, `name` being where it was given; null when nothing is. */
export function problemOfServer(server: string, name: string): string | null {
  const wrong = texts.signIn.server;
  if (!URL.canParse(server)) return wrong.form(name);
  const url = new URL(server);
  if (url.protocol !== "https:" && url.protocol !== "http:") return wrong.scheme(name);
  if (url.username !== "" || url.password !== "") return wrong.user(name);
  if (url.protocol === "http:" && !isLoopback(server)) return wrong.readable(name);
  return null;
}
