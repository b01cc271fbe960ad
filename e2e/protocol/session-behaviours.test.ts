import { describe, expect, it } from "vitest";
import type { Clock } from "../../main/platform/ports.ts";
import { started, snapshot } from "../../main/testing/invitation-events.ts";
import { SILENT_LOGGER } from "../../main/testing/rig.ts";
import { photoBehaviours } from "../../main/testing/behaviours/photo-behaviours.ts";
import { inWords, sessionBehaviours } from "../../main/testing/behaviours/session-behaviours.ts";
import type { Say, SessionStand } from "../../main/testing/behaviours/session-behaviours.ts";
import { VirtualClock } from "../../main/testing/virtual-clock.ts";
import type { ChannelEvent } from "../../main/ucwa/application/channel-event.ts";
import { embeddedOf, linkOf } from "../../main/ucwa/resources/read-resource.ts";
import { createSession } from "../../main/ucwa/session.ts";
import { DISCOVERY, TOSH, Wire } from "./wire.ts";

/** A session at the whole server, with one invitation that rings, whose answers the server's own faults make. */
async function signedIn() {
  const clock = new VirtualClock();
  const wire = new Wire(clock);
  const { control } = wire.server;
  const reach = wire.fetchOf(() => false);
  /** The clock of both, with the timers of the session told apart. */
  const timers = new Set<symbol>();
  const own: Clock = {
    now: () => clock.now(),
    after: (delayMs, run) => {
      const timer = Symbol("timer");
      timers.add(timer);
      const cancel = clock.after(delayMs, () => {
        timers.delete(timer);
        run();
      });
      return () => {
        timers.delete(timer);
        cancel();
      };
    },
  };
  const requests: { readonly method: string; readonly url: string }[] = [];
  /** Answered in the server's place: an invitation takes no POST of its own, and no fault is a receipt. */
  let receipt: { readonly url: string; readonly answer: () => Response } | null = null;
  const told: string[] = [];
  const events: ChannelEvent[] = [];
  const session = createSession({
    fetch: (url, init) => {
      requests.push({ method: init.method, url });
      return receipt && isOf(url, receipt.url) ? Promise.resolve(receipt.answer()) : reach(url, init);
    },
    clock: own,
    random: { uuid: () => "again", fraction: () => 0.5 },
    logger: SILENT_LOGGER,
    listener: {
      stateChanged: (state) => told.push(inWords(state)),
      generationEnded: (generation) => told.push(`ended ${generation}`),
      received: (arrived) => events.push(...arrived),
      channelInterrupted: () => undefined,
    },
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
  session.start();
  await clock.advance(1_000);
  control.invite({ to: TOSH.uri, subject: "Budget", message: "Have you a minute?", rings: 3_600_000 });
  await clock.advance(1_000);
  const start = events.find(({ type, link }) => type === "started" && link.rel === "messagingInvitation");
  if (!start) throw new Error("Nothing rings.");
  const receive = (next: typeof receipt) => void (receipt = next);
  return { clock, timers, control, requests, session, told, start, receive };
}

/** What the server is made to answer; without a fault it gives the invitation. */
const RECEIPTS = {
  taken: () => new Response(null, { status: 204 }),
  made: () => new Response(null, { status: 201, headers: { Location: "/calls/7" } }),
};
const FAULTS = {
  gone: { failure: "ResourceNotFound" },
  conflict: { failure: "Conflict" },
  refused: { failure: "Forbidden" },
  unreachable: { failure: "ServiceUnavailable" },
  silence: { stall: "beforeHeaders", forMs: 3_600_000 },
} as const;

/** A message that is sent carries its operation id in the query. */
function isOf(url: string, resource: string): boolean {
  return url === resource || url.startsWith(`${resource}?operationId=`);
}

/** Of whoever calls. */
async function photoOf({ session, start }: Awaited<ReturnType<typeof signedIn>>): Promise<string> {
  const from = start.resource && embeddedOf(start.resource, "from");
  const contact = from && linkOf(from, "contact");
  const answer = contact && (await session.read(1, contact.href));
  const photo = answer?.outcome === "found" ? linkOf(answer.resource, "contactPhoto") : null;
  if (!photo) throw new Error("Nobody tells where the photo is.");
  return photo.href;
}

async function stand(): Promise<SessionStand> {
  const online = await signedIn();
  const { clock, timers, control, requests, session, told, start, receive } = online;
  const before = told.length;
  const photo = await photoOf(online);
  const resource = start.link.href;
  return {
    session,
    clock,
    timers: () => timers.size,
    resource,
    photo,
    say: (said: Say) => {
      control.clearFaults();
      control.setSwitches({ photos: "shown" });
      receive(said === "taken" || said === "made" ? { url: resource, answer: RECEIPTS[said] } : null);
      if (said === "taken" || said === "made" || said === "found") return;
      for (const endpoint of ["invitation", "contactPhoto"])
        control.addFault({ endpoint, times: 1_000, ...FAULTS[said] });
    },
    sent: () =>
      requests
        .filter(({ url }) => isOf(url, resource) || isOf(url, `${photo}?size=HR96X96`))
        .map(({ method }) => method),
    told: () => told.slice(before),
    lose: async () => {
      control.addFault({ endpoint: "applications", times: 1_000, failure: "ServiceUnavailable" });
      control.kill({}, 404, "ApplicationNotFound");
      await clock.advance(2_000);
    },
    recover: async () => {
      control.clearFaults();
      session.tryNow();
      // An application that died young has its successor prove itself.
      await clock.advance(0);
      await clock.advance(2_000);
    },
  };
}

describe("a session at the whole server", () => {
  it.each([...sessionBehaviours, ...photoBehaviours].map(({ name, run }) => [name, run] as const))(
    "%s",
    async (_behaviour, run) => {
      await run(await stand());
    },
  );
});

/** What a value is made of, without what it says. */
function shapeOf(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, held]) => [key, shapeOf(held)]));
  if (Array.isArray(value)) return value.map((held) => shapeOf(held));
  if (typeof value !== "object" || value === null) return value === null ? null : typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, shapeOf(held)]));
}

describe("what tests have a server tell of an invitation", () => {
  it("is made of the same as what the whole server answers to a GET", async () => {
    const { session, start } = await signedIn();
    const answer = await session.lookUp(1, start.link.href);
    expect(shapeOf(answer)).toEqual(shapeOf({ outcome: "found", invitation: snapshot() }));
  });

  it("is made of the same as what the whole server tells of its start", async () => {
    const { start } = await signedIn();
    // Its resource is read when somebody asks for it.
    const whole = (event: ChannelEvent) => ({ ...event, resource: event.resource });
    expect(shapeOf(whole(start))).toEqual(shapeOf(whole(started())));
  });
});
