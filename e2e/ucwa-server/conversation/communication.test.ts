import { describe, expect, it } from "vitest";
import { availableApplication, createApplication, inWords, virtualServer } from "../testing/client.ts";
import { fresh } from "../testing/fresh.ts";
import { ada, brokenRules } from "../testing/ring.ts";

describe("the communication resource (communication)", () => {
  it(
    "says in communication what can be done there, and what it can show",
    { tags: ["communication-document"] },
    async () => {
      const { communication } = await fresh();
      expect(Object.keys(communication)).toEqual(
        expect.arrayContaining(["supportedModalities", "supportedMessageFormats", "etag"]),
      );
      expect(Object.keys(communication._links)).toEqual(
        expect.arrayContaining(["self", "conversations", "startMessaging", "missedItems"]),
      );
    },
  );
});

it(
  "has a property with a random name, whose value asks to be sent back",
  { tags: ["communication-guid"] },
  async () => {
    const server = virtualServer();
    const names = [];
    for (const endpointId of ["1", "2"]) {
      const { resource } = await createApplication(server, { endpointId });
      const properties: [string, unknown][] = Object.entries(resource._embedded.communication);
      const asking = properties.filter(([, value]) => value === "please pass this in a PUT request");
      names.push(...asking.map(([name]) => name));
    }
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  },
);

describe("changing the communication resource (communication PUT, PayloadFormat)", () => {
  async function prepared() {
    const server = virtualServer();
    const { application, channel } = await availableApplication(server, { phoneNumber: "tel:+14255550123" });
    const href = application.resource._embedded.communication._links.self.href as string;
    const { json } = await application.get(href);
    return { server, application, channel, href, json };
  }

  it(
    "needs If-Match, and the right one, and every property",
    {
      tags: [
        "communication-put",
        "communication-put-preconditions",
        "error-preconditions",
        "communication-put-guid",
      ],
    },
    async () => {
      const { application, href, json } = await prepared();
      const put = async (body: object, headers: Record<string, string> = {}) => {
        const { status, json: error } = await application.send("PUT", href, body, headers);
        return [status, error.subcode];
      };
      expect(await put(json)).toEqual([428, "PreconditionRequired"]);
      expect(await put(json, { "If-Match": '"1"' })).toEqual([412, "PreconditionFailed"]);
      const isAsking = (name: string): boolean => json[name] === "please pass this in a PUT request";
      const guid = Object.keys(json).find(isAsking)!;
      for (const name of [guid, "supportedModalities", "supportedMessageFormats"])
        expect(await put({ ...json, [name]: undefined }, { "If-Match": `"${json.etag}"` })).toEqual([
          400,
          "ParameterValidationFailure",
        ]);
      const wanted = { ...json, supportedMessageFormats: ["Plain"] };
      const changed = await application.send("PUT", href, wanted, { "If-Match": `"${json.etag}"` });
      expect([changed.status, changed.text, changed.headers.get("content-type")]).toEqual([200, "", null]);
      expect((await application.get(href)).json.supportedMessageFormats).toEqual(["Plain"]);
    },
  );

  it(
    "replaces the whole, answers with a new etag, and says so to the channel",
    { tags: ["etag-put"] },
    async () => {
      const { application, channel, href, json } = await prepared();
      const put = await application.send(
        "PUT",
        href,
        {
          ...json,
          supportedModalities: ["PhoneAudio"],
          supportedMessageFormats: ["Plain"],
          phoneNumber: undefined,
        },
        { "If-Match": `"${json.etag}"` },
      );
      const changed = await application.get(href);
      expect([put.status, put.headers.get("etag")]).toEqual([200, `"${changed.json.etag}"`]);
      expect(changed.json.supportedMessageFormats).toEqual(["Plain"]);
      expect([json.supportedModalities, changed.json.supportedModalities]).toEqual([
        ["Messaging"],
        ["PhoneAudio"],
      ]);
      expect([json.phoneNumber, changed.json.phoneNumber]).toEqual(["tel:+14255550123", undefined]);
      expect(changed.json.etag).not.toBe(json.etag);
      expect((await channel.read(5000)).flatMap(inWords)).toEqual(["communication updated communication"]);
    },
  );

  it(
    "may hold links and embedded resources, which are passed over",
    { tags: ["input-links-ignored"] },
    async () => {
      const { server, application, communication, makeAvailable } = await fresh();
      await makeAvailable({ supportedModalities: ["Messaging"] });
      const { json } = await application.get(communication._links.self.href);
      const links = { ...json._links, startMessaging: { href: "/ucwa/elsewhere" } };
      const put = await application.send(
        "PUT",
        communication._links.self.href,
        { ...json, supportedMessageFormats: ["Plain", "Html"], _links: links, _embedded: { me: {} } },
        { "If-Match": `"${json.etag}"` },
      );
      const changed = await application.get(communication._links.self.href);
      expect([put.status, changed.json.supportedMessageFormats]).toEqual([200, ["Plain", "Html"]]);
      expect(changed.json._links).toEqual(json._links);
      expect(changed.json._embedded).toBeUndefined();
      expect(brokenRules(server)).toEqual([]);
    },
  );

  it("a modality that the deployment does not allow is forbidden here too", async () => {
    const { application } = await availableApplication(virtualServer());
    const { self } = application.resource._embedded.communication._links;
    const { json } = await application.get(self.href);
    const put = await application.send(
      "PUT",
      self.href,
      { ...json, supportedModalities: ["Video"] },
      { "If-Match": `"${json.etag}"` },
    );
    expect([put.status, put.json.code]).toEqual([403, "Forbidden"]);
  });

  it(
    "communication can be changed in XML too, and then decides what rings",
    { tags: ["xml-input"] },
    async () => {
      const server = virtualServer();
      const { application } = await availableApplication(server);
      const { self } = application.resource._embedded.communication._links;
      const { json } = await application.get(self.href);
      const [guid] = Object.keys(json).filter((name) => /^[\da-f-]{36}$/.test(name));
      const put = await application.send(
        "PUT",
        self.href,
        `<input xmlns="http://schemas.microsoft.com/rtc/2012/03/ucwa"><property name="${guid}">${json[guid!]}</property>` +
          '<propertyList name="supportedModalities"><item>PhoneAudio</item></propertyList>' +
          '<propertyList name="supportedMessageFormats"><item>Plain</item></propertyList>' +
          '<property name="phoneNumber">tel:+14255550123</property></input>',
        { "If-Match": `"${json.etag}"`, "Content-Type": "application/xml" },
      );
      expect([put.status, put.text]).toEqual([200, ""]);
      expect((await application.get(self.href)).json).toMatchObject({
        supportedModalities: ["PhoneAudio"],
        phoneNumber: "tel:+14255550123",
      });
      expect(() => server.control.invite({ to: ada })).toThrow();
      expect(server.control.invite({ to: ada, kind: "phoneAudio" })).toMatch(/^call-/);
      expect(brokenRules(server)).toEqual([]);
    },
  );
});
