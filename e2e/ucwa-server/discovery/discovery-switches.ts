import * as z from "zod";

/** What discovery answers. Reference: RootURL */
export interface DiscoverySwitches {
  /** The root sends everyone there with a redirect link. */
  rootRedirect: string | null;
  /** The redirect link stands beside the user link instead of in its place, and takes precedence. */
  rootRedirectBesideUser: boolean;
  /** The root sends everyone there with HTTP 302. */
  rootFound: string | null;
  /** The root is not there: 404 with a page. */
  rootMissing: boolean;
  /** Signed-in users are sent there: they are homed elsewhere. */
  userRedirect: string | null;
  /** The web origins whose pages may ask through the cross-domain frame. Reference: Cross-domain IFRAME */
  allowedOrigins: readonly string[];
}

/** A deployment that has everything itself. */
export const plainDiscovery: DiscoverySwitches = {
  rootRedirect: null,
  rootRedirectBesideUser: false,
  rootFound: null,
  rootMissing: false,
  userRedirect: null,
  allowedOrigins: [],
};

/** What the control API takes of them. */
export const discoverySchema = z.object({
  rootRedirect: z.url().nullable(),
  rootRedirectBesideUser: z.boolean(),
  rootFound: z.url().nullable(),
  rootMissing: z.boolean(),
  userRedirect: z.url().nullable(),
  allowedOrigins: z.array(z.url()).max(20),
});
