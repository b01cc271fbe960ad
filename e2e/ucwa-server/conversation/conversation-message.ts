import type { Context } from "../context.ts";
import type { Participant } from "./conversation-participants.ts";
import type { MessageFormat } from "../resources/message-uri.ts";
import type { Link, Reason, Resource } from "../resources/served-resource.ts";

/** What was said in a conversation, for whoever watches the server. */
export interface Said {
  /** Milliseconds of the server's clock. */
  readonly at: number;
  readonly by: "caller" | "user";
  readonly from: { readonly uri: string; readonly name: string };
  readonly format: MessageFormat;
  readonly text: string;
  readonly operationId: string | null;
  /** How often the same operation was asked for again. It was not said again. */
  repeats: number;
  /** `lost`: nobody fetched it in time, or it did not reach anybody, and its sender has been told. Reference: message */
  status: "underWay" | "delivered" | "lost";
  /** Who else in a meeting did not get it, by address. Reference: failedDeliveryParticipant */
  readonly missedBy: readonly string[];
}

/** Hears once what became of a message: `null` when it arrived. */
export type Settled = (failure: Reason | null) => void;

/** Nobody has fetched a message in time. INFERRED: no page says which code goes with it. */
export const notFetched: Reason = {
  code: "Timeout",
  subcode: "Timeout",
  message: "The message was not received in time.",
};

/** Nobody is there who could get the message. INFERRED: as above. */
export const notDelivered: Reason = {
  code: "RemoteFailure",
  subcode: "Unreachable",
  message: "The message could not be delivered.",
};

/** What somebody who is no user of this server does with a message to them, as the switch says. */
export function heardOutside({ clock, switches, timings }: Context, settled: Settled): void {
  switch (switches.sentMessages) {
    case "delivered":
      settled(null);
      return;
    case "refused":
      settled(notDelivered);
      return;
    case "lost":
      clock.after(timings.messageFetchMs, () => settled(notFetched));
  }
}

/** A message in one application's conversation. Reference: message */
export function messageResource(
  self: string,
  { at, operationId, status, by }: Said,
  links: Readonly<Record<string, Link>>,
  missedBy: readonly Participant[] = [],
): Resource {
  const inside = { underWay: "Pending", delivered: "Succeeded", lost: "Failed" } as const;
  return {
    rel: "message",
    properties: {
      direction: by === "user" ? "Outgoing" : "Incoming",
      timeStamp: new Date(at),
      ...(operationId !== null && { operationId }),
      // What has come is there; only what goes out has a way to go.
      ...(by === "user" && { status: inside[status] }),
    },
    links: {
      self: { href: self },
      ...links,
      ...(status !== "underWay" &&
        missedBy.length > 0 && {
          // INFERRED: the link leads to the participant, for its own page has nothing but itself.
          failedDeliveryParticipant: missedBy.map(({ href, name }) => ({ href, title: name })),
        }),
    },
  };
}
