import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Invitation } from "../../../invitations/invitation.ts";
import { PrivateBus } from "../../../testing/private-bus.ts";
import { SILENT_LOGGER as logger } from "../../../testing/rig.ts";
import { VirtualClock } from "../../../testing/virtual-clock.ts";
import type { Decision } from "../../presentation.ts";
import { FreedesktopNotifications } from "./freedesktop.ts";
import type { NotificationProblem } from "../notification-problem.ts";
import type { NotificationHandle, NotificationService } from "../notification-service.ts";
import { Ringer } from "../ringer.ts";
import { profileOf } from "./service-profile.ts";
import type { ShownIds, ShownStore } from "../shown-record.ts";
import { invitation } from "../testing/ringing-invitation.ts";
import { StagedService, type Staging } from "../testing/staged-service.ts";

// The ringer and the client of both programs, against a service that behaves like a real one; how each real one does
// is seen in `e2e/services`.

const A = invitation({ id: "a" });
const B = invitation({ id: "b" });

let bus: PrivateBus;
let clock: VirtualClock;
let unanswered: Set<NotificationHandle>;
let closings: Array<() => Promise<void> | void>;

beforeEach(async () => {
  bus = await PrivateBus.start();
  clock = new VirtualClock();
  unanswered = new Set();
  closings = [];
});

afterEach(async () => {
  for (const close of closings.toReversed()) {
    const end = { over: false };
    void Promise.resolve(close()).then(() => (end.over = true));
    while (!end.over) await clock.advance(1_000);
  }
  await bus.close();
  expect(clock.pending).toBe(0);
});

