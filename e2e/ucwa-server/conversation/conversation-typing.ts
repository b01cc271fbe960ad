import { noContent, ok } from "../http/endpoint.ts";
import type { Endpoint } from "../http/endpoint.ts";
import type { Announcement, Application } from "../application/served-application.ts";
import type { Participant, Roster } from "./conversation-participants.ts";
import { notConnected } from "./conversation-resources.ts";
import type { RelLink } from "../resources/served-resource.ts";

/** What typing needs of its conversation. */
export interface TypingHost {
  readonly application: Application;
  readonly link: RelLink;
  readonly roster: Roster;
  mount(path: string, endpoint: Endpoint): void;
  /** The user is about to say something. */
  typed(): void;
}

/** Who is typing in one conversation. Reference: setIsTyping, typingParticipants */
export class Typing {
  readonly #href: string;
  readonly #host: TypingHost;
  readonly #others = new Map<Participant, () => void>();
  #user = false;
  #stopUser: () => void = () => {};

  constructor(messagingHref: string, host: TypingHost) {
    this.#href = messagingHref;
    this.#host = host;
  }

  /** Who is typing now: the user, and the addresses of the others. */
  get now(): { readonly user: boolean; readonly others: readonly string[] } {
    return { user: this.#user, others: [...this.#others.keys()].map(({ uri }) => uri) };
  }

  /** Somebody else begins to type, or stops. INFERRED: the conversation is the sender of it. */
  of(who: Participant, begins: boolean): Announcement[] {
    const { context } = this.#host.application;
    const typed = this.#others.get(who);
    typed?.();
    if (begins) {
      const disarm = context.clock.after(context.timings.typingMs, () =>
        this.#host.application.announce(...this.of(who, false)),
      );
      this.#others.set(who, disarm);
    } else this.#others.delete(who);
    if (begins === (typed !== undefined)) return [];
    return [
      {
        sender: this.#host.link,
        link: this.#host.roster.link(who),
        in: { rel: "typingParticipants", href: `${this.#href}/typingParticipants` },
        type: begins ? "added" : "deleted",
      },
    ];
  }

  /** The user is typing from now on for a while, or not any more. */
  userTypes(begins: boolean): void {
    const { context } = this.#host.application;
    this.#stopUser();
    this.#user = begins;
    this.#stopUser = begins
      ? context.clock.after(context.timings.typingMs, () => this.userTypes(false))
      : () => {};
    context.changed();
  }

  /** Makes the addresses answer. */
  mount(isConnected: () => boolean): void {
    const host = this.#host;
    host.mount("/messaging/typing", {
      name: "setIsTyping",
      POST: () => {
        if (!isConnected()) return notConnected;
        host.application.active();
        this.userTypes(true);
        host.typed();
        return noContent;
      },
    });
    host.mount("/messaging/typingParticipants", {
      name: "typingParticipants",
      GET: () =>
        ok({
          rel: "typingParticipants",
          properties: {},
          links: {
            self: { href: `${this.#href}/typingParticipants` },
            participant: [...this.#others.keys()].map((who) => ({ href: who.href, title: who.name })),
          },
        }),
    });
  }

  /** Lets its timers go. */
  stop(): void {
    for (const stop of this.#others.values()) stop();
    this.#others.clear();
    this.userTypes(false);
  }
}
