import { describe, expect, it } from "vitest";
import { failureNames } from "./failures.ts";
import { memoryFetch } from "../http/memory-fetch.ts";
import {
  availableApplication,
  createApplication,
  due,
  inWords,
  origins,
  reply,
  settle,
  virtualServer,
} from "../testing/client.ts";
import type { Reply } from "../testing/client.ts";
import { ada, brokenRules, ring } from "../testing/ring.ts";

const root = `${origins.discovery}/`;
const json = { Accept: "application/json" };

async function fetched(server: ReturnType<typeof virtualServer>, name: string): Promise<Reply> {
  server.control.addFault({ endpoint: "root", failure: name });
  return reply(await memoryFetch(server)(root, { headers: json }));
}

describe("every documented failure can be asked for by its name", () => {
  it.each([
    // ApplicationDashboard
    ["ApplicationNotFound", 404, "NotFound", "ApplicationNotFound"],
    ["TooManyApplications", 410, "Gone", "TooManyApplications"],
    ["InactiveApplicationExpired", 410, "Gone", "InactiveApplicationExpired"],
    ["UserAgentNotAllowed", 410, "Gone", "UserAgentNotAllowed"],
    // EventChannelDetails
    ["ClientTimeout", 408, "ClientTimeout", undefined],
    ["PGetReplaced", 409, "Conflict", "PGetReplaced"],
    ["TooManyRequests", 429, "TooManyRequests", undefined],
    ["ServiceUnavailable", 503, "ServiceUnavailable", undefined],
    ["ServiceTimeout", 504, "Timeout", "ServiceTimeout"],
    // ErrorsAndInformationalMessages, GenericSynchronousErrors
    ["BadRequest", 400, "BadRequest", undefined],
    ["Forbidden", 403, "Forbidden", undefined],
    ["NotFound", 404, "NotFound", undefined],
    ["MethodNotAllowed", 405, "MethodNotAllowed", undefined],
    ["Conflict", 409, "Conflict", "None"],
    ["Gone", 410, "Gone", undefined],
    ["PreconditionFailed", 412, "PreconditionFailed", undefined],
    ["EntityTooLarge", 413, "EntityTooLarge", undefined],
    ["UnsupportedMediaType", 415, "UnsupportedMediaType", undefined],
    ["PreconditionRequired", 428, "PreconditionRequired", undefined],
    ["ServiceFailure", 500, "ServiceFailure", undefined],
    ["DeserializationFailure", 400, "BadRequest", "DeserializationFailure"],
    ["ParameterValidationFailure", 400, "BadRequest", "ParameterValidationFailure"],
    ["ExchangeServiceFailure", 500, "ExchangeServiceFailure", undefined],
    ["MobileApplicationNoLongerAllowed", 403, "Forbidden", "MobileApplicationNoLongerAllowed"],
    ["ResourceNotFound", 404, "NotFound", "ResourceNotFound"],
    ["VersionNotSupported", 404, "NotFound", "VersionNotSupported"],
    ["APIVersionNotSupported", 404, "NotFound", "APIVersionNotSupported"],
    ["CallbackChannelError", 500, "ServiceFailure", "CallbackChannelError"],
    ["AlreadyExists", 409, "Conflict", "AlreadyExists"],
    ["TooManyGroups", 409, "Conflict", "TooManyGroups"],
    ["CannotRedirect", 410, "Gone", "CannotRedirect"],
    ["InvalidExchangeServerVersion", 500, "ServiceFailure", "InvalidExchangeServerVersion"],
    ["MakeMeAvailableRequired", 409, "Conflict", "MakeMeAvailableRequired"],
    ["AnonymousNotAllowed", 403, "Forbidden", "AnonymousNotAllowed"],
  ])(
    "%s: %d with code %s and subcode %s",
    { tags: ["error-statuses"] },
    async (name, status, code, subcode) => {
      const answer = await fetched(virtualServer(), name);
      expect([answer.status, answer.json.code, answer.json.subcode]).toEqual([status, code, subcode]);
      expect(answer.headers.get("content-type")).toContain("application/json");
    },
  );

  it("a 400 for a parameter names it", async () => {
    const answer = await fetched(virtualServer(), "ParameterValidationFailure");
    expect(answer.json.parameters).toHaveLength(1);
  });

  it.each([
    ["Unauthorized", 401, "28020", true],
    ["InvalidToken", 403, "28055", true],
    ["TokenOfAnotherPool", 500, "28032", false],
  ])(
    "%s: a page of HTML with %d, diagnostics %s, challenges: %s",
    { tags: ["diagnostics-header"] },
    async (name, status, id, challenged) => {
      const answer = await fetched(virtualServer(), name);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([status, "text/html"]);
      expect(answer.headers.get("x-ms-diagnostics")).toMatch(new RegExp(`^${id};source=`));
      expect(answer.headers.has("www-authenticate")).toBe(challenged);
    },
  );

  it.each([
    ["NotFoundPage", 404],
    ["BadGateway", 502],
    ["GatewayTimeoutPage", 504],
  ])("%s: a page of a proxy with %d", { tags: ["error-not-ucwa"] }, async (name, status) => {
    const answer = await fetched(virtualServer(), name);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([status, "text/html"]);
  });

  it.each(["invalid_request", "invalid_grant", "unsupported_grant_type", "invalid_scope"])(
    "%s: 400 in the sign-in service's own shape, without code and subcode",
    async (name) => {
      const answer = await fetched(virtualServer(), name);
      expect([answer.status, answer.json]).toEqual([400, { error: name }]);
    },
  );

  it("server_error: the same, for trouble of the service", { tags: ["token-server-error"] }, async () => {
    const answer = await fetched(virtualServer(), "server_error");
    expect([answer.status, answer.json]).toEqual([400, { error: "server_error" }]);
  });

  it("each of them is an error, and a name that means nothing is refused", async () => {
    const server = virtualServer();
    for (const name of failureNames) expect((await fetched(server, name)).status).toBeGreaterThanOrEqual(400);
    expect(() => server.control.addFault({ endpoint: "root", failure: "toString" })).toThrow(/no failure/);
  });
});

