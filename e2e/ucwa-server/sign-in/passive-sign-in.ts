import { createHash } from "node:crypto";
import type { Answer, Endpoint, Exchange } from "../http/endpoint.ts";
import type { Context } from "../context.ts";
import { mediaType, respond } from "../http/message.ts";
import type { HeaderPairs } from "../http/message.ts";
import { hex } from "../random.ts";
import { findUser } from "./users.ts";
import type { User } from "./users.ts";

/** Where a client's browser window goes to sign in, on each origin with a sign-in service. */
export const passiveAuthPath = "/PassiveAuth/PassiveAuth.aspx";
/** Where the organisation asks who it is, on the discovery origin. */
export const federationPath = "/adfs/ls/";

/** A federation ticket is good for the one redirect that carries it. */
const ticketMs = 60_000;
const federationCookie = "MSISAuth";

interface Session {
  readonly user: User;
  /** The origin that it is worth something at; the federation's own is worth something at the federation alone. */
  readonly realm: string;
  readonly expiresAt: number;
}

/**
 * Sign-in by a browser. Reference: AuthenticationInUCWA; all but its first and its last step INFERRED.
 *
 *     token POST ──▶ 400 with the PassiveAuth address
 *     PassiveAuth ──302──▶ federation: a form ──POST──▶ 302 with a ticket ──▶ PassiveAuth: cookie, "you can go on"
 *     token POST with the cookie ──▶ token
 *
 * The federation remembers the browser too, so that the second origin asks for no password.
 */
export class PassiveSignIn {
  readonly #context: Context;
  readonly #sessions = new Map<string, Session>();

  constructor(context: Context) {
    this.#context = context;
  }

  /** Who has signed in by browser at this origin, by the cookie of a token request. */
  userOf({ request }: Exchange, origin: string): User | null {
    return this.#session(cookieOf(request.headers, cookieName(origin)), origin);
  }

  /** Every passive sign-in ends: the next token request is sent to the browser again. */
  forget(): void {
    this.#sessions.clear();
  }

  /** The page that a token request without a cookie names. */
  passiveAuth(origin: string): Endpoint {
    return {
      name: "passiveAuth",
      mayAdd: ["ticket"],
      GET: ({ url }) => {
        const ticket = url.searchParams.get("ticket");
        if (ticket === null)
          return found(
            `${this.#context.origins.discovery}${federationPath}?wa=wsignin1.0&wtrealm=${encodeURIComponent(origin)}`,
          );
        const user = this.#session(ticket, origin);
        this.#sessions.delete(ticket);
        if (!user) return shown(403, "This sign-in is over", "<p>Please start again.</p>");
        const cookie = this.#remember(user, origin, this.#context.timings.passiveCookieMs);
        return shown(200, "You are signed in", "<p>You can close this window and go on.</p>", [
          setCookie(cookieName(origin), cookie, "/", origin),
        ]);
      },
    };
  }

  /** The organisation's own sign-in page: a form that needs no script. */
  get federation(): Endpoint {
    return {
      name: "federation",
      takesBody: true,
      GET: ({ request, url }) => {
        const realm = this.#realm(url);
        if (realm === null) return shown(400, "Nobody asked for this sign-in", "<p>Please start again.</p>");
        const user = this.#session(cookieOf(request.headers, federationCookie), federationCookie);
        return user ? this.#backTo(realm, user, []) : form(false);
      },
      POST: ({ request, url }) => {
        const realm = this.#realm(url);
        if (
          realm === null ||
          mediaType(request.headers.get("content-type")) !== "application/x-www-form-urlencoded"
        )
          return shown(400, "Nobody asked for this sign-in", "<p>Please start again.</p>");
        const given = new URLSearchParams(new TextDecoder().decode(request.body));
        const { switches, timings, users, origins } = this.#context;
        const user = findUser(users, given.get("UserName") ?? "");
        if (!user || switches.rejectPasswords || given.get("Password") !== user.password) return form(true);
        const cookie = this.#remember(user, federationCookie, timings.passiveCookieMs);
        return this.#backTo(realm, user, [
          setCookie(federationCookie, cookie, federationPath, origins.discovery),
        ]);
      },
    };
  }

  #backTo(realm: string, user: User, headers: HeaderPairs): Answer {
    return found(`${realm}${passiveAuthPath}?ticket=${this.#remember(user, realm, ticketMs)}`, headers);
  }

  /** Only this deployment's own origins: a federation that redirects anywhere gives its tickets to anybody. */
  #realm(url: URL): string | null {
    const { discovery, applications } = this.#context.origins;
    const asked = url.searchParams.get("wtrealm");
    return asked === discovery || asked === applications ? asked : null;
  }

  #remember(user: User, realm: string, forMs: number): string {
    const { clock, random } = this.#context;
    const secret = hex(random, 24);
    this.#sessions.set(secret, { user, realm, expiresAt: clock.now() + forMs });
    return secret;
  }

  #session(secret: string | null, realm: string): User | null {
    const session = secret === null ? undefined : this.#sessions.get(secret);
    if (!session || session.realm !== realm) return null;
    return session.expiresAt > this.#context.clock.now() ? session.user : null;
  }
}

/** Cookies are told apart by host alone: two origins on one host need two names. */
function cookieName(origin: string): string {
  const { port, protocol } = new URL(origin);
  return `RtcPassive${port || (protocol === "https:" ? "443" : "80")}`;
}

function setCookie(name: string, value: string, path: string, origin: string): readonly [string, string] {
  const secure = origin.startsWith("https:") ? "; Secure" : "";
  return ["Set-Cookie", `${name}=${value}; Path=${path}; HttpOnly; SameSite=Lax${secure}`];
}

function cookieOf(headers: Headers, name: string): string | null {
  for (const pair of (headers.get("cookie") ?? "").split(";")) {
    const [key, value] = pair.trim().split("=", 2);
    if (key === name) return value ?? null;
  }
  return null;
}

function found(location: string, headers: HeaderPairs = []): Answer {
  const all = [["Location", location], ["Cache-Control", "no-store"], ...headers] as const;
  return { kind: "response", response: respond(302, null, "", all) };
}

function form(wrong: boolean): Answer {
  return shown(
    200,
    "Sign in",
    `${wrong ? '<p role="alert">The user name or the password is not right.</p>' : ""}
    <form method="post">
      <label>User name <input name="UserName" autocomplete="username" required autofocus /></label>
      <label>Password <input name="Password" type="password" autocomplete="current-password" required /></label>
      <button>Sign in</button>
    </form>`,
  );
}

const style =
  "body{font:1rem/1.5 system-ui,sans-serif;max-width:22rem;margin:15vh auto;padding:0 1rem}" +
  "label,input,button{display:block;width:100%;box-sizing:border-box;margin:.25rem 0 .75rem}" +
  "input,button{font:inherit;padding:.4rem}";
const styleHash = createHash("sha256").update(style).digest("base64");

// No form-action: it would have to name the origin that the answer to the form redirects to.
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; frame-ancestors 'none'`;

function shown(status: number, title: string, content: string, headers: HeaderPairs = []): Answer {
  const body = `<!DOCTYPE html>
<html lang="en">
  <head><meta charset="utf-8" /><title>${title}</title><style>${style}</style></head>
  <body><h1>${title}</h1>${content}</body>
</html>
`;
  return {
    kind: "response",
    response: respond(status, "text/html; charset=utf-8", body, [
      ["Content-Security-Policy", policy],
      ["Cache-Control", "no-store"],
      // The address carries a ticket.
      ["Referrer-Policy", "no-referrer"],
      ...headers,
    ]),
  };
}
