import assert from "node:assert/strict";
import type { CommandOutcome, SessionPort, SessionState } from "../../ucwa/session-port.ts";
import type { VirtualClock } from "../virtual-clock.ts";

/** How the server of a stand answers every request to its `resource`: its one status for each outcome, or nothing. */
export type Say = "taken" | "made" | "found" | "gone" | "conflict" | "refused" | "unreachable" | "silence";

/** A session that is online in its first generation, with a server that a test tells what to answer. */
export interface SessionStand {
  readonly session: SessionPort;
  readonly clock: VirtualClock;
  /** How many timers of the session wait. */
  readonly timers: () => number;
  /** An address of the living application. What is there is an invitation, where it is asked for at all. */
  readonly resource: string;
  readonly say: (answer: Say) => void;
  /** An address of a photo there, which is answered as `say` says, too: a picture with an etag, where it is `found`. */
  readonly photo: string;
  /** The methods of the requests that have reached the server for its `resource` or its `photo`, in order. */
  readonly sent: () => readonly string[];
  /** `ended 1`, `reconnecting`, `online 2`: what the session's listener was told since the stand was made. */
  readonly told: () => readonly string[];
  /** The server ends the application and makes no other, which the session finds out; it is not signed in again yet. */
  readonly lose: () => Promise<void>;
  /** The session has signed in again. */
  readonly recover: () => Promise<void>;
}

/** Something that every implementation of `SessionPort` does. `run` throws when one does not. */
export interface SessionBehaviour {
  readonly name: string;
  readonly run: (stand: SessionStand) => Promise<void>;
}

/** As it is told to a listener. */
export function inWords(state: SessionState): string {
  return state.name === "online" ? `online ${state.generation}` : state.name;
}

const LIMIT_MS = 10_000;
const ELSEWHERE = "https://elsewhere.example/resource";

/** The requests that a session makes for the layers above, by what the server sees of them. */
const REQUESTS: readonly {
  readonly method: "POST" | "GET" | "DELETE";
  readonly send: (session: SessionPort, generation: number, href: string) => Promise<Outcome>;
}[] = [
  { method: "POST", send: (session, generation, href) => session.post(generation, href) },
  {
    method: "POST",
    send: (session, generation, href) =>
      session.sendMessage(generation, href, { text: "Hello & welcome", operationId: "7 & 8" }),
  },
  { method: "DELETE", send: (session, generation, href) => session.delete(generation, href) },
  { method: "GET", send: (session, generation, href) => session.lookUp(generation, href) },
  { method: "GET", send: (session, generation, href) => session.read(generation, href) },
  { method: "GET", send: (session, generation, href) => session.read(generation, href, "beside") },
];

type Outcome = Awaited<ReturnType<SessionPort["post" | "sendMessage" | "delete" | "lookUp" | "read"]>>;

/** Asserts that `outcome` holds what its kind may hold, and nothing else. */
function assertShape(outcome: Outcome, expected: Outcome["outcome"]): void {
  assert.equal(outcome.outcome, expected);
  const keys = Object.keys(outcome).filter((key) => key !== "outcome");
  switch (outcome.outcome) {
    case "taken":
      return assert.deepEqual(keys, "location" in outcome ? ["location"] : []);
    case "superseded":
      return assert.deepEqual(keys, []);
    case "gone":
    case "conflict":
      assert.deepEqual(keys, ["reason"]);
      return assertReason(outcome.reason);
    case "refused":
      assert.deepEqual(keys.toSorted(), ["reason", "status"]);
      return assertReason(outcome.reason);
    case "unreachable":
      assert.deepEqual(keys, ["detail"]);
      return assert.match(outcome.detail, /\S/);
    case "found":
      return assert.deepEqual(keys, "invitation" in outcome ? ["invitation"] : ["resource"]);
  }
}

function assertReason(reason: Extract<CommandOutcome, { reason: unknown }>["reason"]): void {
  if (reason !== null) assert.deepEqual(Object.keys(reason).toSorted(), ["code", "message", "subcode"]);
}

