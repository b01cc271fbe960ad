/** Every failure that the reference documents for an event request and for UCWA as a whole, rule by rule. */
import { describe, expect, it } from "vitest";
import { availableApplication, createApplication, settle, due, virtualServer } from "../testing/client.ts";
import type { Reply } from "../testing/client.ts";
import { ada, brokenRules, ring } from "../testing/ring.ts";

/** An application whose parked event request is answered by a fault. */
async function parkedAnd(fault: { status?: number; failure?: string; html?: boolean; retryAfter?: number }) {
  const server = virtualServer();
  const { application, channel } = await availableApplication(server);
  await channel.hangUp();
  const parked = application.poll(channel.next);
  await settle();
  server.control.addFault({ endpoint: "events", now: true, ...fault });
  await due(server);
  const answer = await parked;
  const again = application.poll(channel.next);
  await settle();
  server.control.invite({ to: ada });
  await due(server);
  return { answer, again: await again, breaches: brokenRules(server) };
}

describe("the parked event request (EventChannelDetails, ErrorsAndInformationalMessages)", () => {
  for (const [rule, name, status, code, subcode] of [
    ["events-408", "ClientTimeout", 408, "ClientTimeout", undefined],
    ["events-409", "PGetReplaced", 409, "Conflict", "PGetReplaced"],
    ["events-429", "TooManyRequests", 429, "TooManyRequests", undefined],
    ["events-500", "ServiceFailure", 500, "ServiceFailure", undefined],
    ["events-500", "ServiceUnavailable", 503, "ServiceUnavailable", undefined],
    ["events-500", "ServiceTimeout", 504, "Timeout", "ServiceTimeout"],
    ["events-403", "Forbidden", 403, "Forbidden", undefined],
  ] as const) {
    it(`is answered ${name}, and asked again loses nothing`, { tags: [rule, "error-statuses"] }, async () => {
      const { answer, again, breaches } = await parkedAnd({ failure: name });
      expect([answer.status, answer.json.code, answer.json.subcode]).toEqual([status, code, subcode]);
      expect(again.json.sender[0].events[0].link.rel).toBe("messagingInvitation");
      expect(breaches).toEqual([]);
    });
  }

  for (const [rule, name, status] of [
    ["events-404-proxy", "NotFoundPage", 404],
    ["events-502", "BadGateway", 502],
    ["events-not-ucwa", "GatewayTimeoutPage", 504],
  ] as const) {
    it(`is answered by a page, as ${name}`, { tags: [rule, "error-not-ucwa"] }, async () => {
      const { answer, again } = await parkedAnd({ failure: name });
      expect([answer.status, answer.headers.get("content-type")]).toEqual([status, "text/html"]);
      expect(again.status).toBe(200);
    });
  }

  it(
    "is answered 403 with a challenge for a token that is not valid",
    { tags: ["events-403-challenge", "invalid-token-403"] },
    async () => {
      const { answer } = await parkedAnd({ failure: "InvalidToken" });
      expect(answer.status).toBe(403);
      expect(answer.headers.get("www-authenticate")).toContain("MsRtcOAuth href=");
    },
  );

  it("is answered 204, or 200 without a body", { tags: ["events-204"] }, async () => {
    const empty = virtualServer();
    const { application, channel } = await availableApplication(empty);
    await channel.hangUp();
    empty.control.addFault({ endpoint: "events", answer: "empty" });
    const bare = await application.get(channel.next);
    expect([bare.status, bare.text]).toEqual([200, ""]);
  });

  it("is told how long to wait", { tags: ["events-retry-after"] }, async () => {
    const { answer } = await parkedAnd({ status: 503, retryAfter: 30 });
    expect(answer.headers.get("retry-after")).toBe("30");
  });

  for (const [rule, subcode] of [
    ["loss-inactive", "InactiveApplicationExpired"],
    ["loss-too-many", "TooManyApplications"],
    ["loss-user-agent", "UserAgentNotAllowed"],
  ] as const) {
    it(
      `is answered 410 ${subcode} when the application ends so`,
      { tags: ["events-410", rule] },
      async () => {
        const server = virtualServer();
        const { application, channel } = await availableApplication(server);
        await channel.hangUp();
        const parked = application.poll(channel.next);
        await settle();
        server.control.kill({}, 410, subcode);
        await due(server);
        const answer: Reply = await parked;
        expect([answer.status, answer.json.code, answer.json.subcode]).toEqual([410, "Gone", subcode]);
        const next = await application.get(application.resource._links.self.href);
        expect([next.status, next.json.subcode]).toEqual([410, subcode]);
      },
    );
  }

  it(
    "is answered 401 with challenges once its token has ended, and kept for the next one",
    { tags: ["events-401", "unauthorized-once"] },
    async () => {
      const server = virtualServer();
      const { application, channel } = await availableApplication(server);
      await channel.hangUp();
      server.control.expireTokens();
      const late = await application.get(channel.next);
      expect([late.status, late.headers.has("www-authenticate")]).toEqual([401, true]);
      expect(server.control.state().applications).toHaveLength(1);
    },
  );
});

