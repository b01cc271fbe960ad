import { describe, expect, it } from "vitest";

import { APPLICATION, resource } from "../testing/invitation-events.ts";
import { ScriptedSession } from "../testing/scripted-session.ts";
import { VirtualClock } from "../testing/virtual-clock.ts";
import type { PhotoLookup, ResourceLookup, SessionPort } from "../ucwa/session-port.ts";
import { ContactPhotos } from "./contact-photos.ts";
import { jpeg } from "./testing/pictures.ts";

const ADA = "sip:ada@example.test";
const HOUR_MS = 3_600_000;

function contactOf(uri: string): string {
  return `${APPLICATION}/people/${uri.slice(4)}`;
}

function wanted(uri = ADA) {
  return { uri, generation: 1, contact: contactOf(uri) };
}

const contact = async (): Promise<ResourceLookup> => ({
  outcome: "found",
  resource: resource({ rel: "contact", links: { contactPhoto: `${APPLICATION}/photos/ada@example.test` } }),
});

function found(bytes = jpeg(48, 48), more: Partial<Extract<PhotoLookup, { outcome: "found" }>> = {}) {
  return async (): Promise<PhotoLookup> => ({
    outcome: "found",
    bytes,
    etag: '"1"',
    freshForMs: null,
    ...more,
  });
}

function stand() {
  const clock = new VirtualClock();
  const session = new ScriptedSession(clock);
  session.onRead = contact;
  session.onPhoto = found();
  let current: SessionPort | null = session;
  const logged: string[] = [];
  const log = (event: string, fields?: object) => void logged.push(`${event} ${JSON.stringify(fields)}`);
  const photos = new ContactPhotos({
    clock,
    logger: { error: log, warn: log, info: log, debug: log },
    session: () => current,
  });
  const told: string[] = [];
  photos.subscribe((uri) => told.push(uri));
  return { clock, session, photos, told, logged, replace: (next: SessionPort | null) => (current = next) };
}

