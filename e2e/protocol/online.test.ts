import { describe, expect, it } from "vitest";
import type { FaultRequest } from "../ucwa-server/faults/fault-request.ts";
import { Scenario } from "./scenario.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const FOR_EVER = 100_000;

/** A client that has not sent anything yet, at a server with these faults. */
function starting(...faults: readonly FaultRequest[]) {
  const scenario = new Scenario();
  const { control } = scenario.wire.server;
  for (const fault of faults) control.addFault(fault);
  const said: string[] = [];
  scenario.bell.subscribe(({ session }, { session: before }) => {
    if (session !== before) said.push(session.name);
  });
  const parked = () => control.state().applications.reduce((sum, one) => sum + one.parked, 0);
  return { scenario, control, said, parked, session: () => scenario.bell.state.session };
}

/** A client that has been online for so long. */
async function online(forMs = 30 * SECOND_MS) {
  const started = starting();
  await started.scenario.pass(forMs);
  expect(started.said.at(-1)).toBe("online");
  started.said.length = 0;
  return started;
}

/** Somebody calls, and it has to ring at once, whatever is said of the session. */
async function rings(scenario: Scenario): Promise<void> {
  await scenario.take({ do: "invite", rings: 25_300, wait: 100 });
  expect(scenario.bell.state.invitations.at(-1)?.state).toBe("ringing");
}

