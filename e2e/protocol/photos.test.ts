import { describe, expect, it } from "vitest";

import { onePerson } from "./one-person.ts";
import { TOSH } from "./wire.ts";

const LENE = { uri: "sip:lene@contoso.example", name: "Lene Aaling" };
const DAY_MS = 24 * 3_600_000;

/** One person, signed in and available, whose surfaces draw photos. */
async function signedIn() {
  /** The statuses that photos were answered with, null for no answer. */
  const asked: (number | null)[] = [];
  const { clock, bell, session, control } = await onePerson(
    {},
    {
      drawsPhotos: true,
      through: (reach) => async (url, init) => {
        if (!url.includes("/photos/")) return await reach(url, init);
        const at = asked.push(null) - 1;
        const answer = await reach(url, init);
        asked[at] = answer.status;
        return answer;
      },
    },
  );
  const ring = () => void control.invite({ to: TOSH.uri, from: LENE, message: "Hello" });
  const states = () => bell.state.invitations.map(({ state }) => state);
  return { clock, control, bell, session, ring, states, asked };
}

describe("a caller's photo", () => {
  it("comes after the ringing, stays for a day, and is then asked after by its etag", async () => {
    const { clock, control, bell, ring, states, asked } = await signedIn();
    control.setSwitches({ photos: "shown" });
    ring();
    await clock.advance(50);
    expect(states()).toEqual(["ringing"]);
    expect(bell.photos.of(LENE.uri)).toBeNull();
    await clock.advance(1_000);
    const photo = bell.photos.of(LENE.uri);
    expect(photo).toMatchObject({ type: "image/jpeg" });
    await clock.advance(DAY_MS - 60_000);
    ring();
    await clock.advance(1_000);
    expect(asked).toEqual([200]);
    await clock.advance(60_000);
    ring();
    await clock.advance(1_000);
    expect(asked).toEqual([200, 304]);
    expect(bell.photos.of(LENE.uri)).toBe(photo);
    expect(control.state().breaches).toEqual([]);
  });

  it.each([
    ["absent", { photos: "none" }, {}, [404]],
    ["forbidden", { photos: "forbidden" }, {}, [403]],
    ["out of Exchange's reach", { photos: "unavailable" }, {}, [504]],
    ["slow", { photos: "shown" }, { stall: "beforeHeaders", forMs: 3_600_000 }, [null]],
    ["cut off", { photos: "shown" }, { cut: "midBody" }, [200]],
    ["refused to this token", { photos: "shown" }, { failure: "InvalidToken" }, [403]],
  ] as const)("that is %s takes nothing else away", async (_name, switches, fault, statuses) => {
    const { clock, control, bell, session, ring, states, asked } = await signedIn();
    control.setSwitches(switches);
    if (Object.keys(fault).length > 0) control.addFault({ endpoint: "contactPhoto", times: 9, ...fault });
    ring();
    await clock.advance(1_000);
    ring();
    await clock.advance(1_000);
    expect(states()).toEqual(["ringing", "ringing"]);
    expect(asked).toEqual(statuses);
    const [first] = bell.state.invitations;
    expect(await bell.accept(first?.id ?? "")).toEqual({ ok: true });
    await clock.advance(15_000);
    expect(states()).toEqual(["accepted", "ringing"]);
    expect(bell.photos.of(LENE.uri)).toBeNull();
    expect(session.state.name).toBe("online");
    expect(control.state().breaches).toEqual([]);
  });
});