/** What the layers above rely on of a session, whichever implementation that is. */
export const sessionBehaviours: readonly SessionBehaviour[] = [
  {
    name: "what the server answers to a POST or a DELETE is one of the outcomes",
    run: async ({ session, resource, say, sent }) => {
      const commands = REQUESTS.filter(({ method }) => method !== "GET");
      for (const said of ["taken", "gone", "conflict", "refused", "unreachable"] as const) {
        say(said);
        for (const { send } of commands) assertShape(await send(session, 1, resource), said);
      }
      assert.deepEqual(sent(), Array.from({ length: 5 }, () => commands.map(({ method }) => method)).flat());
    },
  },
  {
    name: "what a POST has made is an absolute address of the same origin",
    run: async ({ session, resource, say }) => {
      say("made");
      const outcome = await session.post(1, resource, { operationId: "1" });
      assertShape(outcome, "taken");
      assert("location" in outcome && outcome.location !== undefined);
      assert.equal(new URL(outcome.location).origin, new URL(resource).origin);
    },
  },
  {
    name: "what the server answers to a GET is one of the outcomes, and a conflict is none of them",
    run: async ({ session, resource, say }) => {
      for (const said of ["found", "gone", "conflict", "refused", "unreachable"] as const) {
        say(said);
        const expected = said === "conflict" ? "unreachable" : said;
        assertShape(await session.lookUp(1, resource), expected);
        assertShape(await session.read(1, resource), expected);
        assertShape(await session.read(1, resource, "beside"), expected);
      }
    },
  },
  {
    name: "what a living application offers is of its origin and generation, and nothing is offered without one",
    run: async ({ session, resource, lose, recover }) => {
      const { offers } = session;
      assert(offers !== null);
      assert.equal(offers.generation, 1);
      const { generation: _, ...hrefs } = offers;
      for (const href of Object.values(hrefs))
        if (href !== null) assert.equal(new URL(href).origin, new URL(resource).origin);
      await lose();
      await recover();
      assert.equal(session.offers?.generation, 2);
      await session.signOut();
      assert.equal(session.offers, null);
    },
  },
  {
    name: "a refusal tells its status, which is none of those that mean something else",
    run: async ({ session, resource, say }) => {
      say("refused");
      for (const { send } of REQUESTS) {
        const outcome = await send(session, 1, resource);
        assert(outcome.outcome === "refused" && outcome.status !== null);
        assert(![404, 408, 409, 410, 429].includes(outcome.status));
      }
    },
  },
  {
    name: "nothing is sent for another generation, earlier or later",
    run: async ({ session, resource, say, sent }) => {
      say("taken");
      for (const generation of [0, 2])
        for (const { send } of REQUESTS)
          assert.deepEqual(await send(session, generation, resource), { outcome: "superseded" });
      assert.deepEqual(sent(), []);
    },
  },
  {
    name: "nothing is sent to another origin, which is a refusal without a status",
    run: async ({ session, sent }) => {
      for (const { send } of REQUESTS) {
        const outcome = await send(session, 1, ELSEWHERE);
        assertShape(outcome, "refused");
        assert(outcome.outcome === "refused" && outcome.status === null);
        assert.match(outcome.reason?.message ?? "", /\S/);
      }
      assert.deepEqual(sent(), []);
    },
  },
  {
    name: "what is not answered has been waited for ten seconds",
    run: async ({ session, clock, resource, say }) => {
      say("silence");
      for (const { send } of REQUESTS) {
        const { isSettled, outcome } = watched(send(session, 1, resource));
        await clock.advance(LIMIT_MS - 1);
        assert(!isSettled());
        await clock.advance(1);
        assert(isSettled());
        assertShape(await outcome, "unreachable");
      }
    },
  },
  {
    name: "three GETs are under way, the others wait in order, and a POST waits for none of them",
    run: async ({ session, clock, resource, say, sent }) => {
      say("silence");
      const asked = Array.from({ length: 5 }, (_, each) =>
        each % 2 === 0 ? session.lookUp(1, resource) : session.read(1, resource),
      );
      await clock.settle();
      assert.deepEqual(sent(), ["GET", "GET", "GET"]);
      void session.post(1, resource);
      await clock.settle();
      assert.deepEqual(sent(), ["GET", "GET", "GET", "POST"]);
      await clock.advance(LIMIT_MS);
      // Whoever has waited so long for a turn is given up with those that had one.
      for (const each of asked.slice(0, 3)) assertShape(await each, "unreachable");
      await clock.advance(LIMIT_MS);
      for (const each of asked) assertShape(await each, "unreachable");
      assert(sent().length <= 6);
    },
  },
  {
    name: "what is under way when the application ends is given up, whether sent or not",
    run: async ({ session, clock, resource, say, sent, lose }) => {
      say("silence");
      const asked = [
        session.post(1, resource),
        ...Array.from({ length: 5 }, () => session.read(1, resource)),
      ];
      await clock.settle();
      assert.equal(sent().length, 4);
      await lose();
      // Until no other one is made, the server may have been wrong about the end.
      for (const each of asked) assert(["superseded", "unreachable"].includes((await each).outcome));
      assert.equal(sent().length, 4);
    },
  },
  {
    name: "the end of an application is told before anything of the next one, which has a number of its own",
    run: async ({ session, resource, say, told, lose, recover }) => {
      assert.equal(inWords(session.state), "online 1");
      await lose();
      assert(told().includes("reconnecting"));
      assert.equal(session.state.name, "reconnecting");
      say("taken");
      for (const { send } of REQUESTS)
        assert(["superseded", "unreachable"].includes((await send(session, 1, resource)).outcome));
      await recover();
      assert.deepEqual(
        told().filter((one) => one !== "reconnecting"),
        ["ended 1", "online 2"],
      );
      assert.equal(inWords(session.state), "online 2");
      assert.deepEqual(await session.post(1, resource), { outcome: "superseded" });
    },
  },
  {
    name: "a sign-out ends the application first, then everything; a second one is told nobody",
    run: async ({ session, resource, say, told }) => {
      say("silence");
      const asked = [session.post(1, resource), session.read(1, resource)];
      await session.signOut();
      assert.deepEqual(told(), ["ended 1", "signedOut"]);
      for (const each of asked) assert.deepEqual(await each, { outcome: "superseded" });
      for (const { send } of REQUESTS)
        assert.deepEqual(await send(session, 1, resource), { outcome: "superseded" });
      await session.signOut();
      session.tryNow();
      assert.deepEqual(told(), ["ended 1", "signedOut"]);
      assert.deepEqual(session.state, { name: "signedOut" });
    },
  },
  {
    name: "a sign-out leaves no timer behind, nor does anything that was answered",
    run: async ({ session, clock, timers, resource, say }) => {
      say("found");
      await session.read(1, resource);
      say("silence");
      void session.lookUp(1, resource);
      await clock.settle();
      await session.signOut();
      await clock.settle();
      assert.equal(timers(), 0);
    },
  },
];

function watched(outcome: Promise<Outcome>) {
  let settled = false;
  void outcome.then(() => (settled = true));
  return { isSettled: () => settled, outcome };
}
