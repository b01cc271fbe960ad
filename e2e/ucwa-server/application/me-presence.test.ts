import { describe, expect, it } from "vitest";
import {
  TestChannel,
  availableApplication,
  createApplication,
  eventsOf,
  inWords,
  virtualServer,
} from "../testing/client.ts";
import type { TestApplication } from "../testing/client.ts";
import { minutes } from "../testing/fresh.ts";

async function meOf(application: TestApplication) {
  return (await application.get(application.resource._embedded.me._links.self.href)).json;
}

async function presenceOf(application: TestApplication): Promise<string> {
  const me = await meOf(application);
  return (await application.get(me._links.presence.href)).json.availability;
}

describe("availability that degrades by itself (MeDashboard, reportMyActivity)", () => {
  it(
    "goes from Online to IdleOnline to Away without reports, saying so, and comes back with one",
    { tags: ["activity-degrades"] },
    async () => {
      const { application, channel } = await availableApplication(virtualServer());
      expect(await presenceOf(application)).toBe("Online");
      // Five seconds went by while the burst was read; what is said is held for five more.
      expect((await channel.read(minutes(5))).flatMap(inWords)).toEqual(["me updated presence"]);
      expect(await presenceOf(application)).toBe("IdleOnline");
      expect((await channel.read(minutes(5))).flatMap(inWords)).toEqual(["me updated presence"]);
      expect(await presenceOf(application)).toBe("Away");
      const me = await meOf(application);
      expect((await application.send("POST", me._links.reportMyActivity.href)).status).toBe(204);
      expect((await channel.read(5000)).flatMap(inWords)).toEqual(["me updated presence"]);
      expect(await presenceOf(application)).toBe("Online");
    },
  );

  it("stays Online for a client that reports every four minutes", async () => {
    const { application, channel } = await availableApplication(virtualServer());
    const me = await meOf(application);
    for (let time = 0; time < 5; time += 1) {
      expect((await channel.read(minutes(4))).flatMap(inWords)).toEqual([]);
      await application.send("POST", me._links.reportMyActivity.href);
    }
    expect(await presenceOf(application)).toBe("Online");
  });

  it.each([
    ["PT10M", 10],
    ["00:10:00", 10],
    [undefined, 5],
  ])(
    "takes its time from inactiveTimeout: of %s it makes %i minutes",
    { tags: ["available-inactive-timeout"] },
    async (inactiveTimeout, timeoutMinutes) => {
      const server = virtualServer();
      const application = await createApplication(server);
      await application.send("POST", application.resource._embedded.me._links.makeMeAvailable.href, {
        supportedModalities: ["Messaging"],
        inactiveTimeout,
      });
      const channel = new TestChannel(server, application, application.resource._links.events.href);
      await channel.read(minutes(timeoutMinutes) - 1);
      expect(await presenceOf(application)).toBe("Online");
      await channel.read(1);
      expect(await presenceOf(application)).toBe("IdleOnline");
    },
  );

  it.each([
    ["Busy", "IdleBusy"],
    ["DoNotDisturb", "DoNotDisturb"],
    ["BeRightBack", "BeRightBack"],
  ])(
    "leaves alone what the user has published, unless it says that they are there: %s",
    async (published, later) => {
      const { application, channel } = await availableApplication(virtualServer());
      const me = await meOf(application);
      await application.send("POST", me._links.presence.href, { availability: published });
      await channel.read(minutes(6));
      expect(await presenceOf(application)).toBe(later);
    },
  );
});

describe("presence that the control API says the user shows (presence)", () => {
  const USER = "sip:ada@doorbell.example";
  const busy = { availability: "Busy", activity: "presenting" } as const;

  async function shown(application: TestApplication) {
    const me = await meOf(application);
    const { availability, activity } = (await application.get(me._links.presence.href)).json;
    return { availability, activity };
  }

  it("is told by a bare link, and read with its activity", { tags: ["presence-followed"] }, async () => {
    const server = virtualServer();
    const { application, channel } = await availableApplication(server);
    server.control.conversations.show(USER, busy);
    const [news] = await channel.read(5_000);
    expect(inWords(news!)).toEqual(["me updated presence"]);
    expect(eventsOf(news!)[0]).not.toHaveProperty("_embedded");
    expect(await shown(application)).toEqual(busy);
  });

  it("stands until the user publishes something, also over their silence and a new application", async () => {
    const server = virtualServer();
    const { application, channel } = await availableApplication(server);
    server.control.conversations.show(USER, busy);
    await channel.read(minutes(6));
    expect(await shown(application)).toEqual(busy);
    const second = await availableApplication(server, { endpointId: "endpoint-2" });
    expect(await shown(second.application)).toEqual(busy);
    const me = await meOf(application);
    await application.send("POST", me._links.presence.href, { availability: "Away" });
    expect(await shown(application)).toEqual({ availability: "Away", activity: "Away" });
  });
});
