import { describe, expect, it } from "vitest";
import { eventsOf, inWords, virtualServer } from "../testing/client.ts";
import type { Json } from "../testing/client.ts";
import { brokenRules, callOf, completionIn, ring } from "../testing/ring.ts";

const video = { modalities: ["Messaging", "Audio", "Video"] };
const allowsVideo = () =>
  virtualServer({ switches: { allowedModalities: ["Messaging", "PhoneAudio", "Audio", "Video"] } });
const sdp = { "Content-Type": "application/sdp" };

describe("an answer to an invitation", () => {
  it(
    "refuses a second accept as a conflict, and one to a dead invitation as not found",
    { tags: ["answer-repeated"] },
    async () => {
      const { server, application, invitation } = await ring();
      await application.send("POST", invitation._links.accept.href);
      const again = await application.send("POST", invitation._links.accept.href);
      expect([again.status, again.json.code]).toEqual([409, "Conflict"]);
      const dead = await ring();
      dead.server.control.cancel(dead.id);
      const late = await dead.application.send("POST", dead.invitation._links.decline.href);
      expect([late.status, late.json.code]).toEqual([404, "NotFound"]);
      expect([...server.control.breaches, ...dead.server.control.breaches]).toEqual([]);
    },
  );
});

describe("declining (decline, CallDeclineReason)", () => {
  it.each(["Local", "Global", "UnsupportedMedia"])(
    "takes the reason %s",
    { tags: ["decline-ends"] },
    async (reason) => {
      const { server, application, channel, invitation, id } = await ring();
      expect((await application.send("POST", invitation._links.decline.href, { reason })).status).toBe(204);
      const packages = await channel.read(0);
      expect(completionIn(packages)).toMatchObject({ status: "Failure", reason: { subcode: "Declined" } });
      expect(callOf({ server, id })).toMatchObject({ state: "declined", declineReason: reason });
    },
  );

  it("takes no reason, and XML", { tags: ["decline-204"] }, async () => {
    const bare = await ring();
    expect((await bare.application.send("POST", bare.invitation._links.decline.href)).status).toBe(204);
    const xml = await ring();
    const body =
      '<input xmlns="http://schemas.microsoft.com/rtc/2012/03/ucwa"><property name="reason">Local</property></input>';
    const answer = await xml.application.send("POST", xml.invitation._links.decline.href, body, {
      "Content-Type": "application/xml",
    });
    expect(answer.status).toBe(204);
    expect(callOf(xml).declineReason).toBe("Local");
  });

  it("refuses a reason that does not exist, and goes on ringing", { tags: ["decline-reasons"] }, async () => {
    const { server, application, invitation, id } = await ring();
    const answer = await application.send("POST", invitation._links.decline.href, { reason: "Tired" });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ code: "BadRequest", subcode: "ParameterValidationFailure" });
    expect(callOf({ server, id }).state).toBe("ringing");
  });
});

describe("answers that race the end (accept, decline)", () => {
  it(
    "an accept that comes after the end, before its news was read, is not found and nobody's fault",
    { tags: ["accept-too-late"] },
    async () => {
      const { server, application, invitation, id } = await ring();
      server.control.conversations.end(id, { subcode: "Canceled" });
      const late = await application.send("POST", invitation._links.accept.href);
      expect([late.status, late.json.subcode]).toEqual([404, "ResourceNotFound"]);
      expect(brokenRules(server)).toEqual([]);
    },
  );

  it("an accept that was taken loses to a caller who gives up before it is connected", async () => {
    const { server, application, channel, invitation, id } = await ring();
    expect((await application.send("POST", invitation._links.accept.href)).status).toBe(204);
    server.control.cancel(id);
    const packages = await channel.read(2000);
    expect(packages.flatMap(eventsOf).filter(({ type }: Json) => type === "completed")).toHaveLength(1);
    expect(completionIn(packages)).toMatchObject({ reason: { subcode: "Canceled" } });
  });

  it("an accept beats the last moment of ringing, and then nothing is missed", async () => {
    const { server, application, channel, invitation, id } = await ring({ rings: 1000 });
    await channel.read(900);
    await application.send("POST", invitation._links.accept.href);
    const packages = await channel.read(2000);
    expect(completionIn(packages)).toMatchObject({ status: "Success" });
    expect(packages.flatMap(inWords)).not.toContain("communication updated missedItems");
    expect(callOf({ server, id }).state).toBe("connected");
  });

  it("a decline after an accept is a conflict", async () => {
    const { application, invitation } = await ring();
    await application.send("POST", invitation._links.accept.href);
    const declined = await application.send("POST", invitation._links.decline.href);
    expect([declined.status, declined.json.code]).toEqual([409, "Conflict"]);
  });
});

describe("an answer with media (acceptWithAnswer)", () => {
  it.each([
    ["", sdp, "v=0", 400, "invalidInput"],
    [`?sessionContext=${"x".repeat(51)}`, sdp, "v=0", 400, "invalidInput"],
    ["?sessionContext=1", sdp, "", 400, "invalidInput"],
    [`?sessionContext=1&processedOfferId=${"x".repeat(101)}`, sdp, "v=0", 400, "invalidInput"],
    ["?sessionContext=1", { "Content-Type": "text/plain" }, "v=0", 415, "contentType"],
  ])("refuses an answer with %j, %j and %j: %i", async (query, headers, body, status, rule) => {
    const { invitation, application, server } = await ring({ kind: "audioVideo" }, video, allowsVideo());
    const { acceptWithAnswer } = invitation._links;
    const reply = await application.send("POST", acceptWithAnswer.href + query, body, headers);
    expect(reply.status).toBe(status);
    expect(brokenRules(server)).toEqual([rule]);
  });

  it(
    "is accepted with a session context and a session description, or by phone",
    { tags: ["audio-video-answer"] },
    async () => {
      for (const [operation, query, body, status] of [
        ["acceptWithAnswer", "", "v=0", 400],
        ["acceptWithAnswer", "?sessionContext=1", "", 400],
        ["acceptWithAnswer", "?sessionContext=1", "v=0", 204],
        ["acceptWithPhoneAudio", "", undefined, 204],
      ] as const) {
        const { invitation, application, channel } = await ring(
          { kind: "audioVideo" },
          { ...video, phoneNumber: "tel:+14255550123" },
          allowsVideo(),
        );
        const { href } = invitation._links[operation];
        const answer = await application.send("POST", href + query, body, body === undefined ? {} : sdp);
        expect(answer.status).toBe(status);
        const end = completionIn(await channel.read(1000));
        expect(end?.status).toBe(status === 204 ? "Success" : undefined);
      }
    },
  );
});
