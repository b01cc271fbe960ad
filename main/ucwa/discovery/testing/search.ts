import { json, links, ROOT, ScriptedServer } from "../../../testing/servers/scripted-server.ts";
import type { Reply } from "../../../testing/servers/scripted-server.ts";
import { signIn } from "../../../testing/signed-in.ts";
import { discoveryNames } from "../discovery.ts";
import type { SessionAccount } from "../../session-options.ts";

/** Where a search of the domain begins, in order; each has a name of its own below. */
export const NAMES = discoveryNames("contoso.example");
export const [INTERNAL = "", PLAIN_INTERNAL = "", EXTERNAL = "", PLAIN_EXTERNAL = ""] = NAMES;
export const WEB = "https://web.contoso.example";
export const HOSTER = "https://pool.hoster.example";
export const USER = `${ROOT}user?originalDomain=contoso.example`;

/** What is answered at which URL. */
export type Routes = Readonly<Record<string, () => Reply>>;

/** A session that searches: what the routes do not answer is a name that nobody knows, or goes the script's way. */
export function search(routes: Routes, account: Partial<SessionAccount> = {}) {
  const server = new ScriptedServer();
  server.intercept = ({ url }) => {
    const route = routes[url];
    if (route) return route();
    return NAMES.includes(url) ? unknownHost() : undefined;
  };
  const { clock, session, states } = signIn(server, { server: null, ...account });
  const asked = () => server.requests.filter(({ method }) => method === "GET").map(({ url }) => url);
  const names = () => asked().filter((url) => NAMES.includes(url));
  return { server, clock, session, asked, names, state: () => states.at(-1), states };
}

/** The failure of a request to a name that no name server knows. */
export const unknownHost = (): Reply =>
  Promise.reject(
    Object.assign(new TypeError("fetch failed"), {
      cause: Object.assign(new Error(), { code: "ENOTFOUND" }),
    }),
  );
/** What never comes. */
export const silence = (): Reply => new Promise<never>(() => undefined);
/** An HTTP redirect to there. */
export const redirect =
  (location: string, status = 302) =>
  (): Response =>
    new Response(null, { status, headers: { Location: location } });
/** A document of these links. */
export const document = (hrefs: Readonly<Record<string, string>>) => (): Response => json(200, links(hrefs));
/** A root that leads to the user whom the script knows. */
export const leadsHome = document({ user: USER });
/** The server is found at the third name. */
export const found = { [EXTERNAL]: leadsHome };
