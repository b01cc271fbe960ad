import { describe, expect, it } from "vitest";
import { VirtualClock } from "../testing/virtual-clock.ts";
import { SessionProblem } from "./problem.ts";
import { Recovery } from "./recovery.ts";

const recovery = () => {
  const clock = new VirtualClock();
  const policy = new Recovery(clock, { uuid: () => "uuid", fraction: () => 1 });
  policy.begin();
  return { clock, policy };
};
const unvouched = SessionProblem.unvouched("https://portal.example", "It leads elsewhere.");
const inTheClear = SessionProblem.stop("untrustedServer", "It leads into the open.");
const certificate = SessionProblem.stop("certificate", "It shows another's certificate.");

describe("how a session comes back", () => {
  it("asks the person about a strange origin and a strange certificate at a first sign-in", () => {
    expect(recovery().policy.remedy(unvouched)).toMatchObject({
      do: "ask",
      origin: "https://portal.example",
    });
    expect(recovery().policy.remedy(inTheClear)).toMatchObject({ do: "ask", reason: "untrustedServer" });
    expect(recovery().policy.remedy(certificate)).toMatchObject({ do: "ask", reason: "certificate" });
  });

  it("takes both for a captive portal once it has been online, and asks about an origin only when that lasts", () => {
    const { policy } = recovery();
    policy.online();
    for (let attempt = 1; attempt <= 12; attempt++) expect(policy.remedy(unvouched).do).toBe("wait");
    expect(policy.remedy(unvouched)).toMatchObject({ do: "ask", reason: "untrustedServer" });
    // To these there is nothing that the person could say.
    expect(policy.remedy(certificate).do).toBe("wait");
    expect(policy.remedy(inTheClear).do).toBe("wait");
  });

  it("creates an application that was ended for inactivity once in five minutes, however the clock is set", () => {
    const { clock, policy } = recovery();
    const wait = () => {
      const advice = policy.problemOf({ cause: "inactive" }, 3_600_000)?.advice;
      return advice?.action === "retry" ? advice.afterMs : null;
    };
    expect(wait()).toBe(0);
    clock.setWall(60_000);
    expect(wait()).toBe(240_000);
    clock.setWall(-86_400_000);
    expect(wait()).toBe(300_000);
  });
});
