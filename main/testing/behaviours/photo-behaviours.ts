import assert from "node:assert/strict";
import type { SessionBehaviour } from "./session-behaviours.ts";

const LIMIT_MS = 10_000;
const ELSEWHERE = "https://elsewhere.example/photo";

/** What `main/people` relies on of a session, whichever implementation that is. */
export const photoBehaviours: readonly SessionBehaviour[] = [
  {
    name: "a photo is found, unchanged where its etag holds, or none, and one that cannot be had now is not none",
    run: async ({ session, photo, say }) => {
      say("found");
      const found = await session.readPhoto(1, photo, null);
      assert(found.outcome === "found" && found.bytes.length > 0 && found.etag !== null);
      assert(found.freshForMs !== null && found.freshForMs > 0);
      const again = await session.readPhoto(1, photo, found.etag);
      assert(again.outcome === "unchanged" && again.freshForMs !== null && again.freshForMs > 0);
      for (const [said, expected] of [
        ["gone", "none"],
        ["refused", "none"],
        ["conflict", "unreachable"],
        ["unreachable", "unreachable"],
      ] as const) {
        say(said);
        assert.equal((await session.readPhoto(1, photo, found.etag)).outcome, expected);
      }
    },
  },
  {
    name: "a photo of another origin is none, and one of another generation superseded: neither is asked for",
    run: async ({ session, photo, say, sent }) => {
      say("found");
      assert.deepEqual(await session.readPhoto(1, ELSEWHERE, null), { outcome: "none" });
      for (const generation of [0, 2])
        assert.deepEqual(await session.readPhoto(generation, photo, null), { outcome: "superseded" });
      assert.deepEqual(sent(), []);
    },
  },
  {
    name: "what nobody waits for is asked one at a time, beside all that somebody waits for",
    run: async ({ session, clock, photo, resource, say, sent }) => {
      say("silence");
      const beside = [
        session.readPhoto(1, photo, null),
        session.read(1, resource, "beside"),
        session.readPhoto(1, photo, null),
      ] as const;
      await clock.settle();
      assert.deepEqual(sent(), ["GET"]);
      for (let each = 0; each < 4; each++) void session.read(1, resource);
      void session.post(1, resource);
      await clock.settle();
      assert.deepEqual(sent().toSorted(), ["GET", "GET", "GET", "GET", "POST"]);
      await clock.advance(LIMIT_MS - 1);
      let settled = false;
      void beside[0].then(() => (settled = true));
      await clock.settle();
      assert(!settled);
      await clock.advance(1);
      assert.equal((await beside[0]).outcome, "unreachable");
      await clock.advance(LIMIT_MS);
      for (const each of beside) assert.equal((await each).outcome, "unreachable");
    },
  },
  {
    name: "a photo that is under way when the application ends is given up",
    run: async ({ session, clock, photo, say, lose }) => {
      say("silence");
      const asked = [session.readPhoto(1, photo, null), session.readPhoto(1, photo, null)];
      await clock.settle();
      await lose();
      for (const each of asked) assert(["superseded", "unreachable"].includes((await each).outcome));
    },
  },
];
