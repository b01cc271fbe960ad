import { describe, expect, it } from "vitest";
import {
  TestChannel,
  availableApplication,
  createApplication,
  eventsOf,
  inWords,
  settle,
  virtualServer,
} from "../testing/client.ts";

const applicationsHref = "/ucwa/oauth/v1/applications";
const wanted = { culture: "en-US", userAgent: "Test/1", endpointId: "endpoint-1" };

function minutes(count: number): number {
  return count * 60_000;
}

describe("creating an application (applications, CreateAnApplication)", () => {
  it(
    "answers with the application and what is embedded in it",
    {
      tags: [
        "application-document",
        "application-events-link",
        "me-before",
        "communication-guid",
        "create-201",
        "communication-document",
      ],
    },
    async () => {
      const { resource } = await createApplication(virtualServer());
      expect(resource).toMatchObject({ ...wanted, rel: "application" });
      expect(Object.keys(resource._embedded).toSorted()).toEqual([
        "communication",
        "me",
        "onlineMeetings",
        "people",
      ]);
      expect(resource._links.events.href).toMatch(/\/events\?ack=1$/);
      const { me, communication } = resource._embedded;
      expect(me).toMatchObject({ name: "Ada Lindqvist", uri: "sip:ada@doorbell.example", rel: "me" });
      expect(Object.keys(me._links)).toEqual(["self", "makeMeAvailable", "photo"]);
      expect(communication).toMatchObject({ supportedModalities: [], supportedMessageFormats: ["Plain"] });
      const guids = Object.keys(communication).filter((name) =>
        /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(name),
      );
      expect(guids.map((name) => communication[name])).toEqual(["please pass this in a PUT request"]);
    },
  );

  it(
    "takes property names in any case, and XML",
    { tags: ["create-name-case", "xml-input", "create-201"] },
    async () => {
      const application = await createApplication(virtualServer());
      const capital = await application.send("POST", applicationsHref, {
        UserAgent: "A",
        EndpointId: "B",
        Culture: "C",
      });
      expect(capital.status).toBe(201);
      const xml = await application.send(
        "POST",
        applicationsHref,
        '<input xmlns="http://schemas.microsoft.com/rtc/2012/03/ucwa"><property name="culture">en-US</property>' +
          '<property name="userAgent">X</property><property name="endpointId">X</property></input>',
        { "Content-Type": "application/xml", Accept: "application/xml" },
      );
      expect([xml.status, xml.text.includes('<resource rel="application"')]).toEqual([201, true]);
    },
  );

  it.each(["culture", "userAgent", "endpointId"])(
    "refuses one without %s, naming it",
    { tags: ["create-required", "error-parameters", "error-parameter-validation"] },
    async (name) => {
      const application = await createApplication(virtualServer());
      const answer = await application.send("POST", applicationsHref, { ...wanted, [name]: undefined });
      expect(answer.status).toBe(400);
      expect(answer.json).toMatchObject({ subcode: "ParameterValidationFailure", parameters: [{ name }] });
    },
  );

  it(
    "refuses what is too long, unreadable, or of an unknown type",
    { tags: ["create-lengths", "error-deserialization", "error-media-type"] },
    async () => {
      const application = await createApplication(virtualServer());
      const long = await application.send("POST", applicationsHref, {
        ...wanted,
        endpointId: "x".repeat(101),
      });
      const broken = await application.send("POST", applicationsHref, "{");
      const odd = await application.send("POST", applicationsHref, "a", { "Content-Type": "text/plain" });
      expect([long, broken, odd].map(({ status, json }) => [status, json.subcode])).toEqual([
        [400, "ParameterValidationFailure"],
        [400, "DeserializationFailure"],
        [415, "UnsupportedMediaType"],
      ]);
    },
  );

  it(
    "joins the application that runs, and gives each instance a channel of its own (MultiTabSupport)",
    { tags: ["create-200", "instance-channel"] },
    async () => {
      const server = virtualServer();
      const first = await createApplication(server, { instanceId: "a" });
      const second = await createApplication(server, { instanceId: "b" });
      expect(second.resource.id).toBe(first.resource.id);
      expect(second.resource._links.events.href).toMatch(/ack=1&instanceId=b$/);
      const header = { "X-MS-RequiresMinResourceVersion": "2" };
      const again = await first.send("POST", applicationsHref, { ...wanted, instanceId: "a" }, header);
      expect(again.status).toBe(200);
      expect(again.json._links.events.href).toBe(first.resource._links.events.href);
      expect(server.control.breaches).toEqual([]);
    },
  );

  it("refuses one too many (ApplicationDashboard)", { tags: ["loss-too-many"] }, async () => {
    const server = virtualServer({ timings: { applicationsPerUser: 2 } });
    const application = await createApplication(server, { endpointId: "1" });
    await createApplication(server, { endpointId: "2" });
    const third = await application.send("POST", applicationsHref, { ...wanted, endpointId: "3" });
    expect([third.status, third.json.subcode]).toEqual([410, "TooManyApplications"]);
  });

  it(
    "shows the application again, with the place where its events go on",
    { tags: ["no-way-on"] },
    async () => {
      const server = virtualServer();
      const { application, channel } = await availableApplication(server);
      server.control.invite({ to: "sip:ada@doorbell.example" });
      await channel.read(0);
      const again = await application.get(application.resource._links.self.href);
      expect(again.json._links.events.href).toBe(channel.next);
      expect(Object.keys(again.json._embedded.me._links)).toContain("reportMyActivity");
    },
  );
});

