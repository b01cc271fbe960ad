import { describe, expect, it } from "vitest";
import { VirtualClock } from "../testing/virtual-clock.ts";
import type { ChannelLoss } from "./application/event-outcome.ts";
import { SessionProblem } from "./session-problem.ts";
import { Recovery } from "./recovery.ts";

const recovery = () => {
  const clock = new VirtualClock();
  const policy = new Recovery(clock, { uuid: () => "uuid", fraction: () => 1 });
  policy.begin();
  return { clock, policy };
};
const unapproved = SessionProblem.untrusted("ask", "https://portal.example", "It leads elsewhere");
const inTheClear = SessionProblem.stop("untrustedServer", "It leads into the open.");
const certificate = SessionProblem.stop("certificate", "It shows another's certificate.");
const proxy = SessionProblem.stop("proxy", "The proxy wants a password.");

describe("how a session comes back", () => {
  it("asks the person where waiting would not help, online before or not", () => {
    const { policy } = recovery();
    const refused = SessionProblem.stop("badCredentials", "No.");
    expect(policy.remedy(refused)).toStrictEqual({ do: "ask", reason: "badCredentials" });
    policy.created();
    expect(policy.remedy(refused)).toStrictEqual({ do: "ask", reason: "badCredentials" });
  });

  it("asks the person after three tries where a first sign-in is refused, and waits where there has been one", () => {
    const refused = SessionProblem.retry("refused", "The server refuses it.");
    const { policy } = recovery();
    expect([1, 2, 3].map(() => policy.remedy(refused).do)).toEqual(["wait", "wait", "ask"]);
    policy.begin();
    policy.found();
    expect([1, 2, 3, 4].map(() => policy.remedy(refused).do)).toEqual(["wait", "wait", "wait", "wait"]);
  });

  it("takes up at once what was lost while all was well, and waits for what fails again", () => {
    const { policy } = recovery();
    const gone = SessionProblem.retry("applicationGone", "It is gone.", 0);
    expect([1, 2, 3].map(() => policy.remedy(gone))).toEqual(
      [0, 2_000, 4_000].map((ms) => ({ do: "wait", ms })),
    );
    policy.begin();
    expect(policy.remedy(gone)).toEqual({ do: "wait", ms: 0 });
    policy.begin();
    // Nobody has said that this may be tried at once.
    expect(policy.remedy(SessionProblem.retry("unexpected", "It failed."))).toEqual({
      do: "wait",
      ms: 1_000,
    });
  });

  it("waits as long as the server has asked for", () => {
    const { policy } = recovery();
    expect(policy.remedy(SessionProblem.retry("unexpected", "Later.", 90_000))).toEqual({
      do: "wait",
      ms: 90_000,
    });
    expect(policy.remedy(SessionProblem.rediscover("unexpected", "Later.", 90_000))).toEqual({
      do: "wait",
      ms: 90_000,
    });
  });

  it("counts an application that lived for less than a minute as one more failure", () => {
    for (const [livedMs, ms] of [
      [59_999, 4_000],
      [60_000, 0],
    ] as const) {
      const { policy } = recovery();
      const failed = SessionProblem.retry("unexpected", "It failed.");
      policy.remedy(failed);
      policy.remedy(failed);
      const problem = policy.problemOf({ cause: "gone" }, livedMs);
      expect(problem && policy.remedy(problem)).toEqual({ do: "wait", ms });
    }
  });

  it.each<[ChannelLoss["cause"], string | null, number | null]>([
    ["gone", "applicationGone", 0],
    ["inactive", "inactive", 0],
    ["replaced", "replaced", null],
    ["noNextLink", "noNextLink", null],
    ["rediscover", "moved", 5],
    ["stopped", "moved", 5],
    ["ended", null, null],
  ])("knows what it means for an application to be %s", (cause, code, afterMs) => {
    const problem = recovery().policy.problemOf(
      { cause, problem: SessionProblem.rediscover("moved", "Elsewhere.", 5) },
      0,
    );
    expect(problem === null ? null : problem.code).toBe(code);
    expect(problem?.advice.action === "stop" ? "stop" : (problem?.advice.afterMs ?? null)).toBe(afterMs);
  });

  it("asks the person about a strange origin and a strange certificate at a first sign-in", () => {
    expect(recovery().policy.remedy(unapproved)).toMatchObject({
      do: "ask",
      origin: "https://portal.example",
    });
    expect(recovery().policy.remedy(inTheClear)).toMatchObject({ do: "ask", reason: "untrustedServer" });
    expect(recovery().policy.remedy(certificate)).toMatchObject({ do: "ask", reason: "certificate" });
    expect(recovery().policy.remedy(proxy)).toMatchObject({ do: "ask", reason: "proxy" });
  });

  it("takes both for a captive portal once there was an application, and asks about an origin only when that lasts", () => {
    const { policy } = recovery();
    policy.created();
    for (let attempt = 1; attempt <= 12; attempt++) expect(policy.remedy(unapproved).do).toBe("wait");
    expect(policy.remedy(unapproved)).toMatchObject({ do: "ask", reason: "untrustedServer" });
    // To these there is nothing that the person could say.
    expect(policy.remedy(certificate).do).toBe("wait");
    expect(policy.remedy(proxy).do).toBe("wait");
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

  it("waits for a server that an earlier run has found, but asks about a strange origin at once", () => {
    const { policy } = recovery();
    policy.found();
    const absent = SessionProblem.retry("unknownHost", "Nobody knows it.");
    for (let attempt = 1; attempt <= 20; attempt++) expect(policy.remedy(absent).do).toBe("wait");
    expect(policy.remedy(certificate).do).toBe("wait");
    expect(policy.remedy(unapproved)).toMatchObject({ do: "ask", reason: "untrustedServer" });
  });

  it("asks after three tries whether the address is right when no server has ever been found", () => {
    const { policy } = recovery();
    const absent = SessionProblem.rediscover("notFound", "There is none.");
    expect([1, 2, 3].map(() => policy.remedy(absent).do)).toEqual(["wait", "wait", "ask"]);
    policy.created();
    policy.forget();
    expect(policy.remedy(absent).do).toBe("ask");
    const unknown = SessionProblem.retry("unknownHost", "Nobody knows it.");
    expect(recovery().policy.remedy(unknown).do).toBe("wait");
    expect(policy.remedy(unknown).do).toBe("ask");
  });

  it("remembers nothing of an earlier sign-in once the person has signed out", () => {
    const { policy } = recovery();
    policy.created();
    policy.forget();
    for (const problem of [unapproved, inTheClear, certificate])
      expect(policy.remedy(problem).do).toBe("ask");
  });
});
