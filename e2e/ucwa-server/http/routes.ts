import type { Endpoint, Exchange } from "./endpoint.ts";
import type { Gone, Applications } from "../application/applications.ts";
import type { Context } from "../context.ts";
import {
  xframe,
  xframePath,
  xframeProbePath,
  xframeScript,
  xframeScriptPath,
} from "../discovery/cross-domain.ts";
import { tokenPath } from "../sign-in/challenges.ts";
import {
  applicationsPath,
  entranceEndpoint,
  rootEndpoint,
  rootPath,
  userEndpoint,
  userPath,
} from "../discovery/discovery-endpoints.ts";
import type { SignIn } from "../sign-in/oauth.ts";
import { federationPath, passiveAuthPath } from "../sign-in/passive-sign-in.ts";
import type { User } from "../sign-in/users.ts";

/** Where a request leads. */
export interface Route {
  readonly endpoint: Endpoint;
  /** The parameters that a client may add to its query. */
  readonly mayAdd?: readonly string[] | undefined;
  /** In whose name its links were handed out: an application's id, or one of the two services. */
  readonly owner: string;
  /** Whether it needs a link that was handed out in this run of the server. */
  readonly needsLink: boolean;
  readonly needsToken: boolean;
  /** Whose application it is; `null` for everybody's addresses. */
  readonly user: User | null;
  /** The application that this address belonged to. */
  readonly gone: Gone | null;
}

/** The owner of the links that belong to no application. */
export const services = "services";

/** Stands for every address that nothing answers. */
// Whether it took a body is not known any more.
export const nowhere: Endpoint = { name: "unknown", takesBody: true };

/** Finds where requests lead. */
export class Routes {
  readonly #context: Context;
  readonly #applications: Applications;
  readonly #fixed = new Map<string, Route>();

  constructor(
    context: Context,
    signIn: SignIn,
    applications: Applications,
    userOf: (exchange: Exchange) => User,
    restarted: boolean,
  ) {
    this.#context = context;
    this.#applications = applications;
    const { discovery, applications: applicationsOrigin } = context.origins;
    const route = (endpoint: Endpoint, needsLink: boolean, needsToken: boolean): Route => ({
      endpoint,
      owner: services,
      needsLink,
      needsToken,
      user: null,
      gone: null,
    });
    for (const path of ["/", rootPath])
      this.#fixed.set(discovery + path, route(rootEndpoint(context), false, false));
    const user = userEndpoint(context);
    this.#fixed.set(discovery + userPath, route(user, true, true));
    this.#fixed.set(`${discovery}${rootPath}/user`, route(user, true, true));
    for (const entrance of context.origins.entrances ?? [])
      for (const path of ["/", rootPath])
        this.#fixed.set(entrance.origin + path, route(entranceEndpoint(context, entrance), false, false));
    const framed = (context.origins.entrances ?? []).filter(({ answers }) => answers !== "missing");
    for (const origin of [discovery, applicationsOrigin, ...framed.map((entrance) => entrance.origin)]) {
      this.#fixed.set(origin + xframePath, route(xframe, true, false));
      this.#fixed.set(origin + xframeProbePath, route(xframe, false, false));
      this.#fixed.set(origin + xframeScriptPath, route(xframeScript, false, false));
    }
    // A client may remember a sign-in service for as long as it likes, but it was told of it by a challenge.
    for (const origin of new Set([discovery, applicationsOrigin])) {
      this.#fixed.set(origin + tokenPath, route(signIn.endpoint(origin), !restarted, false));
      this.#fixed.set(origin + passiveAuthPath, route(signIn.passive.passiveAuth(origin), !restarted, false));
    }
    // A browser comes here by a redirect.
    this.#fixed.set(discovery + federationPath, route(signIn.passive.federation, false, false));
    // A resolved address may be cached and used without discovery. Reference: RootURL
    this.#fixed.set(applicationsOrigin + applicationsPath, route(applications.endpoint(userOf), false, true));
  }

  find(url: URL): Route {
    const fixed = this.#fixed.get(url.origin + url.pathname);
    if (fixed) return fixed;
    const id = this.#applicationId(url);
    if (id === null) return { ...nobodys, needsLink: true };
    const running = this.#applications.find(id);
    if (running) {
      const { endpoints, mayHaveAdded } = running.application;
      const endpoint = endpoints.get(pathOf(url)) ?? nowhere;
      return {
        endpoint,
        mayAdd: endpoint.mayAdd ?? mayHaveAdded.get(pathOf(url)),
        owner: id,
        needsLink: true,
        needsToken: true,
        user: running.application.user,
        gone: null,
      };
    }
    const gone = this.#applications.findGone(id);
    if (gone)
      return { endpoint: nowhere, owner: id, needsLink: true, needsToken: true, user: gone.user, gone };
    // An application of an earlier run of the server, as far as its id can tell: nothing to blame a client for.
    return { ...nobodys, owner: id, needsLink: !/^\d{12}$/.test(id), needsToken: true };
  }

  #applicationId(url: URL): string | null {
    if (url.origin !== this.#context.origins.applications) return null;
    if (!url.pathname.startsWith(`${applicationsPath}/`)) return null;
    return url.pathname.slice(applicationsPath.length + 1).split("/", 1)[0] ?? null;
  }
}

const nobodys: Route = {
  endpoint: nowhere,
  owner: services,
  needsLink: true,
  needsToken: false,
  user: null,
  gone: null,
};

/** Mounted paths are spelled the way `segment` spells them; a client may respell what it was given. */
function pathOf(url: URL): string {
  try {
    return url.pathname
      .split("/")
      .map((part) => encodeURIComponent(decodeURIComponent(part)).replaceAll("%40", "@"))
      .join("/");
  } catch {
    return url.pathname;
  }
}
