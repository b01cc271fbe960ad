import { describe, expect, it } from "vitest";

import { onePerson } from "./one-person.ts";
import { TOSH } from "./wire.ts";

/** An event of this priority is held back for five seconds. */
const TOLD_MS = 6_000;

async function signedIn() {
  const person = await onePerson({}, { followsPresence: true });
  const show = (availability: "Online" | "Busy" | "DoNotDisturb", activity?: string) =>
    person.control.conversations.show(TOSH.uri, { availability, activity });
  const availability = () => person.bell.ownPresence.availability;
  return { ...person, show, availability };
}

describe("the person's own presence", () => {
  it("is known soon after the sign-in, follows what they show anywhere, and is forgotten with the sign-out", async () => {
    const { clock, session, control, show, availability } = await signedIn();
    await clock.advance(TOLD_MS);
    expect(availability()).toBe("Online");
    show("DoNotDisturb");
    await clock.advance(TOLD_MS);
    expect(availability()).toBe("DoNotDisturb");
    show("Busy", "presenting");
    await clock.advance(TOLD_MS);
    expect(availability()).toBe("DoNotDisturb");
    show("Busy", "in-a-meeting");
    await clock.advance(TOLD_MS);
    expect(availability()).toBe("Busy");
    void session.signOut();
    await clock.advance(1_000);
    expect(availability()).toBeNull();
    expect(control.state().breaches).toEqual([]);
  });

  it("is known again in the next application", async () => {
    const { clock, control, show, availability } = await signedIn();
    await clock.advance(TOLD_MS);
    show("DoNotDisturb");
    await clock.advance(TOLD_MS);
    expect(availability()).toBe("DoNotDisturb");
    control.kill({}, 404, "ApplicationNotFound");
    await clock.advance(100);
    expect(availability()).toBeNull();
    await clock.advance(60_000);
    expect(availability()).toBe("DoNotDisturb");
    expect(control.state().breaches).toEqual([]);
  });

  it("is asked for as soon as a call has come that it was held back with", async () => {
    const { clock, bell, control, show, availability } = await signedIn();
    await clock.advance(TOLD_MS);
    show("DoNotDisturb");
    await clock.advance(100);
    expect(availability()).toBe("Online");
    control.invite({ to: TOSH.uri, message: "Hello" });
    await clock.advance(100);
    expect(bell.state.invitations.map(({ state }) => state)).toEqual(["ringing"]);
    expect(availability()).toBe("DoNotDisturb");
  });

  it.each([
    ["is refused", { status: 403 }],
    ["is answered by a page", { answer: "page" }],
    ["is answered with garbage", { answer: "garbage" }],
    ["gets no answer", { stall: "beforeHeaders", forMs: 3_600_000 }],
    ["ends the token", { failure: "InvalidToken" }],
  ] as const)("takes nothing away where the question %s", async (_, fault) => {
    const { clock, bell, control, show, availability } = await signedIn();
    show("DoNotDisturb");
    await clock.advance(TOLD_MS);
    expect(availability()).toBe("DoNotDisturb");
    control.addFault({ endpoint: "presence", times: 9, ...fault });
    show("Busy");
    await clock.advance(30_000);
    expect(availability()).toBeNull();
    control.invite({ to: TOSH.uri, message: "Hello" });
    await clock.advance(50);
    expect(bell.state.invitations.map(({ state }) => state)).toEqual(["ringing"]);
    expect(bell.state.session).toMatchObject({ name: "online" });
    expect(control.state().breaches).toEqual([]);
  });
});