describe("the photo of somebody who is shown", () => {
  it("is asked for when what rings has been drawn, by the contact, and told when it has come", async () => {
    const { clock, session, photos, told } = stand();
    photos.want(wanted());
    await clock.advance(99);
    expect([session.asked, photos.of(ADA)]).toEqual([[], null]);
    await clock.advance(1);
    expect(session.asked).toEqual([contactOf(ADA)]);
    expect(session.photosAsked).toEqual([{ href: `${APPLICATION}/photos/ada@example.test`, etag: null }]);
    expect(photos.of("SIP:Ada@example.test")).toMatchObject({ type: "image/jpeg", bytes: jpeg(48, 48) });
    expect(told).toEqual([ADA]);
  });

  it(
    "is asked for once, however often they are shown, and again by its etag when it holds no longer",
    { tags: ["photo-etag"] },
    async () => {
      const { clock, session, photos, told } = stand();
      session.onPhoto = found(jpeg(48, 48), { freshForMs: 2 * HOUR_MS });
      for (let call = 0; call < 3; call++) {
        photos.want(wanted());
        photos.want(wanted(ADA.toUpperCase()));
        await clock.advance(30 * 60_000);
      }
      expect(session.photosAsked).toHaveLength(1);
      await clock.advance(2 * HOUR_MS);
      session.onPhoto = async () => ({ outcome: "unchanged", freshForMs: null });
      const before = photos.of(ADA);
      photos.want(wanted());
      await clock.advance(1_000);
      expect(session.photosAsked.at(-1)?.etag).toBe('"1"');
      expect(photos.of(ADA)).toBe(before);
      expect(told).toHaveLength(1);
      session.onPhoto = found(jpeg(64, 64), { etag: '"2"' });
      await clock.advance(25 * HOUR_MS);
      photos.want(wanted());
      await clock.advance(1_000);
      expect(photos.of(ADA)?.bytes).toEqual(jpeg(64, 64));
      expect(told).toHaveLength(2);
    },
  );

  it.each([
    ["for an hour at least", -1, 59 * 60_000, 2 * 60_000],
    ["for a day, where the server does not say", null, 23 * HOUR_MS, 2 * HOUR_MS],
    ["for a week at most", Number.MAX_SAFE_INTEGER, 6 * 24 * HOUR_MS, 25 * HOUR_MS],
  ])("holds %s", async (_name, freshForMs, holdsMs, thenMs) => {
    const { clock, session, photos } = stand();
    session.onPhoto = found(jpeg(48, 48), { freshForMs });
    for (const [passes, asked] of [
      [0, 1],
      [holdsMs, 1],
      [thenMs, 2],
    ] as const) {
      await clock.advance(passes);
      photos.want(wanted());
      await clock.advance(1_000);
      expect(session.photosAsked).toHaveLength(asked);
    }
  });

  it.each<readonly [string, (session: ScriptedSession) => void]>([
    ["there is none", (session) => (session.onPhoto = async () => ({ outcome: "none" }))],
    [
      "the contact may not be seen",
      (session) => (session.onRead = async () => ({ outcome: "refused", status: 403, reason: null })),
    ],
    ["nobody is there", (session) => (session.onRead = async () => ({ outcome: "gone", reason: null }))],
    [
      "the contact has no link to one",
      (session) => (session.onRead = async () => ({ outcome: "found", resource: resource({}) })),
    ],
    [
      "it leads to another server",
      (session) =>
        (session.onRead = async () => ({
          outcome: "found",
          resource: resource({ links: { contactPhoto: "https://evil.example/photo" } }),
        })),
    ],
    [
      "it is no picture",
      (session) => (session.onPhoto = found(new TextEncoder().encode("<svg xmlns='x'/>"))),
    ],
    ["it would be huge", (session) => (session.onPhoto = found(jpeg(20_000, 20_000)))],
  ])("is not asked for again within an hour when %s", { tags: ["photo-none"] }, async (_name, arrange) => {
    const { clock, session, photos, told } = stand();
    arrange(session);
    for (const [passes, asked] of [
      [0, 1],
      [58 * 60_000, 1],
      [2 * 60_000, 2],
    ] as const) {
      await clock.advance(passes);
      photos.want(wanted());
      await clock.advance(1_000);
      expect(session.asked).toHaveLength(asked);
    }
    expect([photos.of(ADA), told]).toEqual([null, []]);
  });

  it("is tried again after ten minutes when nothing came of it, and stays what it was meanwhile", async () => {
    const { clock, session, photos, told } = stand();
    session.onPhoto = async () => ({ outcome: "unreachable", detail: "slow" });
    photos.want(wanted());
    await clock.advance(1_000);
    session.onPhoto = found();
    photos.want(wanted());
    await clock.advance(1_000);
    expect(photos.of(ADA)).toBeNull();
    await clock.advance(10 * 60_000);
    photos.want(wanted());
    await clock.advance(1_000);
    const shown = photos.of(ADA);
    expect(shown).not.toBeNull();
    session.onPhoto = () => Promise.reject(new Error("sip:secret@example.test"));
    await clock.advance(25 * HOUR_MS);
    photos.want(wanted());
    await clock.advance(1_000);
    expect(photos.of(ADA)).toBe(shown);
    expect(told).toEqual([ADA]);
  });

  it("goes when the server says that there is none any more", async () => {
    const { clock, session, photos, told } = stand();
    photos.want(wanted());
    await clock.advance(1_000);
    session.onPhoto = async () => ({ outcome: "none" });
    await clock.advance(25 * HOUR_MS);
    photos.want(wanted());
    await clock.advance(1_000);
    expect(photos.of(ADA)).toBeNull();
    expect(told).toEqual([ADA, ADA]);
  });

  it("leaves no address in the log, whatever is thrown", async () => {
    const { clock, session, photos, logged } = stand();
    session.onRead = () => Promise.reject(new Error("sip:secret@example.test"));
    photos.want(wanted());
    await clock.advance(1_000);
    expect(logged).toHaveLength(1);
    expect(logged.join()).not.toMatch(/secret|ada/);
  });
});

