import { describe, expect, it } from "vitest";
import {
  error,
  html,
  json,
  links,
  ScriptedServer,
  shownApplication,
} from "../../testing/servers/scripted-server.ts";
import type { SeenRequest } from "../../testing/servers/scripted-server.ts";
import { failing, isEvents, signedIn } from "../../testing/signed-in.ts";

const MINUTE_MS = 60_000;
const isCreation = ({ method, url, headers }: SeenRequest) =>
  method === "POST" && url.endsWith("/applications") && headers["Authorization"] !== undefined;
const isMe = ({ method, url }: SeenRequest) => method === "GET" && url.endsWith("/me");
const isReport = ({ url }: SeenRequest) => url.endsWith("/reportMyActivity");
const isAvailability = ({ url }: SeenRequest) => url.endsWith("/makeMeAvailable");

/** What the client has claimed, as it stands on the wire. */
function claimOf(server: ScriptedServer): Record<string, readonly string[]> {
  return JSON.parse(server.requests.find(isAvailability)?.body ?? "") as Record<string, readonly string[]>;
}

describe("availability", () => {
  it(
    "is claimed for nothing that could be forbidden, and a 403 stops in words",
    { tags: ["available-forbidden"] },
    async () => {
      const server = new ScriptedServer();
      failing(server, isAvailability, 99, () => error(403, "Forbidden", "None"));
      const { clock, state } = await signedIn(server);
      await clock.advance(MINUTE_MS);
      expect(state()).toMatchObject({ name: "attention", reason: "mobileNotAllowed" });
      expect(server.requests.filter(isAvailability)).toHaveLength(1);
    },
  );

  for (const [what, name, claimed, rule] of [
    ["for messages alone", "supportedModalities", ["Messaging"], "claims-messaging"],
    ["in both formats of messages", "supportedMessageFormats", ["Plain", "Html"], "claims-both-formats"],
    ["without a presence to sign in with", "signInAs", undefined, "sign-in-as-omitted"],
  ] as const) {
    it(`is claimed ${what}`, { tags: [rule] }, async () => {
      const server = new ScriptedServer();
      await signedIn(server);
      expect(claimOf(server)[name]).toEqual(claimed);
    });
  }

  it(
    "is claimed by properties and words of the reference alone, and there with a 204",
    { tags: ["available-values", "available-204"] },
    async () => {
      const server = new ScriptedServer();
      failing(server, isAvailability, 1, () => new Response(null, { status: 204 }));
      const { state } = await signedIn(server);
      const { supportedModalities, supportedMessageFormats, ...rest } = claimOf(server);
      expect(supportedModalities?.every((modality) => /^(Messaging|PhoneAudio)$/.test(modality))).toBe(true);
      expect(supportedMessageFormats?.every((format) => /^(Plain|Html)$/.test(format))).toBe(true);
      expect(rest).toEqual({});
      expect(state().name).toBe("online");
      expect(server.requests.filter(isAvailability)).toHaveLength(1);
    },
  );

  it("is not claimed where the link for it is missing", { tags: ["me-after"] }, async () => {
    const server = new ScriptedServer();
    const { base } = server;
    const available = {
      rel: "me",
      ...links({ self: `${base}/me`, reportMyActivity: `${base}/me/activity` }),
    };
    failing(server, isCreation, 1, () => json(201, shownApplication(server, {}, { me: available })));
    const { clock, state } = await signedIn(server);
    expect(state().name).toBe("online");
    expect(server.requests.filter(isAvailability)).toEqual([]);
    await clock.advance(4 * MINUTE_MS);
    expect(server.sent("POST", `${base}/me/activity`)).toHaveLength(1);
  });

  it(
    "brings a burst of links that asks for nothing, the second time too",
    { tags: ["available-burst", "available-burst-again", "link-only-events"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, session, seen, state } = await signedIn(server);
      const burst = () =>
        server.emit([
          {
            rel: "me",
            href: `${server.base}/me`,
            events: [
              { link: { rel: "me", href: `${server.base}/me` }, type: "updated" },
              { link: { rel: "presence", href: `${server.base}/me/presence` }, type: "added" },
            ],
          },
        ]);
      burst();
      const before = server.requests.filter((request) => !isEvents(request)).length;
      await clock.settle();
      expect(server.requests.filter((request) => !isEvents(request))).toHaveLength(before);
      server.kill();
      session.tryNow();
      await clock.advance(2_000);
      burst();
      await clock.settle();
      expect(seen).toEqual([
        "1 updated me",
        "1 added presence",
        "1 ended",
        "2 updated me",
        "2 added presence",
      ]);
      expect(state()).toEqual({ name: "online", generation: 2 });
    },
  );

  it(
    "is claimed again when a report of activity says that it is missing",
    { tags: ["activity-before-available"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, state } = await signedIn(server);
      let asked = 0;
      server.intercept = (request) => {
        if (isReport(request) && asked++ === 0) return error(409, "Conflict", "MakeMeAvailableRequired");
        const { method, url } = request;
        const isLost = asked === 1 && server.requests.filter(isAvailability).length === 1;
        if (method === "GET" && url.endsWith("/me") && isLost)
          return json(
            200,
            links({ self: `${server.base}/me`, makeMeAvailable: `${server.base}/me/makeMeAvailable` }),
          );
        return undefined;
      };
      await clock.advance(8 * MINUTE_MS);
      expect(server.requests.filter(isAvailability)).toHaveLength(2);
      expect(asked).toBe(2);
      expect(state().name).toBe("online");
    },
  );

  it("is said to be lost while it cannot be claimed again, and tried for sooner than the next report", async () => {
    const server = new ScriptedServer();
    const { clock, state } = await signedIn(server);
    let lost = true;
    server.intercept = (request) => {
      if (!lost) return undefined;
      if (isReport(request)) return error(409, "Conflict", "MakeMeAvailableRequired");
      if (isMe(request))
        return json(200, links({ self: request.url, makeMeAvailable: `${request.url}/makeMeAvailable` }));
      return isAvailability(request) ? error(500, "ServiceFailure", "None") : undefined;
    };
    await clock.advance(3.5 * MINUTE_MS + 500);
    expect(state()).toMatchObject({ name: "reconnecting", reason: "makeMeAvailable" });
    await clock.advance(10_000);
    expect(server.requests.filter(isAvailability).length).toBeGreaterThan(3);
    lost = false;
    await clock.advance(10_000);
    expect(state()).toEqual({ name: "online", generation: 1 });
    await clock.advance(4 * MINUTE_MS);
    expect(server.requests.filter(isReport)).toHaveLength(1);
  });

  it("is given up for good when the claim itself is refused three times", async () => {
    const server = new ScriptedServer();
    failing(server, isAvailability, 99, () => error(400, "BadRequest", "ParameterValidationFailure"));
    const { clock, state } = await signedIn(server);
    await clock.advance(10 * MINUTE_MS);
    expect(state()).toMatchObject({ name: "attention", reason: "refused" });
    expect(server.requests.filter(isAvailability)).toHaveLength(3);
  });

  for (const [what, isFailing, failure, rule] of [
    ["a report that fails", isReport, () => html(500), "activity-failure"],
    ["a `me` that is not ready to be read", isMe, () => error(409, "Conflict", "None"), "me-initialising"],
  ] as const) {
    it(`outlives ${what}, which is tried again at every turn`, { tags: [rule] }, async () => {
      const server = new ScriptedServer();
      const { clock, state } = await signedIn(server);
      failing(server, isFailing, 2, failure);
      await clock.advance(8 * MINUTE_MS);
      expect(server.requests.filter(isFailing)).toHaveLength(2);
      expect(state()).toEqual({ name: "online", generation: 1 });
      const before = server.requests.filter(isReport).length;
      await clock.advance(4 * MINUTE_MS);
      expect(server.requests.filter(isReport)).toHaveLength(before + 1);
    });
  }

  it(
    "is not kept up by reports while nobody is at the machine",
    { tags: ["activity-never-pretended"] },
    async () => {
      const server = new ScriptedServer();
      let present = false;
      const { clock } = await signedIn(server, { present: () => present });
      await clock.advance(60 * MINUTE_MS);
      expect(server.requests.filter(isReport)).toEqual([]);
      present = true;
      await clock.advance(4 * MINUTE_MS);
      expect(server.requests.filter(isReport)).toHaveLength(1);
    },
  );
});
