import { describe, expect, it } from "vitest";
import {
  availableApplication,
  createApplication,
  inWords,
  reply,
  settle,
  signIn,
  virtualServer,
} from "../testing/client.ts";
import { wanted } from "../testing/fresh.ts";
import { ada, askEvents, brokenRules } from "../testing/ring.ts";
import { json, stranger } from "../testing/stranger.ts";

describe("a token (AuthenticationInUCWA)", () => {
  it("lives for eight hours", { tags: ["token-lifetime"] }, async () => {
    const at = stranger();
    const url = await at.userHref();
    const token = await signIn(at.fetch, await at.get(url));
    const headers = { ...json, Authorization: `Bearer ${token}` };
    await at.server.control.advance(8 * 3_600_000 - 1);
    expect((await at.get(url, headers)).status).toBe(200);
    await at.server.control.advance(1);
    const late = await at.get(url, headers);
    expect([late.status, late.headers.has("www-authenticate")]).toEqual([401, true]);
  });

  it(
    "is good at the origin that has issued it, and nowhere else",
    { tags: ["tokens-per-host", "authorization-one-host", "foreign-token-500"] },
    async () => {
      const at = stranger();
      const url = await at.userHref();
      const token = await signIn(at.fetch, await at.get(url));
      const home = await at.get(url, { ...json, Authorization: `Bearer ${token}` });
      const create = async (authorization?: string) =>
        reply(
          await at.fetch(home.json._links.applications.href, {
            method: "POST",
            headers: {
              ...json,
              "Content-Type": "application/json",
              ...(authorization !== undefined && { Authorization: `Bearer ${authorization}` }),
            },
            body: JSON.stringify(wanted),
          }),
        );
      const foreign = await create(token);
      expect(foreign.status).toBe(500);
      expect(foreign.headers.get("x-ms-diagnostics")).toMatch(/^28032;/);
      expect(brokenRules(at.server)).toEqual(["credentialAtWrongOrigin"]);
      expect((await create(await signIn(at.fetch, await create()))).status).toBe(201);
    },
  );

  it(
    "that has ended is answered 401 with challenges, and the next one finds the same events",
    { tags: ["events-401", "unauthorized-once"] },
    async () => {
      const server = virtualServer();
      const { application, channel } = await availableApplication(server);
      await channel.hangUp();
      server.control.expireTokens();
      const late = await application.get(channel.next);
      expect([late.status, late.headers.has("www-authenticate")]).toEqual([401, true]);
      const signedInAgain = await createApplication(server);
      expect(signedInAgain.resource.id).toBe(application.resource.id);
      server.control.invite({ to: ada });
      const events = await askEvents(server, signedInAgain, channel.next);
      expect(inWords(events)[0]).toBe("communication started messagingInvitation");
    },
  );

  it(
    "that ends leaves the request that it parked, and its application, alone",
    { tags: ["renewal-keeps-parked"] },
    async () => {
      const server = virtualServer();
      const { application, channel } = await availableApplication(server);
      await channel.hangUp();
      const parked = application.poll(channel.next);
      await settle();
      server.control.expireTokens();
      await createApplication(server);
      expect(server.control.state().applications).toHaveLength(1);
      await server.control.advance(180_000);
      expect((await parked).status).toBe(200);
      expect(brokenRules(server)).toEqual([]);
    },
  );
});
