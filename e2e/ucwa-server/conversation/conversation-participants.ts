import { ok, resourceNotFound } from "../http/endpoint.ts";
import type { Endpoint } from "../http/endpoint.ts";
import type { Announcement, Application } from "../application/served-application.ts";
import { mountContact, participantResource, segment } from "../people/people.ts";
import type { Person } from "../people/person.ts";
import type { RelLink, Resource } from "../resources/served-resource.ts";

/** What a roster needs of its conversation. */
export interface RosterHost {
  readonly application: Application;
  readonly id: string;
  readonly href: string;
  readonly link: RelLink;
  readonly messagingConnected: boolean;
  mount(path: string, endpoint: Endpoint): void;
}

/** Someone else in a conversation. */
export interface Participant extends Person {
  name: string;
  readonly anonymous: boolean;
  readonly href: string;
}

/** Everybody in one conversation but the user. Reference: participants, participant, participantMessaging */
export class Roster {
  readonly #host: RosterHost;
  readonly #known = new Map<string, Participant>();
  readonly #present = new Set<Participant>();
  readonly #deaf = new Set<Participant>();

  constructor(host: RosterHost) {
    this.#host = host;
  }

  /** Who is in the conversation now, in the order of coming. */
  get present(): readonly Participant[] {
    return [...this.#present];
  }

  /** Who of them is not reached by messages, by the control API. Reference: failedDeliveryParticipant */
  get deaf(): readonly Participant[] {
    return this.present.filter((one) => this.#deaf.has(one));
  }

  /** Messages reach somebody, or do not. */
  setDeaf(participant: Participant, deaf: boolean): void {
    if (deaf) this.#deaf.add(participant);
    else this.#deaf.delete(participant);
  }

  /** Who is in the conversation with this address. */
  find(uri: string): Participant | undefined {
    return this.present.find((one) => one.uri === uri);
  }

  /** Somebody's name becomes known, or another. */
  rename(participant: Participant, name: string): Announcement {
    participant.name = name;
    mountContact(this.#host.application, participant);
    return this.updated(participant);
  }

  /** Where a participant with this address is found. */
  hrefOf(uri: string): string {
    return `${this.#host.href}/participants/${segment(uri)}`;
  }

  /** Gives someone an address here; they are not in the conversation by that alone. */
  know(person: Person, anonymous = false): Participant {
    // Who does not say who they are is not named in an address either.
    const key = anonymous ? `anonymous-${this.#host.id}` : person.uri;
    const known = this.#known.get(key);
    if (known) return known;
    const participant = { ...person, anonymous, href: this.hrefOf(key) };
    this.#known.set(key, participant);
    if (!anonymous) mountContact(this.#host.application, person);
    const path = participant.href.slice(this.#host.href.length);
    this.#host.mount(path, { name: "participant", GET: () => ok(this.resource(participant, true)) });
    this.#host.mount(`${path}/messaging`, {
      name: "participantMessaging",
      GET: () =>
        this.#host.messagingConnected
          ? ok({
              rel: "participantMessaging",
              properties: {},
              links: {
                self: { href: `${participant.href}/messaging` },
                participant: { href: participant.href },
              },
            })
          : resourceNotFound,
    });
    return participant;
  }

  /** The photo's link appears only once the invitation is answered. Reference: participant, from */
  resource(participant: Participant, photo: boolean): Resource {
    const { application, href } = this.#host;
    return participantResource(
      application,
      { ...participant, self: participant.href, conversation: href },
      photo,
    );
  }

  link(participant: Participant): RelLink {
    return { rel: "participant", href: participant.href, title: participant.name };
  }

  /** Someone comes in; nothing when they are in already. Remote participants come link-only. */
  join(participant: Participant): Announcement[] {
    if (this.#present.has(participant)) return [];
    this.#present.add(participant);
    return [{ sender: this.#host.link, link: this.link(participant), type: "added" }];
  }

  /** Someone goes; nothing when they are not in. */
  leave(participant: Participant): Announcement[] {
    if (!this.#present.delete(participant)) return [];
    return [{ sender: this.#host.link, link: this.link(participant), type: "deleted" }];
  }

  /** They can be written to. */
  messagingAdded(participant: Participant): Announcement {
    return {
      sender: this.#host.link,
      link: { rel: "participantMessaging", href: `${participant.href}/messaging` },
      in: this.link(participant),
      type: "added",
    };
  }

  /** What they can do has changed. */
  updated(participant: Participant): Announcement {
    return { sender: this.#host.link, link: this.link(participant), type: "updated" };
  }
}
