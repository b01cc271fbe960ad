import { describe, expect, it } from "vitest";
import { createApplication, virtualServer } from "../testing/client.ts";

describe("front ends behind a balancer of loads", () => {
  it("a new application's 201 sets a cookie, and with it the application is found", async () => {
    const server = virtualServer({ switches: { frontEnds: 2 } });
    const application = await createApplication(server);
    const { self } = application.resource._links;
    expect((await application.get(self.href)).json.subcode).toBe("ApplicationNotFound");
    expect((await application.get(self.href, { Cookie: "front-end=0" })).status).toBe(200);
    expect((await application.get(self.href, { Cookie: "other=1; front-end=0; more=2" })).status).toBe(200);
    expect((await application.get(self.href, { Cookie: "front-end=1" })).status).toBe(404);
  });

  it("each application without a cookie is created on the next of them, and says so", async () => {
    const server = virtualServer({ switches: { frontEnds: 2 } });
    const cookies = [];
    for (const endpointId of ["1", "2", "3"]) {
      const { created } = await createApplication(server, { endpointId });
      cookies.push(created.headers.getSetCookie().filter((one) => one.startsWith("front-end")));
    }
    const of = (frontEnd: number) => [`front-end=${frontEnd}; path=/; HttpOnly`];
    expect(cookies).toEqual([of(0), of(1), of(0)]);
  });

  it("with a single one there is no such cookie", async () => {
    const { created } = await createApplication(virtualServer());
    expect(created.headers.getSetCookie().join()).not.toContain("front-end");
  });
});
