import { describe, expect, it } from "vitest";
import { error, html, json, links, POOL, ScriptedServer } from "../testing/servers/scripted-server.ts";
import type { Reply } from "../testing/servers/scripted-server.ts";
import { signIn } from "../testing/signed-in.ts";

describe("commands", () => {
  it("are sent to the living application alone and never to another origin", async () => {
    const server = new ScriptedServer();
    const { clock, session } = signIn(server);
    await clock.settle();
    const before = server.requests.length;
    expect(await session.post(0, `${POOL}${server.base}/i/1/accept`)).toEqual({ outcome: "superseded" });
    expect(await session.post(1, "https://evil.example/accept")).toMatchObject({ outcome: "refused" });
    expect(server.requests).toHaveLength(before);
  });

  it("tell refusal, absence and silence apart, and wait no longer than ten seconds", async () => {
    const server = new ScriptedServer();
    const { clock, session } = signIn(server);
    await clock.settle();
    const href = `${POOL}${server.base}/i/1/accept`;
    const replies: Reply[] = [
      new Response(null, { status: 204 }),
      error(409, "Conflict", "None"),
      error(403, "Forbidden", "None"),
      html(503),
      new Promise<never>(() => undefined),
    ];
    server.intercept = ({ url }) => (url === href ? replies.shift() : undefined);
    expect(await session.post(1, href)).toEqual({ outcome: "taken" });
    expect(await session.post(1, href)).toMatchObject({ outcome: "conflict" });
    expect(await session.post(1, href, { reason: "Global" })).toMatchObject({
      outcome: "refused",
      status: 403,
    });
    expect(await session.post(1, href)).toMatchObject({ outcome: "unreachable" });
    const silent = session.post(1, href);
    await clock.advance(10_000);
    expect(await silent).toMatchObject({ outcome: "unreachable" });
    const bodies = server.requests.filter(({ url }) => url === href).map(({ body }) => body);
    expect(bodies).toEqual(["", "", `{"reason":"Global"}`, "", ""]);
  });

  it("read an invitation by GET", { tags: ["invitation-get"] }, async () => {
    const server = new ScriptedServer();
    const { clock, session } = signIn(server);
    await clock.settle();
    const href = `${POOL}${server.base}/i/1`;
    server.intercept = ({ method, url }) =>
      method === "GET" && url === href
        ? json(200, {
            rel: "messagingInvitation",
            direction: "Incoming",
            state: "Connecting",
            ...links({ accept: "/i/1/accept" }),
          })
        : undefined;
    expect(await session.lookUp(1, href)).toMatchObject({
      outcome: "found",
      invitation: {
        kind: "messaging",
        direction: "Incoming",
        links: { accept: `${POOL}/i/1/accept`, decline: null },
      },
    });
    server.intercept = () => error(404, "NotFound", "None");
    expect(await session.lookUp(1, href)).toMatchObject({ outcome: "gone" });
  });

  it(
    "take the page or the redirect of a proxy neither for done nor for gone",
    { tags: ["error-not-ucwa"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, session } = signIn(server);
      await clock.settle();
      const href = `${POOL}${server.base}/i/1`;
      const portal = () =>
        new Response(null, { status: 302, headers: { Location: "http://portal.example/" } });
      for (const reply of [() => html(404), () => html(200), portal]) {
        server.intercept = ({ url }) => (url.startsWith(href) ? reply() : undefined);
        expect(await session.lookUp(1, href)).toMatchObject({ outcome: "unreachable" });
        expect(await session.post(1, `${href}/accept`)).toMatchObject({ outcome: "unreachable" });
      }
    },
  );
});
