import { describe, expect, it } from "vitest";
import { memoryFetch } from "./memory-fetch.ts";
import { createApplication, origins, virtualServer } from "../testing/client.ts";
import { brokenRules } from "../testing/ring.ts";
import { json, stranger } from "../testing/stranger.ts";

describe("a breach is written down", () => {
  it("for a token request to an address that only another client was given", async () => {
    const server = virtualServer();
    await createApplication(server);
    const form = { grant_type: "password", username: "ada@doorbell.example", password: "ada" };
    const ask = (headers: Record<string, string>) =>
      memoryFetch(server)(`${origins.applications}/WebTicket/oauthtoken`, {
        method: "POST",
        headers: { ...json, ...headers },
        body: new URLSearchParams(form),
      });
    expect([(await ask({})).status, brokenRules(server)]).toEqual([200, []]);
    expect([(await ask({ "User-Agent": "Other/1" })).status, brokenRules(server)]).toEqual([
      200,
      ["handBuiltPath"],
    ]);
  });

  it.each([
    [false, 404],
    [true, 200],
  ])(
    "for an address with doubled slashes, which is taken by a switch (%s)",
    async (doubledSlashes, status) => {
      const server = virtualServer({ switches: { doubledSlashes } });
      const application = await createApplication(server);
      const self: string = application.resource._links.self.href;
      for (const path of [`/${self}`, self.replace("/v1/", "//v1//")])
        expect((await application.get(origins.applications + path)).status).toBe(status);
      expect(brokenRules(server)).toEqual(["handBuiltPath", "handBuiltPath"]);
    },
  );

  it("for a token of another origin at the root or the frame, and not for one of its own", async () => {
    const { server, get, token } = stranger();
    const root = `${origins.discovery}/`;
    const form = { grant_type: "password", username: "ada@doorbell.example", password: "ada" };
    const own = { ...json, Authorization: `Bearer ${(await token(form)).json.access_token}` };
    await get(root, own);
    server.control.expireTokens();
    expect([(await get(root, own)).status, brokenRules(server)]).toEqual([200, []]);
    const application = await createApplication(server);
    await application.get(root);
    await application.get(`${origins.discovery}/xframe`);
    expect(brokenRules(server)).toEqual(["credentialAtWrongOrigin", "credentialAtWrongOrigin"]);
  });
});
