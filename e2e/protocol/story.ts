import fc from "fast-check";
import { expect } from "vitest";
import { Doorbell } from "../../main/doorbell.ts";
import type { Invitation } from "../../main/invitations/invitation.ts";
import type { Logger } from "../../main/ports.ts";
import { VirtualClock } from "../../main/testing/virtual-clock.ts";
import { createSession } from "../../main/ucwa/session.ts";
import { DISCOVERY, TOSH, Wire } from "./wire.ts";
import type { Weather } from "./wire.ts";

/** One thing that happens, and how long nothing else does afterwards, in milliseconds. */
export type Step = { readonly wait: number } & (
  | { readonly do: "invite"; readonly rings: number }
  | {
      readonly do:
        | "cancel"
        | "answerElsewhere"
        | "accept"
        | "decline"
        | "restart"
        | "expireTokens"
        | "tryNow";
    }
  | { readonly do: "weather"; readonly weather: Weather }
  | { readonly do: "cut"; readonly cut: "beforeHeaders" | "midBody"; readonly endpoint: string }
  | { readonly do: "status"; readonly status: number; readonly endpoint: string; readonly html: boolean }
  | { readonly do: "kill"; readonly status: 404 | 410; readonly subcode: string }
  | { readonly do: "sleep"; readonly ms: number }
);

const endpoints = [
  "events",
  "accept",
  "decline",
  "invitation",
  "token",
  "applications",
  "application",
  "makeMeAvailable",
];
const wait = fc.integer({ min: 0, max: 40_000 });
/** Anything that may happen: people, network, server and machine. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("invite" as const),
      rings: fc.integer({ min: 1, max: 30_000 }),
      wait,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom(
        "cancel",
        "answerElsewhere",
        "accept",
        "decline",
        "restart",
        "expireTokens",
        "tryNow",
      ),
      wait,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("weather" as const),
      weather: fc.constantFrom<Weather>("fair", "down", "deaf"),
      wait,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("cut" as const),
      cut: fc.constantFrom("beforeHeaders", "midBody"),
      endpoint: fc.constantFrom(...endpoints),
      wait,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("status" as const),
      status: fc.constantFrom(404, 408, 429, 500, 502, 503, 504),
      endpoint: fc.constantFrom(...endpoints),
      html: fc.boolean(),
      wait,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("kill" as const),
      status: fc.constant(404 as const),
      subcode: fc.constant("ApplicationNotFound"),
      wait,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("kill" as const),
      status: fc.constant(410 as const),
      subcode: fc.constant("InactiveApplicationExpired"),
      wait,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("sleep" as const),
      ms: fc.integer({ min: 1000, max: 8 * 3_600_000 }),
      wait,
    }),
  },
);

/** A client and a server, everything that the client's surfaces were told, and what the server knows. */
export class Story {
  readonly clock = new VirtualClock();
  readonly wire = new Wire(this.clock);
  readonly told = new Map<string, Invitation[]>();
  readonly log: string[] = [];
  /** Calls that began while all was well and that nothing disturbed for a good while: these have to ring. */
  readonly mustRing = new Set<string>();
  /** What the server said of calls of earlier starts. */
  readonly known = new Map<string, string>();
  readonly breaches: string[] = [];
  readonly bell: Doorbell;
  readonly session;
  #calls = 0;
  #lossy = false;
  /** Something but the people has been at work: only then may an ending be less than the whole truth. */
  disturbed = false;

  constructor() {
    const { clock } = this;
    const note: Logger["info"] = (event, fields) =>
      void this.log.push(`${clock.now() % 1e8} ${event} ${JSON.stringify(fields ?? {})}`);
    const logger: Logger = { error: note, warn: note, info: note, debug: note };
    let numbers = 0;
    this.bell = new Doorbell({ clock, logger });
    this.bell.subscribe((state, previous) => {
      for (const invitation of state.invitations) {
        if (previous.invitations.includes(invitation)) continue;
        this.told.set(invitation.id, [...(this.told.get(invitation.id) ?? []), invitation]);
      }
    });
    this.session = createSession({
      fetch: this.wire.fetch,
      clock,
      random: { uuid: () => `instance-${++numbers}`, fraction: () => 0.5 },
      logger,
      listener: this.bell,
      account: {
        address: TOSH.uri.slice(4),
        password: async () => TOSH.password,
        server: `${DISCOVERY}/`,
        trusted: [],
        endpointId: "endpoint",
        instanceId: "instance",
        userAgent: "Doorbell",
        culture: "en-US",
      },
    });
    this.bell.attach(this.session);
    this.session.start();
  }

  async take(one: Step): Promise<void> {
    const { control } = this.wire.server;
    this.log.push(`${this.clock.now() % 1e8} === ${JSON.stringify(one)}`);
    this.disturbed ||= !PEOPLE.has(one.do);
    this.#lossy ||= one.do === "cut" || (one.do === "weather" && one.weather === "deaf");
    const ringing = control.calls.list.find((call) => call.ringing)?.id;
    const shown = this.bell.state.invitations.find(({ canAccept }) => canAccept)?.id;
    switch (one.do) {
      case "invite":
        this.#invite(one.rings, one.wait);
        break;
      case "cancel":
      case "answerElsewhere":
        if (ringing !== undefined) control[one.do](ringing);
        break;
      case "accept":
      case "decline":
        if (shown !== undefined) void this.bell[one.do](shown);
        break;
      case "restart":
        this.#remember();
        this.wire.restart();
        break;
      case "expireTokens":
        control.expireTokens();
        break;
      case "tryNow":
        this.session.tryNow();
        break;
      case "weather":
        this.wire.weather = one.weather;
        break;
      case "cut":
        control.addFault({ endpoint: one.endpoint, cut: one.cut });
        break;
      case "status":
        control.addFault({ endpoint: one.endpoint, status: one.status, html: one.html, now: true });
        break;
      case "kill":
        control.kill({}, one.status, one.subcode);
        break;
      case "sleep":
        await this.clock.sleepMachine(one.ms);
        break;
    }
    await this.clock.advance(one.wait);
  }

