/**
 * Event packages in the shape in which a real server sends them, of any size. Every number in them has a fixed width,
 * so that the client and its floor are given the same number of bytes. Reference: EventsInUCWA, messagingInvitation.
 */

export type PackageKind =
  /** A new invitation with its conversation and the user's own participant: three events. */
  | "started"
  /** The same without a representation of the invitation, which has to be fetched. */
  | "linkOnly"
  /** A change of subject on a live invitation, its conversation, and its caller: three events. */
  | "updated"
  /** The caller gave up: two events. */
  | "completed"
  /** From `started` to `completed` in one package: five events. */
  | "life";

/** What the server does about the caller's photo: 404, nothing, 403, four megabytes, five kilobytes. */
export const PHOTO_ANSWERS = ["absent", "slow", "forbidden", "huge", "shown"] as const;
export type PhotoAnswer = (typeof PHOTO_ANSWERS)[number];

/** One package about the invitations `first` to `first + count - 1`. */
export interface PackageSpec {
  readonly kind: PackageKind;
  readonly first: number;
  readonly count: number;
  /** Each caller is another person, whose photo is answered so. Left out, all are one whose photo nobody gives. */
  readonly photo?: PhotoAnswer;
}

const EVENTS: Readonly<Record<PackageKind, number>> = {
  started: 3,
  linkOnly: 3,
  updated: 3,
  completed: 2,
  life: 5,
};

export function eventsIn({ kind, count }: PackageSpec): number {
  return EVENTS[kind] * count;
}

/** The JSON of a package; `base` is the path of the application, `ack` the number that the next request carries. */
export function packageBody(base: string, ack: number, spec: PackageSpec): string {
  const senders = Array.from({ length: spec.count }, (_, index) =>
    sendersOf(spec, base, spec.first + index, ack),
  );
  return JSON.stringify({
    _links: { self: { href: eventsHref(base, ack - 1) }, next: { href: eventsHref(base, ack) } },
    sender: senders.flat(),
  });
}

export function eventsHref(base: string, ack: number): string {
  return `${base}/events?ack=${wide(ack)}`;
}

export function invitationHref(base: string, number: number): string {
  return `${base}/communication/messagingInvitations/${wide(number)}`;
}

/** What a GET of the invitation answers, and what an event embeds. */
export function invitationBody(base: string, number: number, over: object = {}, user = "ada"): object {
  const href = invitationHref(base, number);
  const conversation = conversationHref(base, number);
  return {
    direction: "Incoming",
    importance: "Normal",
    threadId: `Af${wide(number)}k3vQm0R2mWJt1cQxHn5A==`,
    state: "Connecting",
    subject: "Budget",
    _links: links({
      self: href,
      to: `${base}/people/ben@bench.example`,
      conversation,
      accept: `${href}/accept`,
      decline: `${href}/decline`,
      messaging: `${conversation}/messaging`,
      message: "data:text/plain;charset=utf-8,Have+you+a+minute%3f%0d%0a",
    }),
    _embedded: { from: participant(base, number, user, "Ada Winter") },
    rel: "messagingInvitation",
    ...over,
  };
}

function sendersOf(
  { kind, photo }: PackageSpec,
  base: string,
  number: number,
  ack: number,
): readonly object[] {
  const invitation = { rel: "messagingInvitation", href: invitationHref(base, number) };
  const conversation = { rel: "conversation", href: conversationHref(base, number) };
  const localParticipant = {
    rel: "localParticipant",
    href: `${conversation.href}/participants/ben@bench.example`,
    title: "Ben Summer",
  };
  const caller = {
    rel: "participant",
    href: `${conversation.href}/participants/ada@bench.example`,
    title: "Ada Winter",
  };
  const sender = (rel: string, href: string, events: readonly object[]) => ({ rel, href, events });
  const communication = (...events: object[]) => sender("communication", `${base}/communication`, events);
  const inside = (...events: object[]) => sender("conversation", conversation.href, events);
  const started = {
    link: invitation,
    _embedded: {
      messagingInvitation: invitationBody(base, number, {}, photo && `${photo}-${wide(number)}`),
    },
    type: "started",
  };
  const added = {
    link: conversation,
    _embedded: { conversation: conversationBody(base, number) },
    type: "added",
  };
  const local = {
    link: localParticipant,
    _embedded: { localParticipant: participant(base, number, "ben", "Ben Summer") },
    type: "added",
  };
  const completed = {
    link: invitation,
    status: "Failure",
    reason: { code: "RemoteFailure", subcode: "Canceled", message: "The caller gave up." },
    type: "completed",
  };
  const deleted = { link: conversation, type: "deleted" };
  switch (kind) {
    case "started":
      return [communication(started, added), inside(local)];
    case "linkOnly":
      return [communication({ link: invitation, type: "started" }, added), inside(local)];
    case "updated": {
      const changed = invitationBody(base, number, { subject: `Budget ${wide(ack)}` });
      return [
        communication(
          { link: invitation, _embedded: { messagingInvitation: changed }, type: "updated" },
          {
            link: conversation,
            _embedded: { conversation: conversationBody(base, number) },
            type: "updated",
          },
        ),
        inside({ link: caller, type: "updated" }),
      ];
    }
    case "completed":
      return [communication(completed, deleted)];
    case "life":
      return [communication(started, added), inside(local), communication(completed, deleted)];
  }
}

function conversationBody(base: string, number: number): object {
  const href = conversationHref(base, number);
  const modalities = ["applicationSharing", "audioVideo", "dataCollaboration", "messaging", "phoneAudio"];
  return {
    state: "Incoming",
    threadId: `Af${wide(number)}k3vQm0R2mWJt1cQxHn5A==`,
    subject: "Budget",
    activeModalities: ["Messaging"],
    importance: "Normal",
    recording: false,
    _links: links({
      self: href,
      ...Object.fromEntries(modalities.map((modality) => [modality, `${href}/${modality}`])),
    }),
    rel: "conversation",
  };
}

function participant(base: string, number: number, user: string, name: string): object {
  const conversation = conversationHref(base, number);
  return {
    sourceNetwork: "SameEnterprise",
    anonymous: false,
    name,
    uri: `sip:${user}@bench.example`,
    _links: links({
      self: `${conversation}/participants/${user}@bench.example`,
      conversation,
      contact: `${base}/people/${user}@bench.example`,
      contactPresence: `${base}/people/${user}@bench.example/presence`,
    }),
    rel: "participant",
  };
}

function conversationHref(base: string, number: number): string {
  return `${base}/communication/conversations/${wide(number)}`;
}

export function links(hrefs: Readonly<Record<string, string>>): Record<string, { href: string }> {
  return Object.fromEntries(Object.entries(hrefs).map(([rel, href]) => [rel, { href }]));
}

function wide(number: number): string {
  return String(number).padStart(7, "0");
}
