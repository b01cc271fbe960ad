import type { UcwaServer } from "../ucwa-server.ts";
import type { InvitationRequest } from "../control/control.ts";
import type { InvitationView, OutgoingView } from "../control/control-state.ts";
import { availableApplication, due, eventsOf, virtualServer } from "./client.ts";
import type { Json, Reply, TestApplication, TestChannel } from "./client.ts";

/** Whom tests ring. */
export const ada = "sip:ada@doorbell.example";

/** An invitation that rings at one application. */
export interface Ringing {
  readonly server: UcwaServer;
  readonly application: TestApplication;
  readonly channel: TestChannel;
  readonly id: string;
  /** The package that began it. */
  readonly first: Reply;
  /** The resource of the invitation's started event. */
  readonly invitation: Json;
}

/** Rings at a fresh application, available as the options say. */
export async function ring(
  request: Partial<InvitationRequest> = {},
  options: Parameters<typeof availableApplication>[1] = {},
  server: UcwaServer = virtualServer(),
): Promise<Ringing> {
  const { application, channel } = await availableApplication(server, options);
  const id = server.control.invite({ to: ada, ...request });
  const [first] = await channel.read(0);
  if (!first) throw new Error("It does not ring.");
  const [started] = eventsOf(first);
  return { server, application, channel, id, first, invitation: started._embedded?.[started.link.rel] };
}

/** Asks for events of which some are due already. */
export async function askEvents(
  server: UcwaServer,
  application: TestApplication,
  link: string,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const answer = application.get(link, headers);
  await due(server);
  return answer;
}

/** The first completed event in these packages. */
export function completionIn(packages: readonly Reply[]): Json {
  return packages.flatMap(eventsOf).find((event) => event.type === "completed");
}

/** The last event about a resource of this rel. */
export function lastOf(packages: readonly Reply[], rel: string): Json {
  return packages
    .flatMap(eventsOf)
    .filter((event) => event.link.rel === rel)
    .at(-1);
}

/** How the server itself sees the call. */
export function callOf({ server, id }: Pick<Ringing, "server" | "id">): InvitationView {
  const call = server.control.state().invitations.find((one) => one.id === id);
  if (!call) throw new Error("The server does not know the call.");
  return call;
}

/** The rules that clients have broken so far. */
export function brokenRules(server: UcwaServer): string[] {
  return server.control.breaches.map(({ rule }) => rule);
}

/** An available application that can call out. */
export interface Caller {
  readonly server: UcwaServer;
  readonly application: TestApplication;
  readonly channel: TestChannel;
  /** Asks for an outgoing invitation. */
  readonly start: (body: object) => Promise<Reply>;
  /** How the server itself sees the last of them. */
  readonly outgoing: () => OutgoingView;
}

/** Makes the user available at a server of these options, to call somebody. */
export async function caller(options: Parameters<typeof virtualServer>[0] = {}): Promise<Caller> {
  const server = virtualServer(options);
  const { application, channel } = await availableApplication(server);
  const { startMessaging } = application.resource._embedded.communication._links;
  return {
    server,
    application,
    channel,
    start: async (body) => application.send("POST", startMessaging.href, body),
    outgoing: () => {
      const last = server.control.state().outgoing.at(-1);
      if (!last) throw new Error("Nobody has been called.");
      return last;
    },
  };
}
