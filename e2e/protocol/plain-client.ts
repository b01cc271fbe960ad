import { expect } from "vitest";
import type { Fetch, FetchInit } from "../../main/platform/ports.ts";
import type { VirtualClock } from "../../main/testing/virtual-clock.ts";
import { readApplication, readMe, reasonOf } from "../../main/ucwa/application/application.ts";
import type { Application, Me } from "../../main/ucwa/application/application.ts";
import { packageOf } from "../../main/ucwa/application/events.ts";
import { Http } from "../../main/ucwa/http/http.ts";
import type { HttpAnswer } from "../../main/ucwa/http/http.ts";
import { linkOf, readResource } from "../../main/ucwa/resources/read-resource.ts";
import { representationOf } from "../../main/ucwa/resources/representation.ts";
import { TOSH } from "./wire.ts";

/** A server behind the `Fetch` port, with what a test makes happen at it. */
export interface Stand {
  readonly fetch: Fetch;
  readonly root: string;
  readonly clock: VirtualClock;
  /** Something has happened of which the event channel tells. */
  readonly happen: () => void;
  readonly kill: () => void;
  readonly revokeTokens: () => void;
}

/** With what an application is created. */
export const IDENTITY = {
  userAgent: "Doorbell/0",
  culture: "en-US",
  endpointId: "endpoint",
  instanceId: "instance",
};
/** With what the person is made available. */
export const AVAILABLE = { supportedModalities: ["Messaging"], supportedMessageFormats: ["Plain"] };

/** One client, which reads what is answered as the program does. */
export class Client {
  readonly stand: Stand;
  readonly #http: Http;
  /** By origin, `Bearer …`. */
  readonly tokens = new Map<string, string>();

  constructor(stand: Stand) {
    this.stand = stand;
    this.#http = new Http(stand.fetch, stand.clock);
  }

  send(
    method: FetchInit["method"],
    url: string,
    {
      body,
      token = this.tokens.get(new URL(url).origin),
    }: { body?: object; token?: string | undefined } = {},
  ): Promise<HttpAnswer> {
    return this.#http.request({
      method,
      url,
      timeoutMs: 240_000,
      headers: {
        ...(token === undefined ? {} : { Authorization: token }),
        ...(body ? { "Content-Type": "application/json" } : {}),
        "X-MS-RequiresMinResourceVersion": "2",
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  }

  /** Signs in by a challenge; tells how long the token is to hold, in seconds. */
  async signIn(challenged: HttpAnswer): Promise<number> {
    const challenge = challenged.headers.get("www-authenticate") ?? "";
    const address = /MsRtcOAuth href="([^"]+)"/.exec(challenge)?.[1] ?? "";
    const form = { grant_type: "password", username: TOSH.uri.slice(4), password: TOSH.password };
    const answer = await this.#http.request({
      method: "POST",
      url: address,
      headers: { "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8" },
      body: new URLSearchParams(form).toString(),
    });
    expect(answer.status).toBe(200);
    const token = JSON.parse(answer.body);
    expect(token).toMatchObject({ token_type: "Bearer", access_token: expect.stringMatching(/^cwt=/) });
    this.tokens.set(new URL(challenged.url).origin, `Bearer ${token.access_token}`);
    return token.expires_in;
  }

  /** The link of an answer, absolute. */
  link(answer: HttpAnswer, rel: string): string {
    const resource = readResource(representationOf(answer), answer.url);
    return (resource && linkOf(resource, rel)?.href) ?? "";
  }

  /** An answer of the event channel, in the second in which one is due. */
  async receive(url: string): Promise<HttpAnswer> {
    const { request, came } = parked(this.send("GET", url));
    await this.stand.clock.advance(1_000);
    if (!came()) throw new Error("Nothing has come.");
    return await request;
  }

  /** From discovery to where applications are created, with a token there. */
  async discover(): Promise<string> {
    const user = this.link(await this.send("GET", this.stand.root), "user");
    await this.signIn(await this.send("GET", user));
    const applications = this.link(await this.send("GET", user), "applications");
    await this.signIn(await this.send("POST", applications, { body: IDENTITY }));
    return applications;
  }

  /** A new application. */
  async create(): Promise<Application> {
    const answer = await this.send("POST", await this.discover(), { body: IDENTITY });
    expect(answer.status).toBe(201);
    return applicationIn(answer);
  }

  /** An application whose person is available. */
  async available(): Promise<Application> {
    const application = await this.create();
    await this.send("POST", application.me.makeMeAvailable ?? "", { body: AVAILABLE });
    return application;
  }
}

/** The application that an answer holds. */
export function applicationIn(answer: HttpAnswer): Application {
  const application = readApplication(answer);
  if (!application) throw new Error(`No application: ${answer.status}`);
  return application;
}

/** The `me` that an answer holds. */
export function meIn(answer: HttpAnswer): Me {
  const resource = readResource(representationOf(answer), answer.url);
  if (!resource) throw new Error(`No me: ${answer.status}`);
  return readMe(resource);
}

/** Status, code and subcode of an answer. */
export function failure(answer: HttpAnswer): unknown[] {
  const reason = reasonOf(answer);
  return [answer.status, reason?.code, reason?.subcode];
}

/** A package in what the client goes by. */
export function packageIn(answer: HttpAnswer) {
  const received = packageOf(answer, 1);
  if (!received) throw new Error(`No package: ${answer.status}`);
  const { onward, hasEvents } = received;
  const ack = onward.by === "nothing" ? null : new URL(onward.href).searchParams.get("ack");
  return { onward: onward.by, ack, hasEvents, next: onward.by === "nothing" ? "" : onward.href };
}

/** An address below that of a resource. */
export function below(href: string, path: string): string {
  const url = new URL(href);
  url.pathname += path;
  return url.href;
}

/** The path alone. */
export function pathOf(href: string): string {
  return new URL(href).pathname;
}

/** Follows a request that may not be answered yet. */
export function parked(request: Promise<HttpAnswer>) {
  let answer: HttpAnswer | null = null;
  void request.then((came) => (answer = came));
  return { request, came: () => answer !== null };
}
