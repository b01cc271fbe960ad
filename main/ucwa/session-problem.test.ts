import { afterEach, expect, it } from "vitest";

import { speak, texts } from "../../locales/texts.ts";
import { ProxyFailureError } from "../platform/fetch/fetch-answer.ts";
import { grantLabels } from "./auth/grant-labels.ts";
import { failureOf, HttpFailure } from "./http/http.ts";
import { answer } from "./resources/testing/http-answer.ts";
import { failed, SessionProblem, unexpected, wordsOf } from "./session-problem.ts";

afterEach(() => speak({ language: "en", region: "en" }));

it("is told in German sentences, with what to do behind what is wrong", () => {
  speak({ language: "de", region: "de" });
  const said = failed(new HttpFailure("unreachable", "ENETUNREACH", "pool.example"));
  expect(wordsOf(said, said.advice)).toEqual({
    detail:
      "pool.example ist nicht erreichbar: Dieser Computer scheint offline zu sein. Prüfen Sie Ihre Netzwerkverbindung; ist sie in Ordnung, fragen Sie Ihren Administrator.",
    technical: "ENETUNREACH",
  });
  expect(failureOf(new ProxyFailureError("502", "proxy.example:3128"), "pool.example").message).toBe(
    "Der Proxy proxy.example:3128 erreicht pool.example nicht",
  );
  expect(unexpected({ ...answer(""), status: 404 }, "GET events").sentence).toBe(
    "pool.contoso.example findet nicht, was Doorbell anfragt.",
  );
});

it("names both ends of the way in German, whatever becomes of the sentence about it", () => {
  speak({ language: "de", region: "de" });
  const led = texts.server.leads.discovery("lyncdiscover.example", "https://pool.example");
  expect(SessionProblem.untrusted("ask", "https://pool.example", led).message).toBe(
    "lyncdiscover.example führt zu https://pool.example. Dieser Adresse vertraut Doorbell nicht.",
  );
  expect(SessionProblem.untrusted("refused", "http://pool.example", led).message).toBe(
    "lyncdiscover.example führt zu https://pool.example. Ihr Kennwort könnte auf dem Weg dorthin mitgelesen werden.",
  );
});

it("lists in German the ways to sign in that a server names, and what it calls others", () => {
  speak({ language: "de", region: "de" });
  expect(grantLabels(["urn:microsoft.rtc:windows", "PASSWORD", "urn:new"])).toBe(
    "Windows-Anmeldung, Kennwort und urn:new",
  );
});
