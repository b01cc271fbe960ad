import { describe, expect, it } from "vitest";

import { error, html, POOL, ScriptedServer } from "../../testing/servers/scripted-server.ts";
import type { Reply, SeenRequest } from "../../testing/servers/scripted-server.ts";
import { signedIn } from "../../testing/signed-in.ts";

const NOW = new Date("2026-01-05T09:00:00Z");
const LIMIT = 256 * 1024;

/** A session that is online, with its requests for one photo answered by `reply`. */
async function online(reply: (request: SeenRequest) => Reply) {
  const server = new ScriptedServer();
  const { session, clock } = await signedIn(server);
  const photo = `${POOL}${server.base}/photos/ada@example.test`;
  const before = server.requests.length;
  server.intercept = (request) => (request.url.startsWith(photo) ? reply(request) : undefined);
  const ask = (etag: string | null = null) => session.readPhoto(1, photo, etag);
  return { session, clock, ask, sent: () => server.requests.slice(before) };
}

function picture(bytes: number, headers: Record<string, string> = {}): Response {
  return new Response(new Uint8Array(bytes).fill(0xff), {
    headers: { "Content-Type": "image/jpeg", ...headers },
  });
}

describe("asking for a photo", () => {
  it(
    "says how large it is to be, what it may be, and which one is known",
    { tags: ["photo-size"] },
    async () => {
      const { ask, sent } = await online(() => new Response(null, { status: 304 }));
      expect(await ask('"7"')).toEqual({ outcome: "unchanged", freshForMs: null });
      expect(sent().at(-1)).toMatchObject({
        url: expect.stringMatching(/\/photos\/ada@example\.test\?size=HR96X96$/),
        headers: { Accept: "image/*", "If-None-Match": '"7"', Authorization: expect.any(String) },
      });
    },
  );

  it.each([
    ["the server's own clock", { Date: new Date(NOW.getTime() - 9_000_000).toUTCString() }, 12_600_000],
    ["ours, where the server tells no time", {}, 3_600_000],
  ])("tells for how long it holds by %s", async (_name, date, freshForMs) => {
    const expires = { Expires: new Date(NOW.getTime() + 3_600_000).toUTCString() };
    const { ask } = await online(() => picture(1, { ...expires, ...date }));
    expect(await ask()).toMatchObject({ outcome: "found", freshForMs });
  });

  it.each([
    ["a date that is none", { Expires: "soon" }],
    ["no date", {}],
  ])("takes %s for no word on how long it holds", async (_name, headers) => {
    const { ask } = await online(() => picture(1, headers));
    expect(await ask()).toMatchObject({ outcome: "found", freshForMs: null });
  });

  it.each([
    ['W/"7"', 'W/"7"'],
    ["7", null],
    [`"${"7".repeat(201)}"`, null],
    ['"7\u00e9"', null],
  ])("keeps the etag %j as %j", async (sent, etag) => {
    const { ask } = await online(() => picture(1, { ETag: sent }));
    expect(await ask()).toMatchObject({ outcome: "found", etag });
  });

  it("gives up what is larger than a photo, and takes what is just as large, byte for byte", async () => {
    let bytes = LIMIT + 1;
    const { ask } = await online(() => picture(bytes));
    expect(await ask()).toMatchObject({ outcome: "unreachable" });
    bytes = LIMIT;
    expect(await ask()).toMatchObject({ outcome: "found", bytes: new Uint8Array(LIMIT).fill(0xff) });
  });

  it("has ten seconds for the body as for the head", async () => {
    const { clock, ask } = await online(() => new Response(new ReadableStream({ start() {} })));
    const asked = ask();
    await clock.advance(9_999);
    expect(await Promise.race([asked, Promise.resolve("waiting")])).toBe("waiting");
    await clock.advance(1);
    expect(await asked).toMatchObject({ outcome: "unreachable" });
  });

  it.each([
    ["nothing", () => new Response(null, { status: 204 })],
    ["an empty picture", () => picture(0)],
    ["that it is forbidden", () => error(403, "Forbidden", "None")],
    ["that it was", () => error(410, "Gone", "None")],
  ])("finds none where the server says %s", async (_name, reply) => {
    const { ask } = await online(reply);
    expect(await ask()).toEqual({ outcome: "none" });
  });

  it.each([
    ["a page", () => html(200)],
    ["a page that says no", () => html(404)],
    ["a redirect", () => new Response(null, { status: 302, headers: { Location: "/login" } })],
    ["that nothing has changed, though nothing is known", () => new Response(null, { status: 304 })],
    ["that it has no time", () => error(504, "Timeout", "None")],
  ])("has learned nothing from %s", async (_name, reply) => {
    const { ask } = await online(reply);
    expect(await ask()).toMatchObject({ outcome: "unreachable" });
  });

  it.each([
    ["the token", () => new Response(null, { status: 401, headers: { "WWW-Authenticate": "Bearer" } })],
    ["the application", () => error(404, "NotFound", "ApplicationNotFound")],
    ["the photo for good", () => new Response(null, { status: 410 })],
  ])("is one request, whatever the server says of %s", async (_name, reply) => {
    const { clock, ask, sent, session } = await online(reply);
    await ask();
    await clock.advance(5_000);
    expect(sent()).toHaveLength(1);
    expect(session.state).toEqual({ name: "online", generation: 1 });
  });
});
