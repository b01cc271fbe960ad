import type { Clock, Logger } from "../platform/ports.ts";
import { readPerson } from "../ucwa/resources/read-invitation.ts";
import { readMessage } from "../ucwa/resources/read-message.ts";
import type { Resource } from "../ucwa/resources/resource.ts";
import type { Person } from "../ucwa/resources/wire-invitation.ts";
import type { ResourceLookup, SessionPort } from "../ucwa/session-port.ts";
import { readConversation, readJoinUrl, readMessaging } from "./conversation-reception.ts";
import type { ConversationStore } from "./conversation-store.ts";
import type { TalkEvent } from "./machine/talk-event.ts";
import { isOfThePerson, isUnread } from "./machine/talk.ts";
import type { Stale, Talk, TalkKey } from "./machine/talk.ts";

export interface ConversationLookUpsDeps {
  readonly store: ConversationStore;
  readonly session: () => SessionPort | null;
  readonly clock: Clock;
  readonly logger: Logger;
}

const RETRY_GAPS_MS: readonly number[] = [300, 1_000, 2_000, 5_000, 10_000, 20_000];
/** After those, a message is asked for as often, and what was said after it is not held back for it any longer. */
const LATE_GAP_MS = 30_000;
const MOST_TRIES = 25;

/** What is asked, by one GET, and what is made of the answer. */
interface Question {
  readonly href: string;
  readonly found: (resource: Resource) => TalkEvent;
  /** Nothing is there. */
  readonly gone: TalkEvent;
  /** The server does not tell. */
  readonly missing: TalkEvent;
}

/**
 * Asks for what the events do not bring of the conversations that the person is in: messages and states that came as a
 * link, all states after an interruption, the names of participants, how a meeting is joined. One GET for each at a time;
 * repeated, at growing gaps, only while the server does not answer.
 */
export class ConversationLookUps {
  readonly #deps: ConversationLookUpsDeps;
  /** Under way, or waiting for their next try; by application and address. */
  readonly #open = new Set<string>();

  constructor(deps: ConversationLookUpsDeps) {
    this.#deps = deps;
    deps.store.subscribe(() => this.#work());
  }

  #work(): void {
    for (const talk of this.#deps.store.talks) {
      if (talk.end === null && isOfThePerson(talk))
        for (const question of questionsOf(talk)) this.#ask(talk, question, 0);
      else if (talk.end !== null && talk.shown !== null)
        // What had been said before the end is still shown.
        for (const question of unreadMessages(talk)) this.#ask(talk, question, 0);
    }
  }

  #ask({ generation, href: conversation }: Talk, question: Question, tries: number): void {
    const session = this.#deps.session();
    const name = `${generation} ${question.href}`;
    if (!session || (tries === 0 && this.#open.has(name))) return;
    this.#open.add(name);
    const key = { generation, href: conversation };
    void session
      .read(generation, question.href)
      .catch((): ResourceLookup => {
        this.#deps.logger.error("reading about a conversation failed unexpectedly");
        return { outcome: "unreachable", detail: "unexpected failure" };
      })
      .then((answer) => {
        if (this.#deps.session() !== session) return void this.#open.delete(name);
        const goesOn = answer.outcome === "unreachable" && tries < MOST_TRIES;
        if (goesOn) this.#later(key, question, tries, RETRY_GAPS_MS[tries] ?? LATE_GAP_MS);
        else this.#open.delete(name);
        if (goesOn && tries < RETRY_GAPS_MS.length) return;
        this.#deps.store.batch(() => this.#take(key, question, answer));
      });
  }

  #take(key: TalkKey, question: Question, answer: ResourceLookup): void {
    const { store } = this.#deps;
    const event = meaning(question, answer);
    if (event) store.dispatch(key, event);
    // What the server has said leaves it open: it would be asked the same again at once, and for ever.
    const talk = answer.outcome === "found" ? store.at(key) : null;
    if (talk && questionsOf(talk).some(({ href }) => href === question.href))
      store.dispatch(key, question.missing);
  }

  #later(key: { generation: number; href: string }, question: Question, tries: number, gap: number): void {
    this.#deps.clock.after(gap, () => {
      const talk = this.#deps.store.at(key);
      // An event may have told it meanwhile.
      if (talk && stands(talk, question)) this.#ask(talk, question, tries + 1);
      else this.#open.delete(`${key.generation} ${question.href}`);
    });
  }
}

/** Whether the answer is still wanted; to a message that was given up, too. */
function stands(talk: Talk, { href }: Question): boolean {
  const isText = talk.messages.some((message) => message.href === href && message.text === null);
  return isText || questionsOf(talk).some((one) => one.href === href);
}

/** Null for what another application is to tell. */
function meaning(question: Question, answer: ResourceLookup): TalkEvent | null {
  switch (answer.outcome) {
    case "found":
      return question.found(answer.resource);
    case "gone":
      return question.gone;
    case "refused":
    case "unreachable":
      return question.missing;
    case "superseded":
      return null;
  }
}

function questionsOf(talk: Talk): readonly Question[] {
  const questions: Question[] = [...unreadMessages(talk)];
  for (const what of talk.stale) {
    const question = staleQuestion(talk, what);
    if (question) questions.push(question);
  }
  for (const [href, { person, asked }] of talk.roster)
    if (person.name === "" && !person.anonymous && !asked) questions.push(participantQuestion(href));
  return questions;
}

function unreadMessages(talk: Talk): readonly Question[] {
  return talk.messages.filter(isUnread).flatMap(({ href }) => {
    if (href === null) return [];
    const found = (resource: Resource): TalkEvent => ({
      type: "messageSeen",
      href,
      snapshot: readMessage(resource),
      status: "Success",
      reason: null,
    });
    const lost = { type: "messageLost", href } as const;
    return [{ href, found, gone: lost, missing: lost }];
  });
}

function staleQuestion(talk: Talk, what: Stale): Question | null {
  const missing = { type: "unreadable", what } as const;
  switch (what) {
    case "conversation":
      return {
        href: talk.href,
        found: (resource) => ({ type: "conversationSeen", snapshot: readConversation(resource) }),
        gone: { type: "over", cause: "over" },
        missing,
      };
    case "messaging": {
      const href = talk.messaging;
      if (href === null) return null;
      return {
        href,
        found: (resource) => ({ type: "messagingSeen", href, snapshot: readMessaging(resource) }),
        gone: missing,
        missing,
      };
    }
    case "onlineMeeting":
      if (talk.onlineMeeting === null) return null;
      return {
        href: talk.onlineMeeting,
        found: (resource) => ({ type: "meetingSeen", joinUrl: readJoinUrl(resource) }),
        gone: missing,
        missing,
      };
  }
}

/** Whoever is not told by name once is told so with a later event, or never. */
function participantQuestion(href: string): Question {
  const nobody: Person = { name: "", uri: "", network: "Unknown", anonymous: false };
  const told = (person: Person): TalkEvent => ({ type: "participantSeen", href, person, asked: true });
  const missing = told(nobody);
  return { href, found: (found) => told(readPerson(found, null) ?? nobody), gone: missing, missing };
}
