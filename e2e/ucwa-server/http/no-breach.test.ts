import { describe, expect, it } from "vitest";
import { memoryFetch } from "./memory-fetch.ts";
import { createApplication, origins, virtualServer } from "../testing/client.ts";
import { brokenRules as rules } from "../testing/ring.ts";
import { askForToken } from "../testing/stranger.ts";

describe("no breach", () => {
  it("is a browser's visit, its favicon, or the control API", async () => {
    const server = virtualServer({
      origins: { discovery: "http://127.0.0.1:1", applications: "http://127.0.0.1:2" },
    });
    const fetch = memoryFetch(server);
    for (const path of ["/", "/_page/page.js", "/favicon.ico", "/robots.txt", "/_control/state"])
      await fetch(`http://127.0.0.1:1${path}`, { headers: { Accept: "text/html" } });
    expect(rules(server)).toEqual([]);
  });

  it(
    "is the address of applications that a client has remembered from an earlier start (RootURL)",
    { tags: ["applications-address-cached"] },
    async () => {
      const server = virtualServer();
      const answer = await memoryFetch(server)(`${origins.applications}/ucwa/oauth/v1/applications`, {
        method: "POST",
        headers: { Accept: "application/json", "Content-Type": "application/json" },
        body: "{}",
      });
      expect([answer.status, rules(server)]).toEqual([401, []]);
    },
  );

  it(
    "is the address of a sign-in service that a client has remembered: a renewal needs no new challenge",
    { tags: ["no-refresh-token"] },
    async () => {
      for (const [restarted, challenge] of [
        [false, true],
        [true, false],
      ]) {
        const server = virtualServer({ restarted: restarted === true });
        if (challenge) await createApplication(server);
        const answer = await askForToken(server);
        expect([answer.status, rules(server)]).toEqual([200, []]);
        expect(answer.json).not.toHaveProperty("refresh_token");
      }
    },
  );

  it(
    "is an address of an application of an earlier run of the server",
    { tags: ["events-404-application"] },
    async () => {
      const server = virtualServer();
      const application = await createApplication(server);
      const answer = await application.get("/ucwa/oauth/v1/applications/123456789012/events?ack=7");
      expect([answer.status, answer.json.subcode, rules(server)]).toEqual([404, "ApplicationNotFound", []]);
    },
  );

  it("is a token that has expired, or one of an earlier run", async () => {
    const server = virtualServer();
    const application = await createApplication(server);
    server.control.expireTokens();
    const expired = await application.get(application.resource._links.self.href);
    const foreign = await application.get(application.resource._links.self.href, {
      Authorization: "Bearer cwt=old",
    });
    expect([expired.status, foreign.status, rules(server)]).toEqual([401, 403, []]);
  });
});
