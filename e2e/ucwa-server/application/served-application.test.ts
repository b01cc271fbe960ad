import { describe, expect, it } from "vitest";
import { availableApplication, createApplication, due, settle, virtualServer } from "../testing/client.ts";

import { minutes } from "../testing/fresh.ts";

describe("the end of an application (ApplicationDashboard, MeDashboard)", () => {
  it(
    "comes 15 minutes after the last event request was released",
    { tags: ["gap-15-minutes", "loss-inactive"] },
    async () => {
      const server = virtualServer();
      const { application } = await availableApplication(server);
      // A request is parked still; it is released after its hold.
      await server.control.advance(180_000 + minutes(15) - 1);
      expect(server.control.state().applications).toHaveLength(1);
      await server.control.advance(1);
      const answer = await application.get(application.resource._links.self.href);
      expect([answer.status, answer.json.code, answer.json.subcode]).toEqual([
        410,
        "Gone",
        "InactiveApplicationExpired",
      ]);
    },
  );

  it(
    "is not found when it had never been made available",
    { tags: ["idle-without-availability"] },
    async () => {
      const server = virtualServer();
      const application = await createApplication(server);
      await server.control.advance(minutes(15));
      const answer = await application.get(application.resource._links.self.href);
      expect([answer.status, answer.json.subcode]).toEqual([404, "ApplicationNotFound"]);
    },
  );

  it(
    "comes without reported activity, also to the request that is parked, and not with it",
    { tags: ["activity-silence"] },
    async () => {
      for (const reports of [true, false]) {
        const server = virtualServer();
        const { application, channel } = await availableApplication(server);
        const me = await application.get(application.resource._embedded.me._links.self.href);
        const report = async () => application.send("POST", me.json._links.reportMyActivity.href);
        for (let minute = 4; minute < 60; minute += 4) {
          await channel.read(minutes(4));
          if (reports) expect((await report()).status).toBe(204);
        }
        if (reports) {
          await channel.read(minutes(4));
          expect(server.control.state().applications).toHaveLength(1);
        } else {
          await channel.read(minutes(3));
          await server.control.advance(minutes(1));
          await settle();
          expect((await report()).json.subcode).toBe("InactiveApplicationExpired");
        }
        expect(server.control.breaches).toEqual([]);
      }
    },
  );

  it(
    "comes by DELETE, and everything under it is gone",
    { tags: ["delete-application", "loss-404"] },
    async () => {
      const server = virtualServer();
      const { application } = await availableApplication(server);
      expect((await application.send("DELETE", application.resource._links.self.href)).status).toBe(204);
      const answer = await application.get(application.resource._embedded.me._links.self.href);
      expect([answer.status, answer.json.subcode]).toEqual([404, "ApplicationNotFound"]);
    },
  );

  it("by DELETE of one of several instances leaves the others", { tags: ["delete-instance"] }, async () => {
    const server = virtualServer();
    const first = await createApplication(server, { instanceId: "a" });
    const second = await createApplication(server, { instanceId: "b" });
    expect((await first.send("DELETE", first.resource._links.self.href)).status).toBe(204);
    expect((await first.get(first.resource._links.events.href)).status).toBe(404);
    expect((await second.get(second.resource._links.self.href)).status).toBe(200);
    expect((await second.send("DELETE", second.resource._links.self.href)).status).toBe(204);
    expect(server.control.state().applications).toEqual([]);
  });

  it("takes its ringing invitations along", { tags: ["recreate-withdraws"] }, async () => {
    const server = virtualServer();
    await availableApplication(server);
    server.control.invite({ to: "sip:ada@doorbell.example" });
    server.control.kill({}, 410, "UserAgentNotAllowed");
    expect(server.control.state().invitations.map(({ state }) => state)).toEqual(["lost"]);
  });

  it("comes as the control says, and is told on any request", { tags: ["loss-on-any-request"] }, async () => {
    const server = virtualServer();
    const { application } = await availableApplication(server);
    const { self, events, policies } = application.resource._links;
    const { me, communication } = application.resource._embedded;
    server.control.kill({}, 410, "TooManyApplications");
    for (const [method, { href }] of [
      ["GET", self],
      ["GET", events],
      ["GET", policies],
      ["POST", me._links.makeMeAvailable],
      ["POST", communication._links.startMessaging],
      ["DELETE", self],
    ] as const) {
      const answer = await application.send(method, href);
      expect([answer.status, answer.json.subcode]).toEqual([410, "TooManyApplications"]);
    }
  });

  it(
    "a user who lost the right to mobile applications is told on any operation",
    { tags: ["error-mobile"] },
    async () => {
      const server = virtualServer();
      const application = await createApplication(server);
      server.control.kill({}, 403, "MobileApplicationNoLongerAllowed");
      const told = await application.get(application.resource._links.self.href);
      expect([told.status, told.json.subcode]).toEqual([403, "MobileApplicationNoLongerAllowed"]);
    },
  );

  it.each(["InactiveApplicationExpired", "TooManyApplications", "UserAgentNotAllowed"])(
    "is told to the parked event request as 410 %s",
    { tags: ["events-410"] },
    async (subcode) => {
      const server = virtualServer();
      const { application, channel } = await availableApplication(server);
      await channel.hangUp();
      const parked = application.poll(channel.next);
      await settle();
      server.control.kill({}, 410, subcode);
      await due(server);
      const { status, json } = await parked;
      expect([status, json.code, json.subcode]).toEqual([410, "Gone", subcode]);
    },
  );
});