describe("being made available (makeMeAvailable, ReceiveAnIM step 7)", () => {
  it(
    "sends the burst of the recording in one package",
    { tags: ["available-204", "available-burst", "link-only-events", "me-after"] },
    async () => {
      const server = virtualServer();
      const application = await createApplication(server);
      const { makeMeAvailable } = application.resource._embedded.me._links;
      const answer = await application.send("POST", makeMeAvailable.href, {
        supportedModalities: ["Messaging"],
      });
      expect(answer.status).toBe(204);
      const [burst] = await new TestChannel(
        server,
        application,
        application.resource._links.events.href,
      ).read(5000);
      expect(inWords(burst!)).toEqual([
        "me updated me",
        "me added presence",
        "me added note",
        "me added location",
        "communication updated communication",
      ]);
      const events = eventsOf(burst!);
      expect(events.slice(0, 4).some((event) => event._embedded)).toBe(false);
      expect(events[4]._embedded.communication).toMatchObject({
        supportedModalities: ["Messaging"],
        supportedMessageFormats: ["Plain"],
      });
      const me = await application.get(application.resource._embedded.me._links.self.href);
      expect(Object.keys(me.json._links)).toEqual([
        "self",
        "note",
        "presence",
        "location",
        "reportMyActivity",
        "photo",
      ]);
      for (const link of ["note", "presence", "location"])
        expect((await application.get(me.json._links[link].href)).json.rel).toBe(link);
    },
  );

  it("happens once", { tags: ["available-twice"] }, async () => {
    const { application } = await availableApplication(virtualServer());
    const again = await application.send(
      "POST",
      application.resource._embedded.me._links.makeMeAvailable.href,
    );
    expect([again.status, again.json.subcode]).toEqual([409, "AlreadyExists"]);
  });

  it.each([
    [{ supportedModalities: ["Messaging", "Video"] }, 403],
    [{ supportedModalities: ["Smoke"] }, 400],
    [{ supportedMessageFormats: ["Rtf"] }, 400],
    [{ signInAs: "Invisible" }, 400],
    [{ inactiveTimeout: "soon" }, 400],
    [{ inactiveTimeout: "PT5M", signInAs: "Away", audioPreference: "PhoneAudio" }, 204],
  ])("answers %j with %i", { tags: ["available-values", "available-forbidden"] }, async (body, status) => {
    const application = await createApplication(virtualServer());
    const { makeMeAvailable } = application.resource._embedded.me._links;
    expect((await application.send("POST", makeMeAvailable.href, body)).status).toBe(status);
  });

  it(
    "comes before activity, presence and a note",
    { tags: ["activity-before-available", "presence-before-available"] },
    async () => {
      const application = await createApplication(virtualServer());
      const base = application.resource._links.self.href as string;
      for (const [method, path] of [
        ["POST", "/reportMyActivity"],
        ["GET", "/me/presence"],
        ["GET", "/me/note"],
      ] as const) {
        const answer = await application.send(method, base + path);
        expect([answer.status, answer.json.subcode]).toEqual([409, "MakeMeAvailableRequired"]);
      }
    },
  );

  it("lets presence be set and reset (presence)", { tags: ["presence-set"] }, async () => {
    const { application } = await availableApplication(virtualServer());
    const me = await application.get(application.resource._embedded.me._links.self.href);
    const href = me.json._links.presence.href as string;
    expect((await application.send("POST", href, { availability: "Busy" })).status).toBe(204);
    expect((await application.get(href)).json.availability).toBe("Busy");
    expect((await application.send("POST", href)).status).toBe(204);
    expect((await application.get(href)).json.availability).toBe("Online");
    expect((await application.send("POST", href, { availability: "Elsewhere" })).status).toBe(400);
  });
});

