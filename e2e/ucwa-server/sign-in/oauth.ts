import type { Answer, Endpoint, Exchange } from "../http/endpoint.ts";
import { tokenFailure, tokenGranted } from "./challenges.ts";
import type { Context } from "../context.ts";
import { IntegratedSignIn } from "./integrated-sign-in.ts";
import { mediaType } from "../http/message.ts";
import type { ServerRequest } from "../http/message.ts";
import { passiveAuthPath, PassiveSignIn } from "./passive-sign-in.ts";
import { hex } from "../random.ts";
import type { Tokens } from "./issued-tokens.ts";
import { findUser, sameMeeting } from "./users.ts";
import type { User } from "./users.ts";

/** What a grant has to go by. */
interface Asked {
  readonly form: URLSearchParams;
  readonly exchange: Exchange;
  readonly origin: string;
}

/** What one grant type makes of a token request: someone, or an answer of its own. */
type Grant = (asked: Asked) => User | Answer;

/** The sign-in services of all origins. Reference: AuthenticationInUCWA */
export class SignIn {
  readonly passive: PassiveSignIn;
  readonly #context: Context;
  readonly #tokens: Tokens;
  readonly #integrated: IntegratedSignIn;
  readonly #grants: ReadonlyMap<string, Grant>;

  constructor(context: Context, tokens: Tokens) {
    this.#context = context;
    this.#tokens = tokens;
    this.passive = new PassiveSignIn(context);
    this.#integrated = new IntegratedSignIn(context);
    this.#grants = new Map<string, Grant>([
      ["password", (asked) => this.#password(asked)],
      ["urn:microsoft.rtc:windows", ({ exchange }) => this.#integrated.signIn(exchange.request)],
      ["urn:microsoft.rtc:passive", (asked) => this.#byCookie(asked)],
      ["urn:microsoft.rtc:anonmeeting", (asked) => this.#anonymous(asked)],
    ]);
  }

  /** The sign-in service of one origin. */
  endpoint(origin: string): Endpoint {
    return { name: "token", takesBody: true, POST: (exchange) => this.#token(exchange, origin) };
  }

  async #token(exchange: Exchange, origin: string): Promise<Answer> {
    const { breaches, switches } = this.#context;
    const { request } = exchange;
    const handshake =
      switches.grants.includes("urn:microsoft.rtc:windows") && this.#integrated.begin(request);
    if (handshake) return handshake;
    const isForm = mediaType(request.headers.get("content-type")) === formType;
    if (!isForm) breaches.record("contentType", request);
    const form = isForm ? formIn(request) : switches.multipartTokens ? await multipartIn(request) : null;
    const type = form?.get("grant_type");
    if (!form || !type || repeats(form))
      return tokenFailure("invalid_request", 28_000, "The request is malformed.");
    const scope = form.get("scope");
    const offered = switches.grants.includes(type);
    const grant = offered ? this.#grants.get(type) : undefined;
    if (!grant) {
      if (!offered) breaches.record("grantNotOffered", request);
      return tokenFailure("unsupported_grant_type", 28_029, "Authentication type not allowed.");
    }
    if (scope !== null && scope !== "all")
      return tokenFailure("invalid_scope", 28_000, "The scope is not valid.");
    if (withoutPassword.includes(type) && (form.has("username") || form.has("password")))
      breaches.record("unexpectedCredentials", request);
    const result = grant({ form, exchange, origin });
    if ("kind" in result) return result;
    const { token, expiresInSeconds } = this.#tokens.issue(result, origin);
    return tokenGranted(token, expiresInSeconds);
  }

  #password({ form }: Asked): User | Answer {
    const { switches, users } = this.#context;
    const username = form.get("username");
    const password = form.get("password");
    if (!username || !password) return missing;
    const user = findUser(users, username);
    return user?.password === password && !switches.rejectPasswords ? user : refused;
  }

  #byCookie({ exchange, origin }: Asked): User | Answer {
    const user = this.passive.userOf(exchange, origin);
    if (user) return user;
    const href = origin + passiveAuthPath;
    this.#context.links.issue("services", href);
    return tokenFailure("invalid_grant", 28_020, "No valid security token.", { ms_rtc_passiveauthuri: href });
  }

  /** A token that is renewed keeps its holder: without that, they would be a new participant. */
  #anonymous({ form, origin }: Asked): User | Answer {
    const uri = form.get("ms_rtc_conferenceuri");
    const key = form.get("password");
    if (!uri || !key) return missing;
    if (!this.#context.meetings.some((meeting) => sameMeeting(meeting.uri, uri) && meeting.key === key))
      return refused;
    const old = form.get("ms_rtc_renew");
    if (old === null) {
      const id = hex(this.#context.random, 6);
      return { uri: `sip:guest-${id}@anonymous.invalid`, name: "Guest", password: "", anonymous: true };
    }
    const credential = this.#tokens.checkToken(old, origin);
    return credential.kind === "valid" && credential.user.anonymous ? credential.user : refused;
  }
}

const formType = "application/x-www-form-urlencoded";
const withoutPassword = ["urn:microsoft.rtc:windows", "urn:microsoft.rtc:passive"];
const missing = tokenFailure("invalid_request", 28_000, "The parameter is missing.");
const refused = tokenFailure("invalid_grant", 28_020, "No valid security token.");

/** Whether a body that is not meant for a sign-in service carries a password grant. */
export function carriesPassword(request: ServerRequest): boolean {
  if (mediaType(request.headers.get("content-type")) !== formType) return false;
  const form = formIn(request);
  return form.has("password") || form.has("grant_type");
}

function formIn({ body }: ServerRequest): URLSearchParams {
  return new URLSearchParams(new TextDecoder().decode(body));
}

/** The texts of a multipart form; `null` when it is none. */
async function multipartIn({ headers, body }: ServerRequest): Promise<URLSearchParams | null> {
  const type = headers.get("content-type") ?? "";
  try {
    const form = await new Response(new Uint8Array(body), { headers: { "Content-Type": type } }).formData();
    return new URLSearchParams(
      [...form].filter((part): part is [string, string] => typeof part[1] === "string"),
    );
  } catch {
    return null;
  }
}

function repeats(form: URLSearchParams): boolean {
  const names = [...form.keys()];
  return new Set(names).size !== names.length;
}
