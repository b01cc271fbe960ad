import { memoryFetch } from "../http/memory-fetch.ts";
import type { MemoryFetch } from "../http/memory-fetch.ts";
import { standingClock } from "../clock.ts";
import { UcwaServer } from "../ucwa-server.ts";
import type { UcwaServerOptions } from "../ucwa-server.ts";
import { seededRandom } from "../random.ts";

/** Where the server under test is. */
export const origins = { discovery: "http://discovery.test", applications: "http://applications.test" };

/** A server in virtual time with reproducible ids. */
export function virtualServer(options: Partial<UcwaServerOptions> = {}): UcwaServer {
  return new UcwaServer({ origins, clock: standingClock(), random: seededRandom("test"), ...options });
}

/** JSON as a test looks into it: whatever is asked for may be missing. */
// oxlint-disable-next-line typescript/no-explicit-any -- a test reads paths of payloads and fails where one is missing
export type Json = any;

/** What came back. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Json;
}

/** Reads a response whole. */
export async function reply(response: Response): Promise<Reply> {
  const text = await response.text();
  const isJson = (response.headers.get("content-type") ?? "").includes("json");
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : null };
}

/** The href of a resource's link, whether it is written as an object or as an array of one. */
export function hrefOf(resource: Json, rel: string): string {
  return [resource._links[rel]].flat()[0]?.href;
}

/** A request under way, looked at without waiting for it. */
export function underWay(answer: Promise<Reply>): { reply: Reply | null; failed: boolean } {
  const box: { reply: Reply | null; failed: boolean } = { reply: null, failed: false };
  answer.then(
    (reply) => (box.reply = reply),
    () => (box.failed = true),
  );
  return box;
}

/** An application as a test drives it, by hand and one step at a time. */
export interface TestApplication {
  /** The answer that it was created with. */
  readonly created: Reply;
  readonly resource: Json;
  readonly href: (link: string) => string;
  readonly get: (link: string, headers?: Record<string, string>) => Promise<Reply>;
  readonly send: (
    method: string,
    link: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Reply>;
  /** Sends an event request without waiting for its answer. */
  readonly poll: (link: string, signal?: AbortSignal) => Promise<Reply>;
}

/** Lets promises settle. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Lets everything happen that is due now, and promises settle around it. */
export async function due(server: UcwaServer): Promise<void> {
  await settle();
  await server.control.advance(0);
  await settle();
}

/** Signs someone in at one origin, by the challenge of whatever was asked there. */
export async function signIn(fetch: MemoryFetch, challenged: Reply, user = "ada"): Promise<string> {
  const challenge = challenged.headers.get("www-authenticate") ?? "";
  const href = /MsRtcOAuth href="([^"]+)"/.exec(challenge)?.[1] ?? "";
  const answer = await reply(
    await fetch(href, {
      method: "POST",
      headers: {
        Accept: "application/json",
        "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8",
      },
      body: new URLSearchParams({
        grant_type: "password",
        username: `${user}@doorbell.example`,
        password: user,
      }),
    }),
  );
  return answer.json.access_token;
}

/** Goes all the way from the root of discovery to an application. */
export async function createApplication(
  server: UcwaServer,
  options: { user?: string; endpointId?: string; instanceId?: string } = {},
): Promise<TestApplication> {
  const fetch = memoryFetch(server);
  const accept = { Accept: "application/json" };
  const { user = "ada", endpointId = "endpoint-1", instanceId } = options;
  const root = await reply(await fetch(`${server.origins.discovery}/`, { headers: accept }));
  const userHref: string = hrefOf(root.json, "user");
  const first = await signIn(fetch, await reply(await fetch(userHref, { headers: accept })), user);
  const home = await reply(
    await fetch(userHref, { headers: { ...accept, Authorization: `Bearer ${first}` } }),
  );
  const applications: string = hrefOf(home.json, "applications");
  const create = {
    method: "POST",
    headers: {
      ...accept,
      "Content-Type": "application/json",
      ...(instanceId !== undefined && { "X-MS-RequiresMinResourceVersion": "2" }),
    },
    body: JSON.stringify({ culture: "en-US", userAgent: "Test/1", endpointId, instanceId }),
  };
  const token = await signIn(fetch, await reply(await fetch(applications, create)), user);
  const headers = { ...accept, Authorization: `Bearer ${token}` };
  const created = await reply(
    await fetch(applications, { ...create, headers: { ...create.headers, ...headers } }),
  );
  const href = (link: string): string => new URL(link, applications).href;
  return {
    created,
    resource: created.json,
    href,
    get: async (link, more = {}) => reply(await fetch(href(link), { headers: { ...headers, ...more } })),
    send: async (method, link, body, more = {}) =>
      reply(
        await fetch(href(link), {
          method,
          headers: { ...headers, ...(body !== undefined && { "Content-Type": "application/json" }), ...more },
          ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
        }),
      ),
    poll: async (link, signal) => reply(await fetch(href(link), { headers, ...(signal && { signal }) })),
  };
}

