import { describe, expect, it } from "vitest";

import { fresh } from "../testing/fresh.ts";

describe("what a client claims (makeMeAvailable)", () => {
  it(
    "may be claimed without a word, and then stands for plain text",
    { tags: ["available-all-optional"] },
    async () => {
      for (const body of [undefined, {}]) {
        const { makeAvailable, application, communication } = await fresh();
        expect((await makeAvailable(body)).status).toBe(204);
        const now = await application.get(communication._links.self.href);
        expect(now.json).toMatchObject({ supportedModalities: [], supportedMessageFormats: ["Plain"] });
      }
    },
  );

  it("takes the words of the reference and no others", { tags: ["available-values"] }, async () => {
    for (const [body, status] of [
      [{ supportedModalities: ["Messaging", "PhoneAudio"] }, 204],
      [{ supportedModalities: ["Smoke"] }, 400],
      [{ supportedMessageFormats: ["Plain", "Html"] }, 204],
      [{ supportedMessageFormats: ["Rtf"] }, 400],
      [{ signInAs: "BeRightBack" }, 204],
      [{ signInAs: "Invisible" }, 400],
      [{ audioPreference: "VoipAudio" }, 204],
      [{ audioPreference: "Loud" }, 400],
      [{ inactiveTimeout: "PT5M" }, 204],
      [{ inactiveTimeout: "soon" }, 400],
    ] as const) {
      const { makeAvailable } = await fresh();
      expect((await makeAvailable(body)).status, JSON.stringify(body)).toBe(status);
    }
  });

  it(
    "takes a phone number of at most 100 characters, whatever it is",
    { tags: ["available-phone-number"] },
    async () => {
      for (const [phoneNumber, status] of [
        ["tel:+14255550123", 204],
        ["no number at all", 204],
        ["1".repeat(100), 204],
        ["1".repeat(101), 400],
      ] as const) {
        const { makeAvailable } = await fresh();
        expect((await makeAvailable({ phoneNumber })).status).toBe(status);
      }
    },
  );

  it("is forbidden for the modalities of media", { tags: ["available-forbidden"] }, async () => {
    for (const modality of ["Audio", "Video", "ApplicationSharing", "DataCollaboration", "PanoramicVideo"]) {
      const { makeAvailable, readMe } = await fresh();
      expect((await makeAvailable({ supportedModalities: ["Messaging", modality] })).status).toBe(403);
      expect((await readMe())._links.makeMeAvailable).toBeDefined();
    }
  });
});
