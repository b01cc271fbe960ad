import { availableApplication, eventsOf, virtualServer } from "./client.ts";
import type { Json, Reply, TestApplication, TestChannel } from "./client.ts";
import { lastOf } from "./ring.ts";
import type { UcwaServer } from "../ucwa-server.ts";

/** The user who is called. */
export const ben = "sip:ben@doorbell.example";

/** One of two users who talk with each other. */
export interface Talker {
  readonly application: TestApplication;
  readonly channel: TestChannel;
  /** The links of messaging as last told. */
  links: Json;
  /** The conversation that they share. */
  conversation: string;
  /** Sends a message. */
  readonly say: (text: string, query?: string, type?: string) => Promise<Reply>;
}

/** Two users of one server, of whom the first has called the other. */
export interface TwoUsers {
  readonly server: UcwaServer;
  readonly caller: Talker;
  readonly called: Talker;
  /** The invitation at each of them. */
  readonly outgoing: Json;
  readonly incoming: Json;
  readonly answer: () => Promise<void>;
}

/** Ada calls Ben, and it rings there. */
export async function twoUsers(
  body: object = { _links: { message: { href: "data:text/plain,Hi+Ben" } } },
): Promise<TwoUsers> {
  const server = virtualServer();
  const caller = await talker(server, "ada");
  const called = await talker(server, "ben");
  const { startMessaging } = caller.application.resource._embedded.communication._links;
  await caller.application.send("POST", startMessaging.href, { to: ben, ...body });
  const invitationOf = async ({ channel }: Talker): Promise<Json> =>
    lastOf(await channel.read(0), "messagingInvitation")._embedded.messagingInvitation;
  const incoming = await invitationOf(called);
  const outgoing = await invitationOf(caller);
  return {
    server,
    caller,
    called,
    outgoing,
    incoming,
    answer: async () => {
      await called.application.send("POST", incoming._links.accept.href);
      for (const [one, forMs] of [
        [called, 2000],
        [caller, 0],
      ] as const) {
        const { messaging } = lastOf(await one.channel.read(forMs), "messaging")._embedded;
        one.links = messaging._links;
        one.conversation = messaging._links.conversation.href;
      }
    },
  };
}

/** The texts of the messages that have come in these packages, in their order. */
export function messagesIn(packages: readonly Reply[]): string[] {
  return packages
    .flatMap(eventsOf)
    .filter(({ link, _embedded }) => link.rel === "message" && _embedded.message.direction === "Incoming")
    .map(({ _embedded }) => {
      const { plainMessage, htmlMessage } = _embedded.message._links;
      const [, text = ""] = (plainMessage ?? htmlMessage).href.split(",");
      return decodeURIComponent(text.replaceAll("+", " ")).trimEnd();
    });
}

async function talker(server: UcwaServer, user: string): Promise<Talker> {
  const { application, channel } = await availableApplication(server, { user });
  const one: Talker = {
    application,
    channel,
    links: {},
    conversation: "",
    say: async (text, query = "", type = "text/plain") =>
      application.send("POST", one.links.sendMessage.href + query, text, { "Content-Type": type }),
  };
  return one;
}
