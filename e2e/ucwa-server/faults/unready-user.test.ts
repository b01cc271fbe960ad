import { expect, it } from "vitest";
import { createApplication, due, eventsOf, hrefOf, TestChannel, virtualServer } from "../testing/client.ts";

it("a user who is not ready has no way to be available and cannot be read; then `me` is updated and has one", async () => {
  const server = virtualServer({ switches: { meReadyAfterMs: 4_000 } });
  const application = await createApplication(server);
  const { me } = application.resource._embedded;
  expect(Object.keys(me._links)).not.toContain("makeMeAvailable");
  const channel = new TestChannel(server, application, hrefOf(application.resource, "events"));
  expect(await channel.read(3_999)).toEqual([]);
  expect((await application.get(hrefOf(me, "self"))).status).toBe(409);
  const [updated] = (await channel.read(10_000)).flatMap(eventsOf);
  expect([updated.type, updated.link.rel]).toEqual(["updated", "me"]);
  const ready = await application.get(hrefOf(me, "self"));
  const available = await application.send("POST", hrefOf(ready.json, "makeMeAvailable"), {});
  expect([ready.status, available.status]).toEqual([200, 204]);
});

it("an application that has ended meanwhile says nothing", async () => {
  const server = virtualServer({ switches: { meReadyAfterMs: 4_000 } });
  await createApplication(server);
  server.control.kill({}, 404, "ApplicationNotFound");
  await server.control.advance(4_000);
  await due(server);
  expect(server.control.state().applications).toEqual([]);
});
