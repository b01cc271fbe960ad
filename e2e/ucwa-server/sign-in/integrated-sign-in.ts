import type { Answer } from "../http/endpoint.ts";
import type { Context } from "../context.ts";
import { carriesKerberosTicket } from "./kerberos.ts";
import { respond } from "../http/message.ts";
import type { ServerRequest } from "../http/message.ts";
import { ntlmChallenge, ntlmMessage, ntlmProves, ntlmUser } from "./ntlm.ts";
import { addressOf } from "./users.ts";
import type { User } from "./users.ts";

/**
 * Integrated Windows sign-in, which happens in the HTTP layer of the token request:
 *
 *     no credential ──401 Negotiate, NTLM──▶ Negotiate <ticket> ──▶ signed in
 *                                    └─────▶ NTLM <1> ──401 NTLM <2>──▶ NTLM <3>, same connection ──▶ signed in
 *
 * A user's `ticket`, in base64, stands for their Kerberos ticket; a real ticket of any domain is that of the user who is
 * named for it. NTLM is the real thing, version 2, with their password.
 */
export class IntegratedSignIn {
  readonly #context: Context;
  readonly #challenges = new WeakMap<object, Uint8Array>();

  constructor(context: Context) {
    this.#context = context;
  }

  /** The answer to NTLM's first message, which comes before the form: clients send it without their body. */
  begin(request: ServerRequest): Answer | null {
    const { scheme, message } = credentialOf(request);
    return ntlmMessage(message) === 1 ? this.#challenge(request, scheme) : null;
  }

  signIn(request: ServerRequest): User | Answer {
    const { scheme, message } = credentialOf(request);
    if (ntlmMessage(message) === 3) return this.#proven(request, message) ?? refused();
    return (scheme.toLowerCase() === "negotiate" && this.#holderOf(message)) || refused();
  }

  #holderOf(ticket: Buffer): User | undefined {
    const told = ticket.toString();
    const genuine = carriesKerberosTicket(ticket);
    return this.#context.users.find(
      (user) => (user.ticket !== undefined && user.ticket === told) || (genuine && user.kerberos === true),
    );
  }

  #challenge(request: ServerRequest, scheme: string): Answer {
    const challenge = this.#context.random.bytes(8);
    if (request.connection) this.#challenges.set(request.connection, challenge);
    return refused([`${scheme} ${ntlmChallenge(challenge).toString("base64")}`]);
  }

  /** NTLM signs in a connection: a proof for a challenge of another one is worth nothing. */
  #proven(request: ServerRequest, message: Buffer): User | undefined {
    const challenge = request.connection && this.#challenges.get(request.connection);
    const name = ntlmUser(message)?.toLowerCase();
    if (!request.connection || !challenge || name === undefined) return undefined;
    this.#challenges.delete(request.connection);
    const user = this.#context.users.find(({ uri }) => {
      const address = addressOf(uri);
      return address === name || address.split("@", 1)[0] === name;
    });
    return user && ntlmProves(message, challenge, user.password) ? user : undefined;
  }
}

function credentialOf({ headers }: ServerRequest): { scheme: string; message: Buffer } {
  const [, scheme = "", encoded = ""] =
    /^(Negotiate|NTLM) +([A-Za-z0-9+/=]+)$/i.exec(headers.get("authorization") ?? "") ?? [];
  return { scheme, message: Buffer.from(encoded, "base64") };
}

function refused(schemes: readonly string[] = ["Negotiate", "NTLM"]): Answer {
  const title = "401 - Unauthorized";
  return {
    kind: "response",
    response: respond(
      401,
      "text/html",
      `<!DOCTYPE html><title>${title}</title><h1>${title}</h1>`,
      schemes.map((scheme) => ["WWW-Authenticate", scheme] as const),
    ),
  };
}