  /** The weather clears, and time passes until everything that waits has been tried. */
  async end(): Promise<void> {
    this.wire.weather = "fair";
    this.wire.server.control.clearFaults();
    await this.clock.advance(20 * 60_000);
    this.#remember();
  }

  #invite(rings: number, undisturbedMs: number): void {
    const { control } = this.wire.server;
    const subject = `call ${++this.#calls}`;
    const state = control.state();
    const well =
      this.wire.weather === "fair" &&
      this.bell.state.session.name === "online" &&
      state.applications.some(({ parked }) => parked > 0) &&
      state.faults.length === 0;
    try {
      control.invite({ to: TOSH.uri, subject, rings });
    } catch {
      return;
    }
    if (well && Math.min(rings, undisturbedMs) > 5_000) this.mustRing.add(subject);
  }

  #remember(): void {
    const { control } = this.wire.server;
    for (const { subject, state } of control.state().invitations) this.known.set(subject, state);
    for (const { rule, method, address } of control.breaches) {
      // A server takes for told what it has answered; it cannot know that the answer was lost on the way.
      if (rule === "requestToDeadApplication" && this.#lossy) continue;
      this.breaches.push(`${rule} ${method} ${address}`);
    }
  }
}

/** What people do, with the network, the server and the machine in order. */
const PEOPLE: ReadonlySet<Step["do"]> = new Set([
  "invite",
  "cancel",
  "answerElsewhere",
  "accept",
  "decline",
  "tryNow",
]);

/** Which endings of the client tell the truth about a call, by what the server knows of it. */
const TRUE_ENDINGS: Readonly<Record<string, readonly string[]>> = {
  connected: ["accepted"],
  over: ["accepted"],
  declined: ["declined"],
  missed: ["missed"],
  cancelled: ["cancelled"],
  answeredElsewhere: ["answeredElsewhere"],
};
/**
 * Taken for any call of a story in which something has failed: its session may have been lost, or nobody could be asked
 * in time. This is looser than the truth about that one call; undisturbed stories do without it.
 */
const UNTOLD = ["withdrawn", "missed", "failed"];

/** Lets the steps happen to a client that has just signed in, and waits for the end of all that they began. */
export async function tell(steps: readonly Step[]): Promise<Story> {
  const story = new Story();
  await story.clock.advance(1_000);
  for (const one of steps) await story.take(one);
  await story.end();
  return story;
}

/** Holds a story against the promise: rung once, ended once, and with the ending that the server knows. */
export function judge(story: Story): void {
  expect(story.bell.state.session.name, "the session in the end").toBe("online");
  expect(story.breaches, "breaches of the protocol").toEqual([]);
  const subjects = new Map<string, number>();
  for (const [id, versions] of story.told) {
    const states = versions.map(({ state }) => state).filter((state, at, all) => state !== all[at - 1]);
    const ends = versions.filter(({ endedAt }) => endedAt !== null);
    expect(ends, `the ends of ${id}: ${states.join(" ")}`).toHaveLength(1);
    expect(versions.at(-1), "nothing comes after the end").toBe(ends[0]);
    const { subject, state } = ends[0] ?? { subject: "", state: "" };
    subjects.set(subject, (subjects.get(subject) ?? 0) + 1);
    const known = story.known.get(subject);
    // Whose decline was sent into a network that lost it cannot know better.
    const own = versions.some(({ answering }) => answering === "decline") ? ["declined"] : [];
    const truth = [...(TRUE_ENDINGS[known ?? ""] ?? []), ...(story.disturbed ? UNTOLD : []), ...own];
    expect(truth, `${subject}, ${known} for the server`).toContain(state);
  }
  for (const [subject, count] of subjects) if (subject !== "") expect(count, `${subject} rings`).toBe(1);
  for (const subject of story.mustRing) {
    const rang = [...story.told.values()].find((versions) => versions.some((one) => one.subject === subject));
    expect(
      rang?.some(({ state }) => state === "ringing"),
      `${subject} rang`,
    ).toBe(true);
  }
}

/** The promise under that many random schedules of people and failures. */
export async function holdUnderFaults(numRuns: number): Promise<void> {
  await hold(step, numRuns);
}

/** The same with people alone at work: then every ending has to be the very one that the server knows. */
export async function holdUndisturbed(numRuns: number): Promise<void> {
  await hold(
    step.filter((one) => PEOPLE.has(one.do)),
    numRuns,
  );
}

/** fast-check shrinks a schedule that breaks the promise; what happened under it is told here. */
async function hold(steps: fc.Arbitrary<Step>, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 3, maxLength: 15 }), async (schedule) => {
      const story = await tell(schedule);
      try {
        judge(story);
      } catch (error) {
        if (error instanceof Error) error.message += `\n${story.log.slice(-150).join("\n")}`;
        throw error;
      }
    }),
    { numRuns },
  );
}