/** An application whose parked event request is answered by a fault. */
async function parkedAnd(fault: {
  status?: number;
  failure?: string;
  answer?: "empty";
  retryAfter?: number;
}) {
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
  for (const [tags, name, status, code, subcode] of [
    [["events-403"], "Forbidden", 403, "Forbidden", undefined],
    [["events-408"], "ClientTimeout", 408, "ClientTimeout", undefined],
    [["events-429", "throttling"], "TooManyRequests", 429, "TooManyRequests", undefined],
    [["events-500", "error-service-failure"], "ServiceFailure", 500, "ServiceFailure", undefined],
    [["events-500"], "ServiceUnavailable", 503, "ServiceUnavailable", undefined],
    [["events-500", "error-service-failure"], "ServiceTimeout", 504, "Timeout", "ServiceTimeout"],
  ] satisfies [string[], string, number, string, string | undefined][])
    it(`is answered ${name} without a challenge, and asked again loses nothing`, { tags }, async () => {
      const { answer, again, breaches } = await parkedAnd({ failure: name });
      expect([answer.status, answer.json.code, answer.json.subcode]).toEqual([status, code, subcode]);
      expect(answer.headers.has("www-authenticate")).toBe(false);
      expect([inWords(again)[0], breaches]).toEqual(["communication started messagingInvitation", []]);
    });

  for (const [rule, name, status] of [
    ["events-404-proxy", "NotFoundPage", 404],
    ["events-502", "BadGateway", 502],
    ["events-not-ucwa", "GatewayTimeoutPage", 504],
  ] as const)
    it(`is answered by a page, as ${name}, and asked again loses nothing`, { tags: [rule] }, async () => {
      const { answer, again } = await parkedAnd({ failure: name });
      expect([answer.status, answer.headers.get("content-type")]).toEqual([status, "text/html"]);
      expect(inWords(again)[0]).toBe("communication started messagingInvitation");
    });

  it(
    "is answered 403 with a challenge for a token that is not valid",
    { tags: ["events-403-challenge"] },
    async () => {
      const { answer, again } = await parkedAnd({ failure: "InvalidToken" });
      expect(answer.status).toBe(403);
      expect(answer.headers.get("www-authenticate")).toContain("MsRtcOAuth href=");
      expect(inWords(again)[0]).toBe("communication started messagingInvitation");
    },
  );

  it("is answered 200 without a body, and asked again loses nothing", { tags: ["events-204"] }, async () => {
    const { answer, again } = await parkedAnd({ answer: "empty" });
    expect([answer.status, answer.text]).toEqual([200, ""]);
    expect(inWords(again)[0]).toBe("communication started messagingInvitation");
  });

  it("is told how long to wait", { tags: ["events-retry-after"] }, async () => {
    const { answer } = await parkedAnd({ status: 503, retryAfter: 30 });
    expect(answer.headers.get("retry-after")).toBe("30");
  });
});

describe("errors that operations are documented with", () => {
  for (const [rule, endpoint, status, subcode] of [
    ["me-initialising", "me", 409, "None"],
    ["available-500", "makeMeAvailable", 500, "CallbackChannelError"],
    ["activity-failure", "reportMyActivity", 500, "CallbackChannelError"],
    ["create-403", "applications", 403, "None"],
    ["create-500", "applications", 500, "CallbackChannelError"],
    ["accept-500", "accept", 500, "CallbackChannelError"],
  ] as const)
    it(
      `${endpoint} can be answered ${status} ${subcode}, once, and works the next time`,
      { tags: [rule] },
      async () => {
        const server = virtualServer();
        const { application, invitation } = await ring({}, {}, server);
        const me = (await application.get(application.resource._embedded.me._links.self.href)).json;
        const fresh = await createApplication(server, { endpointId: "fresh" });
        const ask = {
          me: () => application.get(me._links.self.href),
          makeMeAvailable: () =>
            fresh.send("POST", fresh.resource._embedded.me._links.makeMeAvailable.href, {}),
          reportMyActivity: () => application.send("POST", me._links.reportMyActivity.href),
          applications: () =>
            application.send("POST", "/ucwa/oauth/v1/applications", {
              culture: "en-US",
              userAgent: "Test/1",
              endpointId: "third",
            }),
          accept: () => application.send("POST", invitation._links.accept.href),
        }[endpoint];
        server.control.addFault({ endpoint, status, subcode });
        const failed = await ask();
        expect([failed.status, failed.json.subcode]).toEqual([status, subcode]);
        expect((await ask()).status).toBeLessThan(300);
      },
    );
});
