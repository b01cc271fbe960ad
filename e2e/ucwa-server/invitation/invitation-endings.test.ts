import { describe, expect, it } from "vitest";
import { availableApplication, inWords, virtualServer } from "../testing/client.ts";
import { ada, brokenRules, callOf, completionIn, lastOf, ring } from "../testing/ring.ts";
import { endingSubcodes } from "./invitation-endings.ts";

/** The rules about a subcode that the server says of itself have a test where it does. */
const rulesOf: Readonly<Record<string, string[]>> = {
  AutoAccepted: ["end-auto-accepted"],
  Forwarded: ["end-forwarded"],
  Redirected: ["end-forwarded"],
  Transferred: ["end-forwarded"],
  Replaced: ["end-replaced"],
  RepliedWithOtherModality: ["end-replaced"],
};

describe("the end of an incoming invitation (ErrorSubcode, ErrorCode)", () => {
  for (const subcode of endingSubcodes)
    it(
      `can have the subcode ${subcode}, with a code beside it`,
      { tags: rulesOf[subcode] ?? [] },
      async () => {
        const { server, channel, id } = await ring();
        server.control.conversations.end(id, { subcode });
        const packages = await channel.read(0);
        expect(completionIn(packages)).toMatchObject({
          status: "Failure",
          reason: { code: expect.stringMatching(/^[A-Z]\w+$/), subcode },
        });
        const { messagingInvitation } = completionIn(packages)._embedded;
        expect(messagingInvitation.state).toMatch(/^(Failed|Declined|Cancelled|Forwarded)$/);
        expect(messagingInvitation._links.accept ?? messagingInvitation._links.decline).toBeUndefined();
        expect(packages.flatMap(inWords)).toContain("communication deleted conversation");
        expect(callOf({ server, id }).state).toBe("ended");
      },
    );

  it(
    "can have a subcode that no page names, any code and any state: the list is open-ended",
    { tags: ["end-unknown-subcode"] },
    async () => {
      const { server, channel, id } = await ring();
      server.control.conversations.end(id, {
        subcode: "MoonInTheWrongHouse",
        code: "Informational",
        message: "Not today.",
        state: "Declined",
      });
      expect(completionIn(await channel.read(0))).toMatchObject({
        reason: { code: "Informational", subcode: "MoonInTheWrongHouse", message: "Not today." },
        _embedded: { messagingInvitation: { state: "Declined" } },
      });
      expect(callOf({ server, id }).state).toBe("ended");
    },
  );

  it("can come without any reason", { tags: ["end-without-reason"] }, async () => {
    const { server, channel, id } = await ring();
    server.control.conversations.end(id, { subcode: null });
    const end = completionIn(await channel.read(0));
    expect([end.status, end.reason]).toEqual(["Failure", undefined]);
  });

  it.each(["Missed", "Timeout", "Expired"])(
    "with %s counts as missed (missedItems)",
    { tags: ["end-missed"] },
    async (subcode) => {
      const { server, channel, id } = await ring();
      server.control.conversations.end(id, { subcode });
      const { missedItems } = lastOf(await channel.read(0), "missedItems")._embedded;
      expect(missedItems).toMatchObject({ missedConversationsCount: 1, unreadMissedConversationsCount: 1 });
    },
  );

  it(
    "can say who took it (acceptedByContact) and where it went on (derivedMessaging)",
    { tags: ["derived-messaging"] },
    async () => {
      const { server, application, channel, id } = await ring();
      server.control.conversations.end(id, {
        subcode: "Transferred",
        acceptedBy: { uri: "sip:eve@doorbell.example", name: "Eve" },
        derived: true,
      });
      const { messagingInvitation } = completionIn(await channel.read(0))._embedded;
      const { acceptedByContact, derivedMessaging, messaging } = messagingInvitation._links;
      expect((await application.get(acceptedByContact.href)).json.name).toBe("Eve");
      expect(derivedMessaging.href).not.toBe(messaging.href);
      const derived = (await application.get(derivedMessaging.href)).json;
      expect([derived.rel, derived.state]).toEqual(["messaging", "Connected"]);
      server.control.say(id, "It is Eve now");
      server.control.cancel(id);
      const last = await channel.read(0);
      expect(lastOf(last, "message")._embedded.message._links.participant.title).toBe("Eve");
      expect(lastOf(last, "conversation").type).toBe("deleted");
      expect((await application.get(derivedMessaging.href)).status).toBe(404);
      expect(brokenRules(server)).toEqual([]);
    },
  );

  it("can come at one endpoint only, while it rings on at the others", async () => {
    const server = virtualServer();
    const one = await availableApplication(server, { endpointId: "one" });
    const two = await availableApplication(server, { endpointId: "two" });
    const id = server.control.invite({ to: ada });
    const [application] = server.control.state().applications;
    server.control.conversations.end(id, { subcode: "Replaced", application: application?.id });
    expect(completionIn(await one.channel.read(0))).toMatchObject({ reason: { subcode: "Replaced" } });
    expect(completionIn(await two.channel.read(0))).toBeUndefined();
    expect(callOf({ server, id }).state).toBe("ringing");
  });

  it("comes once: a second one is refused", async () => {
    const { server, id } = await ring();
    server.control.conversations.end(id, { subcode: "Canceled" });
    expect(() => server.control.conversations.end(id, { subcode: "Missed" })).toThrow("any more");
  });
});