/** An application that has been made available and has read the events of that. */
export async function availableApplication(
  server: UcwaServer,
  options: Parameters<typeof createApplication>[1] & {
    formats?: string[];
    modalities?: string[];
    phoneNumber?: string;
  } = {},
): Promise<{ application: TestApplication; channel: TestChannel }> {
  const application = await createApplication(server, options);
  await application.send("POST", hrefOf(application.resource._embedded.me, "makeMeAvailable"), {
    supportedModalities: options.modalities ?? ["Messaging"],
    supportedMessageFormats: options.formats ?? ["Plain", "Html"],
    ...(options.phoneNumber !== undefined && { phoneNumber: options.phoneNumber }),
  });
  const channel = new TestChannel(server, application, hrefOf(application.resource, "events"));
  await channel.read(5000);
  return { application, channel };
}

/** Every event of a package, flat, each with the rel of its sender. */
export function eventsOf(content: Reply): Json[] {
  const senders: Json[] = content.json.sender;
  return senders.flatMap((sender) => {
    const events: Json[] = sender.events;
    return events.map((event) => ({ ...event, from: sender.rel }));
  });
}

/** `updated messaging`, `completed messagingInvitation Success`: a package in words. */
export function inWords(content: Reply): string[] {
  return eventsOf(content).map((event) =>
    [event.from, event.type, event.link.rel, event.status].filter(Boolean).join(" "),
  );
}

/** Follows one event channel as a correct client does: one request at a time, each with the link of the last answer. */
export class TestChannel {
  readonly #server: UcwaServer;
  readonly #application: TestApplication;
  #next: string;
  #parked: { reply: Reply | null } | null = null;
  #hangUp = new AbortController();

  constructor(server: UcwaServer, application: TestApplication, next: string) {
    this.#server = server;
    this.#application = application;
    this.#next = next;
  }

  /** The link that the next request uses, or the parked one has used. */
  get next(): string {
    return this.#next;
  }

  /** Lets so much time pass and answers every package that came meanwhile. A request stays parked. */
  async read(forMs: number): Promise<Reply[]> {
    const packages: Reply[] = [];
    const { control } = this.#server;
    const end = control.state().now + forMs;
    for (;;) {
      const parked = (this.#parked ??= this.#ask());
      await due(this.#server);
      while (!parked.reply && control.state().now < end) {
        await control.advance(Math.min(100, end - control.state().now));
        await settle();
      }
      if (!parked.reply) return packages;
      this.#parked = null;
      packages.push(parked.reply);
      this.#next = hrefOf(parked.reply.json, "next");
    }
  }

  /** Gives the parked request up. */
  async hangUp(): Promise<void> {
    this.#hangUp.abort();
    await settle();
  }

  #ask(): { reply: Reply | null } {
    const parked: { reply: Reply | null } = { reply: null };
    this.#hangUp = new AbortController();
    this.#application.poll(this.#next, this.#hangUp.signal).then(
      (reply) => (parked.reply = reply),
      // Hung up, or cut off: nothing was read, and the next request asks the same again.
      () => (this.#parked = null),
    );
    return parked;
  }
}
