import { ok } from "../http/endpoint.ts";
import type { Answer, Endpoint, Exchange } from "../http/endpoint.ts";
import { autodiscoverXml, wantsAutodiscoverXml } from "./autodiscover-xml.ts";
import type { Context, Entrance } from "../context.ts";
import { xframePath } from "./cross-domain.ts";
import { respond } from "../http/message.ts";
import type { Link } from "../resources/served-resource.ts";

/** Where discovery starts: the one address that a client knows beforehand. */
export const rootPath = "/Autodiscover/AutodiscoverService.svc/root";
/** Where a signed-in user learns where the applications are. */
export const userPath = `${rootPath}/oauth/user`;
/** Where applications are created, on their own origin. */
export const applicationsPath = "/ucwa/oauth/v1/applications";

/** The root of discovery. Reference: RootURL, root */
export function rootEndpoint(context: Context): Endpoint {
  const { origins, switches, users } = context;
  return {
    name: "root",
    GET: (exchange) => {
      const query = domainOf(exchange) || domainQuery(ownDomain(exchange, users));
      if (switches.rootMissing) return missing;
      if (switches.rootFound !== null) return found(switches.rootFound);
      const redirect = switches.rootRedirect;
      return described(exchange, "root", {
        self: { href: `${origins.discovery}${rootPath}${query}` },
        ...((redirect === null || switches.rootRedirectBesideUser) && {
          user: { href: `${origins.discovery}${userPath}${query}` },
        }),
        ...(redirect !== null && { redirect: { href: redirect } }),
        xframe: { href: origins.discovery + xframePath },
      });
    },
  };
}

/** One of the other addresses where clients try to find the root. Reference: RootURL */
export function entranceEndpoint(context: Context, { answers }: Entrance): Endpoint {
  const root = rootEndpoint(context);
  const home = (exchange: Exchange): string => context.origins.discovery + rootPath + domainOf(exchange);
  switch (answers) {
    case "root":
      return root;
    case "redirect":
      return {
        name: "root",
        GET: (exchange) => described(exchange, "root", { redirect: { href: home(exchange) } }),
      };
    case "found":
      return { name: "root", GET: (exchange) => found(home(exchange)) };
    case "missing":
      return { name: "root", GET: () => missing };
  }
}

/** Where the signed-in user's applications are. Reference: user */
export function userEndpoint({ origins, switches }: Context): Endpoint {
  return {
    name: "user",
    GET: (exchange) =>
      described(exchange, "user", {
        self: { href: `${origins.discovery}${rootPath}/user` },
        ...(switches.userRedirect === null
          ? { applications: { href: `${origins.applications}${applicationsPath}`, revision: "2" } }
          : { redirect: { href: switches.userRedirect } }),
        // A frame asks its own origin only, and what comes next is asked of the applications'.
        xframe: {
          href: (switches.userRedirect === null ? origins.applications : origins.discovery) + xframePath,
        },
      }),
  };
}

function described({ request }: Exchange, rel: "root" | "user", links: Record<string, Link>): Answer {
  return wantsAutodiscoverXml(request.headers.get("accept"))
    ? { kind: "response", response: autodiscoverXml(rel, links) }
    : ok({ rel, properties: {}, links });
}

function domainOf({ url }: Exchange): string {
  return domainQuery(url.searchParams.get("originalDomain"));
}

/** By whose name discovery was begun; INFERRED where that was the name of a web service: the users' domain. */
function ownDomain({ url }: Exchange, [someone]: Context["users"]): string | null {
  return /^lyncdiscover(?:internal)?\.(.+)$/.exec(url.hostname)?.[1] ?? someone?.uri.split("@", 2)[1] ?? null;
}

function domainQuery(domain: string | null): string {
  return domain === null ? "" : `?originalDomain=${encodeURIComponent(domain)}`;
}

function found(location: string): Answer {
  return { kind: "response", response: respond(302, "text/html", "", [["Location", location]]) };
}

const missing: Answer = {
  kind: "response",
  response: respond(
    404,
    "text/html",
    "<!DOCTYPE html><title>404</title><h1>404 - File or directory not found.</h1>",
  ),
};