describe("photos of many", () => {
  it("are asked for one at a time, of so many at most", async () => {
    const { clock, session, photos } = stand();
    let underWay = 0;
    let most = 0;
    session.onPhoto = async () => {
      most = Math.max(most, ++underWay);
      await Promise.resolve();
      underWay--;
      return { outcome: "none" };
    };
    for (let person = 0; person < 1_000; person++) photos.want(wanted(`sip:${person}@example.test`));
    await clock.advance(1_000);
    expect(session.asked).toHaveLength(50);
    expect(most).toBe(1);
  });

  it("wait for a slow one in the place of a call, which is not kept waiting", async () => {
    const { clock, session, photos } = stand();
    session.onPhoto = () => new Promise(() => {});
    for (let person = 0; person < 10; person++) photos.want(wanted(`sip:${person}@example.test`));
    await clock.advance(1_000);
    session.onLookUp = async () => ({ outcome: "gone", reason: null });
    await expect(session.lookUp(1, `${APPLICATION}/i/1`)).resolves.toMatchObject({ outcome: "gone" });
    expect(session.photosAsked).toHaveLength(1);
  });

  it("take no turn of a call's look-ups while a contact is slow", async () => {
    const { clock, session, photos } = stand();
    session.onRead = () => new Promise(() => {});
    let sent = 0;
    session.onLookUp = () => {
      sent++;
      return new Promise(() => {});
    };
    photos.want(wanted());
    await clock.advance(1_000);
    for (let call = 0; call < 3; call++) void session.lookUp(1, `${APPLICATION}/i/${call}`);
    await clock.settle();
    expect([session.asked.length, sent]).toEqual([1, 3]);
  });
});

describe("a photo of a session that is over", () => {
  it("is forgotten, which is told, and what is under way comes too late", async () => {
    const { clock, session, photos, told } = stand();
    photos.want(wanted());
    await clock.advance(1_000);
    const late = Promise.withResolvers<PhotoLookup>();
    session.onPhoto = () => late.promise;
    const ben = "sip:ben@example.test";
    photos.want(wanted(ben));
    await clock.advance(1_000);
    photos.forget();
    expect([photos.of(ADA), told]).toEqual([null, [ADA, ADA]]);
    late.resolve(await found()());
    await clock.advance(1_000);
    expect(photos.of(ben)).toBeNull();
  });

  it("is not taken for that of the same address in the next one, which is asked anew", async () => {
    const { clock, session, photos, told, replace } = stand();
    const late = Promise.withResolvers<PhotoLookup>();
    session.onPhoto = () => late.promise;
    photos.want(wanted());
    await clock.advance(1_000);
    photos.forget();
    const next = new ScriptedSession(clock);
    next.onRead = contact;
    next.onPhoto = found(jpeg(64, 64));
    replace(next);
    photos.want(wanted());
    await clock.advance(50);
    late.resolve(await found(jpeg(48, 48))());
    await clock.advance(1_000);
    expect(photos.of(ADA)?.bytes).toEqual(jpeg(64, 64));
    expect(told).toEqual([ADA]);
  });

  it("is not asked for by links of another, nor without one", async () => {
    const { clock, photos, replace, session } = stand();
    photos.want(wanted());
    replace(null);
    await clock.advance(1_000);
    expect(session.asked).toEqual([]);
    replace(session);
    photos.want({ ...wanted(), generation: 2 });
    await clock.advance(1_000);
    expect([session.asked, photos.of(ADA)]).toEqual([[], null]);
    photos.want(wanted());
    await clock.advance(1_000);
    expect(photos.of(ADA)).not.toBeNull();
  });
});
