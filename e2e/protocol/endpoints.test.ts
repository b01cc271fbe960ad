import { describe, expect, it } from "vitest";
import { Doorbell } from "../../main/core/doorbell.ts";
import { SILENT_LOGGER } from "../../main/testing/rig.ts";
import { VirtualClock } from "../../main/testing/virtual-clock.ts";
import { createSession } from "../../main/ucwa/session.ts";
import { systemRandom } from "../../main/platform/system.ts";
import { DISCOVERY, TOSH, Wire } from "./wire.ts";

/** Two places where one person is signed in, at one server. */
async function twoPlaces() {
  const clock = new VirtualClock();
  const wire = new Wire(clock);
  const at = (place: string) => {
    const bell = new Doorbell({ clock, random: systemRandom, logger: SILENT_LOGGER });
    const session = createSession({
      fetch: wire.fetchOf(() => false),
      clock,
      random: { uuid: () => `${place}-again`, fraction: () => 0.5 },
      logger: SILENT_LOGGER,
      listener: bell,
      account: {
        address: TOSH.uri.slice(4),
        password: async () => TOSH.password,
        server: `${DISCOVERY}/`,
        trusted: [],
        endpointId: place,
        instanceId: place,
        userAgent: "Doorbell",
        culture: "en-US",
      },
    });
    bell.attach(session);
    session.start();
    const states: string[] = [];
    bell.subscribe(({ invitations }) => {
      const state = invitations.at(-1)?.state;
      if (state !== undefined && state !== states.at(-1)) states.push(state);
    });
    return { bell, states, answer: () => bell.state.invitations.at(-1)?.id ?? "" };
  };
  const [office, home] = [at("office"), at("home")];
  await clock.advance(1_000);
  wire.server.control.invite({ to: TOSH.uri, rings: 25_300 });
  await clock.advance(1_000);
  expect([office.states, home.states]).toEqual([["ringing"], ["ringing"]]);
  return { clock, wire, office, home };
}

describe("one person signed in at two places", () => {
  it("accepts at one, and the other hears that it was answered elsewhere by the very next event", async () => {
    const { clock, wire, office, home } = await twoPlaces();
    void office.bell.accept(office.answer());
    // No time passes: the server sends one package to the other place, and that is all it takes.
    await clock.advance(0);
    expect(home.states).toEqual(["ringing", "answeredElsewhere"]);
    await clock.advance(5_000);
    expect(office.states).toEqual(["ringing", "answering", "accepted"]);
    expect(home.states).toHaveLength(2);
    expect(wire.server.control.breaches).toEqual([]);
  });

  it(
    "declines at one for everywhere, and the other stops as well",
    { tags: ["decline-global"] },
    async () => {
      const { clock, office, home } = await twoPlaces();
      void office.bell.decline(office.answer());
      await clock.advance(0);
      expect(home.states).toEqual(["ringing", "declined"]);
      expect(office.states.at(-1)).toBe("declined");
    },
  );

  it("declines at one for that place only, and the other rings on", { tags: ["decline-local"] }, async () => {
    const { clock, office, home } = await twoPlaces();
    void office.bell.decline(office.answer(), "Local");
    await clock.advance(2_000);
    expect(office.states.at(-1)).toBe("declined");
    expect(home.states).toEqual(["ringing"]);
  });

  it("may accept at both in the same moment: one gets it, and neither rings on", async () => {
    const { clock, wire, office, home } = await twoPlaces();
    void office.bell.accept(office.answer());
    void home.bell.accept(home.answer());
    await clock.advance(5_000);
    expect([office.states.at(-1), home.states.at(-1)]).toEqual(["accepted", "answeredElsewhere"]);
    expect(wire.server.control.breaches).toEqual([]);
  });
});
