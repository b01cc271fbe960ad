import { describe, expect, it } from "vitest";
import { sessionLabel } from "./terminal-labels.ts";

describe("the words of the terminal", () => {
  it("name the ways out when the server offers no sign-in that a terminal can do", () => {
    const detail = "It offers: urn:microsoft.rtc:passive.";
    const words = sessionLabel({ name: "attention", reason: "signInNotOffered", detail }, 0);
    expect(words).toContain(detail);
    expect(words).toMatch(/the Doorbell app, or ask your administrator/);
  });

  it("name --trust where the person may approve a server, and only there", () => {
    const untrusted = {
      name: "attention",
      reason: "untrustedServer",
      detail: "It leads elsewhere.",
    } as const;
    expect(sessionLabel({ ...untrusted, origin: "https://pool.example" }, 0)).toContain("--trust");
    expect(sessionLabel(untrusted, 0)).not.toContain("--trust");
  });
});