async function until(check: () => boolean): Promise<void> {
  const deadline = performance.now() + 4_000;
  while (!check()) {
    if (performance.now() > deadline) throw new Error("It did not come about.");
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Time goes by, in which whatever is going to happen happens: no answer of a service is overtaken by it. */
async function goesBy(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    await until(() => unanswered.size === 0);
    await clock.advance(1_000);
  }
  await until(() => unanswered.size === 0);
}

/** The same service, of which `goesBy` knows what it has not answered yet. */
function watched(service: NotificationService): NotificationService {
  return {
    capabilities: () => service.capabilities(),
    onAvailability: (listener) => service.onAvailability(listener),
    dispose: () => service.dispose(),
    show: (request, listener) => {
      const handle = service.show(request, (event) => {
        unanswered.delete(handle);
        listener(event);
      });
      unanswered.add(handle);
      return {
        update: (changed) => handle.update(changed),
        close: () => {
          unanswered.delete(handle);
          return handle.close();
        },
      };
    },
  };
}

/** The ringer of the app, or of the terminal program, which has no toast and nothing to open. */
async function ring(program: "app" | "terminal", staging: Staging) {
  const staged = await StagedService.start(bus.address, clock, staging);
  closings.push(() => staged.stop());
  const client = new FreedesktopNotifications({ address: bus.address, clock, logger });
  closings.push(() => client.dispose());
  const problems: Array<NotificationProblem | null> = [];
  let decided: ReadonlyMap<string, Decision> = new Map();
  const refuse = () => Promise.reject(new Error("Nobody answers here."));
  const ringer = new Ringer(
    {
      answering: { accept: refuse, decline: refuse },
      clock,
      logger,
      report: (problem) => problems.push(problem),
      toast: program === "app",
      decided: (decisions) => (decided = decisions),
      ...(program === "app" ? { open: () => undefined } : {}),
    },
    watched(client),
  );
  closings.push(() => ringer.dispose());
  await client.capabilities();
  const rings = (...invitations: Invitation[]) =>
    ringer.update({ session: { name: "online", generation: 1 }, invitations, conversations: [] });
  return { staged, rings, problems, notified: () => staged.called("Notify"), ways: () => ways(decided) };
}

function ways(decided: ReadonlyMap<string, Decision>): readonly string[] {
  return [...decided].map(([id, { way, reason }]) => `${id} ${way} ${reason}`);
}

it("a service that is not known does what is specified, whatever it calls itself", () => {
  for (const name of ["Xfce Notify Daemon", "Plasma", "constructor", ""])
    expect(profileOf(name, name)).toEqual({});
});

it("a service is known by its vendor where others have its name", () => {
  expect(profileOf("Notification Daemon", "GNOME")).not.toEqual({});
  for (const vendor of ["MATE", "lxqt.org", undefined])
    expect(profileOf("Notification Daemon", vendor)).toEqual({});
});

it("what a killed process left goes, also where the service leaves what it says it has closed", async () => {
  const staged = await StagedService.start(bus.address, clock, {
    name: "Notification Daemon",
    vendor: "GNOME",
    leavesClosed: true,
  });
  closings.push(() => staged.stop());
  let kept: ShownIds | null = null;
  const forgotten = Promise.withResolvers<void>();
  const start = (shown: ShownStore) => {
    const client = new FreedesktopNotifications({ address: bus.address, clock, logger, shown });
    closings.push(() => client.dispose());
    return client;
  };
  const killed = start({ keep: async (shown) => void (kept ??= shown), left: async () => [] });
  killed.show({ summary: "", body: "", urgency: "critical", category: "im", actions: [] }, () => {});
  await until(() => kept !== null);
  const left = { shown: kept!, forget: async () => forgotten.resolve() };
  void start({ keep: async () => {}, left: async () => [left] }).capabilities();
  await forgotten.promise;
  await goesBy(1);
  expect(staged.up).toEqual([]);
});

describe.each(["app", "terminal"] as const)("the %s", (program) => {
  it("rings critically, so that a service that files banners away keeps it up with both buttons", async () => {
    const { rings, notified } = await ring(program, { name: "gnome-shell" });
    rings(A);
    await until(() => notified().length === 1);
    const [, , , , , actions, hints] = notified()[0] ?? [];
    expect(actions).toEqual(expect.arrayContaining(["accept", "decline"]));
    expect(hints).toMatchObject({ urgency: { value: 2 } });
  });

  it("offers a click beside the buttons where it opens something, and nowhere else", async () => {
    const { rings, notified } = await ring(program, {});
    rings(A);
    await until(() => notified().length === 1);
    const actions = notified()[0]?.[5] as readonly string[];
    expect(actions.includes("default")).toBe(program === "app");
  });

  it("rings twice for two invitations with the same words at a service that takes equal ones for one", async () => {
    const { staged, rings, notified } = await ring(program, { takesEqualForOne: true });
    rings(A, B);
    await until(() => staged.up.length === 2);
    await goesBy(20);
    expect(notified()).toHaveLength(2);
    rings(B);
    await until(() => staged.up.length === 1);
    expect(staged.up).toEqual([42]);
    // The number is free again, and that of the other stays.
    rings(B, A);
    await until(() => staged.up.length === 2);
    expect(notified().map((body) => String(body[4]).split("\n").at(-1))).toEqual([
      "Hi Tosh",
      "Invitation 2 with these words",
      "Hi Tosh",
    ]);
  });

  it("leaves nothing on the screen of a service that leaves there what it says it has closed", async () => {
    const { staged, rings } = await ring(program, {
      name: "Notification Daemon",
      vendor: "GNOME",
      leavesClosed: true,
    });
    rings(A);
    await until(() => staged.up.length === 1);
    rings();
    await until(() => staged.called("CloseNotification").length === 1);
    await goesBy(1);
    expect(staged.up).toEqual([]);
    expect(staged.called("Notify")).toHaveLength(2);
  });

  it("never lets a notification stay for ever, and asks nothing more of a service that made something else of it", async () => {
    const { rings, notified, problems, ways } = await ring(program, { answersZero: true });
    rings(A);
    await until(() => problems.length > 0);
    await goesBy(20);
    rings({ ...A, subject: "Changed" });
    await goesBy(20);
    expect(notified()).toHaveLength(1);
    expect(notified()[0]?.[7]).toBeGreaterThan(0);
    expect(ways()).toEqual([program === "app" ? "a toast failed" : "a native failed"]);
  });

  it("gives nothing to a service from which nothing can be taken back", async () => {
    const { rings, notified, problems, ways } = await ring(program, {
      name: "notify-osd",
      capabilities: ["body"],
      answersZero: true,
    });
    rings(A, B);
    await until(() => problems.length > 0);
    await goesBy(20);
    expect(notified()).toEqual([]);
    const way = program === "app" ? "toast" : "native";
    expect(ways()).toEqual([`a ${way} noRoom`, `b ${way} noRoom`]);
  });

  it("asks the next service when that one has gone", async () => {
    const { staged, rings, problems } = await ring(program, { answersZero: true });
    rings(A);
    await until(() => problems.length > 0);
    staged.stop();
    const next = await StagedService.start(bus.address, clock, {});
    closings.push(() => next.stop());
    await until(() => next.up.length === 1);
  });

  it("shows buttons where a service has none: on the toast, or in the terminal itself", async () => {
    for (const staging of [{ capabilities: ["body"] }, { name: "dunst" }]) {
      const { staged, rings, problems, ways } = await ring(program, staging);
      rings(A);
      await until(() => problems.length > 0);
      expect(problems).toMatchObject([{ code: "noActions" }]);
      expect(ways()).toEqual([program === "app" ? "a toast noActions" : "a native noActions"]);
      if (program === "terminal") await until(() => staged.up.length === 1);
      expect(staged.called("Notify")).toHaveLength(program === "app" ? 0 : 1);
      rings();
      await until(() => staged.up.length === 0);
    }
  });

  it.each([
    ["draws one at a time", { name: "gnome-shell" }, 1],
    ["takes one away for the next, of which nobody knew", { room: 1 }, 4],
  ] as const)("has no second one up where the service %s, and none is lost", async (_, staging, asked) => {
    const { staged, rings, notified, ways } = await ring(program, staging);
    rings(A, B);
    await until(() => notified().length === asked && staged.up.length === 1);
    await goesBy(20);
    expect(notified()).toHaveLength(asked);
    const [up, waits] = asked === 1 ? ["a", "b"] : ["b", "a"];
    const reason = program === "app" ? "toast noRoom" : "native noRoom";
    expect(ways()).toEqual(expect.arrayContaining([`${up} native shown`, `${waits} ${reason}`]));
    rings(up === "a" ? B : A);
    if (program === "terminal") await until(() => notified().length === asked + 1);
    else await until(() => staged.up.length === 0);
    await goesBy(5);
    expect(ways()).toEqual([`${waits} ${program === "app" ? "toast noRoom" : "native shown"}`]);
  });
});