describe("an error (ErrorsAndInformationalMessages)", () => {
  it(
    "is a code, a subcode and a message, and says which parameter was wrong",
    { tags: ["error-body", "error-parameters", "error-debug-info"] },
    async () => {
      const application = await createApplication(virtualServer());
      const wrong = await application.send("POST", "/ucwa/oauth/v1/applications", { culture: "en-US" });
      expect([wrong.status, wrong.headers.get("content-type")]).toEqual([
        400,
        expect.stringMatching(/^application\/json/),
      ]);
      expect(wrong.json).toMatchObject({
        code: "BadRequest",
        subcode: "ParameterValidationFailure",
        message: expect.stringMatching(/\S/),
        parameters: [{ name: "userAgent" }],
      });
    },
  );

  it(
    "says that the user has lost the right to mobile applications",
    { tags: ["error-mobile", "create-403"] },
    async () => {
      const server = virtualServer();
      const application = await createApplication(server);
      for (const [failure, subcode] of [
        ["MobileApplicationNoLongerAllowed", "MobileApplicationNoLongerAllowed"],
        ["Forbidden", undefined],
      ] as const) {
        server.control.addFault({ endpoint: "applications", failure });
        const answer = await application.send("POST", "/ucwa/oauth/v1/applications", {});
        expect([answer.status, answer.json.subcode]).toEqual([403, subcode]);
      }
    },
  );

  it(
    "of the remote channel can come for every operation",
    { tags: ["create-500", "available-500", "accept-500", "activity-failure", "error-service-failure"] },
    async () => {
      const { server, application, invitation } = await ring();
      const me = await application.get(application.resource._embedded.me._links.self.href);
      for (const [endpoint, href] of [
        ["applications", "/ucwa/oauth/v1/applications"],
        ["makeMeAvailable", application.resource._embedded.me._links.makeMeAvailable.href],
        ["reportMyActivity", me.json._links.reportMyActivity.href],
        ["accept", invitation._links.accept.href],
      ] as const) {
        server.control.addFault({ endpoint, failure: "CallbackChannelError" });
        const answer = await application.send("POST", href);
        expect([answer.status, answer.json.subcode], endpoint).toEqual([500, "CallbackChannelError"]);
      }
      // The accept was not carried out.
      expect((await application.send("POST", invitation._links.accept.href)).status).toBe(204);
    },
  );

  it("can be 409 for `me` while the application begins", { tags: ["me-initialising"] }, async () => {
    const server = virtualServer();
    const application = await createApplication(server);
    server.control.addFault({ endpoint: "me", failure: "Conflict" });
    const answer = await application.get(application.resource._embedded.me._links.self.href);
    expect([answer.status, answer.json.subcode]).toEqual([409, "None"]);
  });
});