describe("changing the communication resource (communication PUT, PayloadFormat)", () => {
  async function prepared() {
    const server = virtualServer();
    const { application, channel } = await availableApplication(server);
    const href = application.resource._embedded.communication._links.self.href as string;
    const { json } = await application.get(href);
    return { server, application, channel, href, json };
  }

  it(
    "needs If-Match, and the right one, and every property",
    {
      tags: ["communication-put-preconditions", "communication-put-guid", "error-preconditions", "etag-put"],
    },
    async () => {
      const { application, href, json } = await prepared();
      const match = { "If-Match": `"${json.etag}"` };
      const { supportedModalities, supportedMessageFormats } = json;
      const missing = await application.send("PUT", href, json);
      const stale = await application.send("PUT", href, json, { "If-Match": '"1"' });
      const partial = await application.send(
        "PUT",
        href,
        { supportedModalities, supportedMessageFormats },
        match,
      );
      expect([missing, stale, partial].map(({ status, json: error }) => [status, error.subcode])).toEqual([
        [428, "PreconditionRequired"],
        [412, "PreconditionFailed"],
        [400, "ParameterValidationFailure"],
      ]);
    },
  );

  it(
    "answers with the changed resource and a new etag, and says so to the channel",
    { tags: ["communication-put", "etag-put"] },
    async () => {
      const { application, channel, href, json } = await prepared();
      const changed = await application.send(
        "PUT",
        href,
        { ...json, supportedMessageFormats: ["Plain"] },
        { "If-Match": `"${json.etag}"` },
      );
      expect(changed.json.supportedMessageFormats).toEqual(["Plain"]);
      expect(changed.json.etag).not.toBe(json.etag);
      expect((await channel.read(5000)).flatMap(inWords)).toEqual(["communication updated communication"]);
    },
  );
});

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
    { tags: ["idle-without-availability", "loss-404"] },
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
    { tags: ["activity-silence", "loss-inactive"] },
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
    { tags: ["delete-application", "loss-404", "loss-on-any-request"] },
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

  it(
    "comes as the control says, and is told on any request",
    { tags: ["loss-on-any-request", "loss-too-many"] },
    async () => {
      const server = virtualServer();
      const { application } = await availableApplication(server);
      server.control.kill({}, 410, "TooManyApplications");
      const answer = await application.get(application.resource._links.self.href);
      expect([answer.status, answer.json.subcode]).toEqual([410, "TooManyApplications"]);
    },
  );
});

it("does not show one user's application to another", async () => {
  const server = virtualServer();
  const ada = await createApplication(server);
  const ben = await createApplication(server, { user: "ben" });
  expect((await ben.get(ada.resource._links.self.href)).status).toBe(403);
});
