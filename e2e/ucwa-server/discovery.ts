import { ok } from "./answer.ts";
import type { Endpoint } from "./answer.ts";
import type { Context } from "./context.ts";

/** Where discovery starts: the one address that a client knows beforehand. */
export const rootPath = "/Autodiscover/AutodiscoverService.svc/root";
/** Where a signed-in user learns where the applications are. */
export const userPath = `${rootPath}/oauth/user`;
/** Where applications are created, on their own origin. */
export const applicationsPath = "/ucwa/oauth/v1/applications";

/** The root of discovery. Reference: RootURL, root */
export function rootEndpoint({ origins, switches }: Context): Endpoint {
  return {
    name: "root",
    GET: ({ url }) => {
      const domain = url.searchParams.get("originalDomain");
      const query = domain === null ? "" : `?originalDomain=${encodeURIComponent(domain)}`;
      return ok({
        rel: "root",
        properties: {},
        links: {
          self: { href: `${origins.discovery}${rootPath}${query}` },
          // A redirect may come beside the other links and takes precedence.
          ...(switches.rootRedirect === null
            ? { user: { href: `${origins.discovery}${userPath}${query}` } }
            : { redirect: { href: switches.rootRedirect } }),
          xframe: { href: `${origins.discovery}/Autodiscover/XFrame/XFrame.html` },
        },
      });
    },
  };
}

/** Where the signed-in user's applications are. Reference: user */
export function userEndpoint({ origins, switches }: Context): Endpoint {
  return {
    name: "user",
    GET: () =>
      ok({
        rel: "user",
        properties: {},
        links: {
          self: { href: `${origins.discovery}${rootPath}/user` },
          ...(switches.userRedirect === null
            ? { applications: { href: `${origins.applications}${applicationsPath}`, revision: "2" } }
            : { redirect: { href: switches.userRedirect } }),
          xframe: { href: `${origins.discovery}/Autodiscover/XFrame/XFrame.html` },
        },
      }),
  };
}