describe("online", () => {
  it("is not said before the user is available, though an event request is parked and a call rings", async () => {
    const late = { endpoint: "makeMeAvailable", at: "answer", delayMs: 12 * SECOND_MS } as const;
    const { scenario, said, parked, session } = starting(late);
    await scenario.pass(3 * SECOND_MS);
    expect([session().name, parked()]).toEqual(["creating", 1]);
    await rings(scenario);
    expect(said).not.toContain("online");
    await scenario.pass(10 * SECOND_MS);
    expect(said.at(-1)).toBe("online");
  });

  it.each<[string, Omit<FaultRequest, "endpoint">]>([
    ["fails", { status: 500 }],
    ["is busy", { status: 503, html: true }],
    ["has somebody else's page in its place", { answer: "page" }],
    ["says nothing with a 200", { answer: "empty" }],
    ["says something that nobody can read", { answer: "garbage" }],
    ["has its connection cut", { cut: "beforeHeaders", at: "arrival" }],
    ["does not answer at all", { status: 503, at: "arrival", delayMs: 60 * MINUTE_MS }],
  ])("is not said while makeMeAvailable %s, and said by itself afterwards", async (_, fault) => {
    const { scenario, control, said, parked, session } = starting({
      endpoint: "makeMeAvailable",
      times: FOR_EVER,
      ...fault,
    });
    await scenario.pass(MINUTE_MS);
    expect(parked()).toBe(1);
    expect(session()).toMatchObject({ name: "reconnecting", detail: expect.stringMatching(/\S/) as string });
    await scenario.pass(9 * MINUTE_MS);
    expect(said).not.toContain("online");
    control.clearFaults();
    await scenario.pass(5 * MINUTE_MS);
    expect(said.at(-1)).toBe("online");
  });

  it("is said of a makeMeAvailable that was carried out though its answer was lost", async () => {
    const lost = { endpoint: "makeMeAvailable", cut: "beforeHeaders", at: "answer" } as const;
    const { scenario, said } = starting(lost);
    await scenario.pass(5 * SECOND_MS);
    expect(said.at(-1)).toBe("online");
  });

  it.each<[string, Omit<FaultRequest, "endpoint">]>([
    ["a 500", { status: 500 }],
    ["a 502", { status: 502, html: true }],
    ["somebody's 404", { status: 404, html: true }],
    ["a 400", { status: 400 }],
    ["a page", { answer: "page" }],
    ["nothing", { answer: "empty" }],
    ["a cut", { cut: "beforeHeaders" }],
  ])(
    "is over at a host that answers every event request with %s, and comes back with it",
    async (_, fault) => {
      const { scenario, control, said } = await online();
      control.addFault({
        endpoint: "events",
        times: FOR_EVER,
        at: "arrival",
        delayMs: 5,
        now: true,
        ...fault,
      });
      await rings(scenario).catch(() => undefined);
      await scenario.pass(20 * SECOND_MS);
      expect(new Set(said)).toEqual(new Set(["reconnecting"]));
      await scenario.pass(20 * MINUTE_MS);
      expect(said).not.toContain("online");
      control.clearFaults();
      await scenario.pass(5 * MINUTE_MS + 2 * SECOND_MS);
      expect(said.at(-1)).toBe("online");
    },
  );

  it("is said again when a request was held for two seconds; what comes before that rings", async () => {
    const { scenario, said } = await online();
    await scenario.take({ do: "weather", weather: "down", wait: 100 });
    expect(said).toEqual(["reconnecting"]);
    await scenario.take({ do: "weather", weather: "fair", wait: 0 });
    scenario.session.tryNow();
    await scenario.pass(1_900);
    expect(said).not.toContain("online");
    await scenario.pass(200);
    expect(said.at(-1)).toBe("online");

    scenario.wire.closeConnections();
    await scenario.pass(100);
    scenario.session.tryNow();
    await scenario.pass(500);
    expect(said.at(-1)).toBe("reconnecting");
    // Ringing waits for no word, and a package that was read is a proof.
    await rings(scenario);
    expect(said.at(-1)).toBe("online");
  });

  it("is over at once on a machine without network", async () => {
    const { scenario, said } = await online(50 * MINUTE_MS);
    await scenario.take({ do: "weather", weather: "down", wait: SECOND_MS });
    expect(said.at(-1)).toBe("reconnecting");
  });

  it("is over within ten seconds when the request was cut and no other gets through", async () => {
    const { scenario, said } = await online(MINUTE_MS);
    scenario.wire.weather = "deaf";
    scenario.wire.closeConnections();
    await scenario.pass(10 * SECOND_MS);
    expect(said).toEqual(["reconnecting"]);
  });

  it("is over within ten seconds when the machine woke up and nothing gets through", async () => {
    const { scenario, said } = await online();
    scenario.wire.weather = "deaf";
    scenario.session.resumed();
    await scenario.pass(10 * SECOND_MS);
    expect(said).toEqual(["reconnecting"]);
  });

  it("is over within ten seconds of a report of activity that nobody has answered", async () => {
    const { scenario, said } = await online();
    scenario.wire.weather = "deaf";
    // The first report is due three and a half minutes after the start, and given up after fifteen seconds.
    await scenario.pass(3 * MINUTE_MS + 15 * SECOND_MS);
    expect(said).toEqual([]);
    await scenario.pass(10 * SECOND_MS);
    expect(said).toEqual(["reconnecting"]);
    await scenario.take({ do: "weather", weather: "fair", wait: MINUTE_MS });
    expect(said.at(-1)).toBe("online");
  });

  it("is over within ten seconds of an answer of the person's that nobody has taken", async () => {
    const { scenario, said } = await online();
    await rings(scenario);
    scenario.wire.weather = "deaf";
    await scenario.take({ do: "accept", wait: 10 * SECOND_MS });
    expect(said).toEqual([]);
    await scenario.pass(10 * SECOND_MS);
    expect(said).toEqual(["reconnecting"]);
  });

  it("is over within ten seconds of a gateway's word that the server behind it answers nothing", async () => {
    const { scenario, control, said } = await online();
    const gone = {
      times: FOR_EVER,
      at: "arrival",
      delayMs: 30 * SECOND_MS,
      status: 504,
      html: true,
    } as const;
    control.addFault({ endpoint: "events", ...gone, now: true });
    control.addFault({ endpoint: "application", ...gone });
    await scenario.pass(40 * SECOND_MS);
    expect(said).toEqual(["reconnecting"]);
  });

  it("is not taken back when the machine woke up and all is well", async () => {
    const { scenario, said } = await online();
    for (let wake = 0; wake < 5; wake++) {
      scenario.session.resumed();
      await scenario.pass(30 * SECOND_MS);
    }
    expect(said).toEqual([]);
  });
});
