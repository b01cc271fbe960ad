import { afterEach, expect, it } from "vitest";

import { speak, texts } from "../../locales/page-texts.ts";
import { troubleLabels, type Trouble } from "./session-labels.ts";

afterEach(() => speak({ language: "en", region: "en" }));

const refused: Trouble = {
  name: "attention",
  reason: "badCredentials",
  detail: "What the server has said.",
  technical: "",
  origin: null,
};

it("says in the language of the person why a session is in trouble, and what to do", async () => {
  await speak({ language: "de", region: "de" });
  expect(troubleLabels(refused, { withoutPassword: false })).toEqual({
    title: "Die Anmeldung wurde abgelehnt",
    detail: "What the server has said.",
    advice:
      "Prüfen Sie Adresse und Kennwort. Doorbell versucht es nicht von selbst noch einmal, damit Ihr Konto nicht gesperrt wird.",
  });
  expect(troubleLabels(refused, { withoutPassword: true }).title).toBe("Sie sind noch nicht angemeldet");
  expect(
    troubleLabels(
      { ...refused, reason: "untrustedServer", origin: "https://a.example" },
      { withoutPassword: false },
    ).title,
  ).toBe("Vertrauen Sie diesem Server?");
  expect(texts.connection.tryingAgainInSeconds(12)).toBe("Neuer Versuch in 12 s.");
});
