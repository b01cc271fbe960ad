import { describe, expect, it } from "vitest";
import { classifyOutcome } from "./event-outcome.ts";
import type { Outcome, Situation, Step } from "./event-outcome.ts";
import { packageOf } from "./events.ts";
import { HttpFailure } from "../http/http.ts";
import type { HttpAnswer } from "../http/http.ts";
import { SessionProblem } from "../session-problem.ts";

const FRESH: Situation = { attempt: 0, replaced: 0, probing: false, heldMs: 0, now: 0 };

const classify = (outcome: Outcome, situation: Situation): Step =>
  classifyOutcome(outcome, outcome instanceof Error ? null : packageOf(outcome, 1), situation);

function answer(
  status: number,
  body: unknown = "<html></html>",
  headers: Record<string, string> = {},
): HttpAnswer {
  return {
    url: "https://pool.example/events?ack=1",
    status,
    headers: new Headers(headers),
    body: typeof body === "string" ? body : JSON.stringify(body),
  };
}

const reason = (code: string, subcode: string) => ({ code, subcode });

function inWords(step: Step): string {
  switch (step.do) {
    case "deliver":
      return "deliver";
    case "again":
      return step.suspect ? "again, suspect" : "again";
    case "wait":
      return `wait: ${step.problem.code}`;
    case "lose":
      return `lose: ${step.loss.cause}`;
  }
}

describe("what an answer to the event request leads to", () => {
  const answers: readonly (readonly [string, HttpAnswer, string, ...rules: string[]])[] = [
    ["a package", answer(200, { _links: { next: { href: "?ack=2" } } }), "deliver"],
    ["an empty body", answer(200, " "), "again"],
    ["a page of HTML", answer(200), "wait: notUcwa"],
    ["JSON that is no package", answer(200, { hello: 1 }), "wait: notUcwa"],
    ["204", answer(204, ""), "again"],
    ["408 ClientTimeout", answer(408, reason("ClientTimeout", "None")), "again"],
    ["403 without a challenge", answer(403), "lose: rediscover"],
    [
      "404 ApplicationNotFound",
      answer(404, reason("NotFound", "ApplicationNotFound")),
      "lose: gone",
      "events-404-application",
    ],
    ["404 of a proxy", answer(404), "wait: unexpected"],
    ["409 PGetReplaced", answer(409, reason("Conflict", "PGetReplaced")), "wait: replaced", "events-409"],
    ["409 of a proxy", answer(409), "wait: conflict"],
    ["another 409", answer(409, reason("Conflict", "AlreadyExists")), "wait: conflict"],
    [
      "410 InactiveApplicationExpired",
      answer(410, reason("Gone", "InactiveApplicationExpired")),
      "lose: inactive",
      "loss-inactive",
    ],
    [
      "410 TooManyApplications",
      answer(410, reason("Gone", "TooManyApplications")),
      "lose: stopped",
      "events-410",
    ],
    [
      "410 UserAgentNotAllowed",
      answer(410, reason("Gone", "UserAgentNotAllowed")),
      "lose: stopped",
      "events-410",
    ],
    ["a bare 410", answer(410), "lose: gone", "events-410"],
    ["429", answer(429), "wait: tooManyRequests"],
    ["500", answer(500, reason("ServiceFailure", "None")), "wait: serverTrouble"],
    ["502 of a gateway", answer(502), "wait: serverTrouble"],
    ["503", answer(503), "wait: serverTrouble"],
    ["504", answer(504, reason("Timeout", "ServiceTimeout")), "wait: serverTrouble"],
    ["302 to nowhere", answer(302, ""), "wait: unexpected"],
  ];
  for (const [name, given, step, ...tags] of answers) {
    it(`${name}: ${step}`, { tags }, () => {
      expect(inWords(classify(given, FRESH))).toBe(step);
    });
  }

  it("waits for a sick server without end", () => {
    expect(inWords(classify(answer(503), { ...FRESH, attempt: 1000 }))).toBe("wait: serverTrouble");
  });

  it("gives a channel that keeps being taken up after three tries, each later than the last", () => {
    const taken = answer(409, reason("Conflict", "PGetReplaced"));
    const waits = [0, 1, 2].map((replaced) => classify(taken, { ...FRESH, replaced }));
    expect(waits.map((step) => step.do === "wait" && step.atLeastMs)).toEqual([5_000, 10_000, 15_000]);
    expect(inWords(classify(taken, { ...FRESH, replaced: 3 }))).toBe("lose: replaced");
  });

  it("takes a gateway that gave up after a while for impatient, and parks again at once", () => {
    const held = { ...FRESH, heldMs: 60_000 };
    expect(inWords(classify(answer(504), held))).toBe("again, suspect");
    expect(inWords(classify(answer(502), { ...held, attempt: 9 }))).toBe("again, suspect");
    expect(inWords(classify(answer(504), { ...FRESH, heldMs: 5_000 }))).toBe("wait: serverTrouble");
    // The server's own word, and its own trouble, are no impatience.
    expect(inWords(classify(answer(504, reason("Timeout", "ServiceTimeout")), held))).toBe(
      "wait: serverTrouble",
    );
    expect(inWords(classify(answer(503), held))).toBe("wait: serverTrouble");
  });

  it("takes the time that the server asks for, by seconds or by date", () => {
    const atLeast = (value: string) => {
      const step = classify(answer(503, "", { "Retry-After": value }), FRESH);
      return step.do === "wait" ? step.atLeastMs : null;
    };
    expect(atLeast("120")).toBe(120_000);
    expect(atLeast("Thu, 01 Jan 1970 00:01:00 GMT")).toBe(60_000);
    expect(atLeast("soon")).toBeNull();
  });
});

describe("what puts the address in doubt", () => {
  const lossOf = (given: HttpAnswer, attempt: number) => {
    const step = classify(given, { ...FRESH, attempt });
    return step.do === "lose" && step.loss.cause === "rediscover" ? step.loss.problem : null;
  };

  const doubts: readonly (readonly [string, HttpAnswer, number, string, ...rules: string[]])[] = [
    ["403 at once, which speaks of a move", answer(403), 0, "moved", "events-403"],
    ["502 that lasts, which does too", answer(502), 3, "moved"],
    ["a stranger's 404 that lasts", answer(404), 3, "unexpected"],
    ["a page that lasts", answer(200), 3, "unexpected"],
  ];
  for (const [name, given, attempt, code, ...tags] of doubts) {
    it(`is ${name}`, { tags }, () => {
      expect(lossOf(given, attempt)).toMatchObject({ code, advice: { action: "rediscover" } });
      for (let earlier = 0; earlier < attempt; earlier++)
        expect(classify(given, { ...FRESH, attempt: earlier }).do).toBe("wait");
    });
  }
});

describe("what a failed event request leads to", () => {
  const failure = (kind: ConstructorParameters<typeof HttpFailure>[0]) =>
    new HttpFailure(kind, "", "pool.example");

  it("is suspected of being deaf when it was held too long, unless the way was just being proven", () => {
    const held = { ...FRESH, heldMs: 240_000 };
    expect(inWords(classify(failure("timeout"), held))).toBe("again, suspect");
    expect(inWords(classify(failure("timeout"), { ...held, probing: true }))).toBe("wait: timeout");
    // No connection was made at all.
    expect(inWords(classify(failure("timeout"), { ...FRESH, heldMs: 10_000 }))).toBe("wait: timeout");
    expect(inWords(classify(failure("aborted"), FRESH))).toBe("again, suspect");
  });

  it("is repeated with the same URL while it may pass, and leads back to discovery when it lasts", () => {
    for (const kind of ["unreachable", "interrupted", "unknownHost", "certificate"] as const) {
      expect(inWords(classify(failure(kind), FRESH))).toBe(`wait: ${kind}`);
      expect(inWords(classify(failure(kind), { ...FRESH, attempt: 7 }))).toBe("lose: rediscover");
    }
  });

  it("was cut when it had lived for long, which is no failure", () => {
    for (const kind of ["unreachable", "interrupted"] as const) {
      expect(inWords(classify(failure(kind), { ...FRESH, heldMs: 30_000 }))).toBe("again, suspect");
      expect(inWords(classify(failure(kind), { ...FRESH, heldMs: 10_000 }))).toBe(`wait: ${kind}`);
    }
    const proving = { ...FRESH, probing: true, heldMs: 30_000 };
    expect(inWords(classify(failure("timeout"), proving))).toBe("wait: timeout");
  });

  it("stops where only the person can help", () => {
    const refused = SessionProblem.stop("badCredentials", "No.");
    expect(inWords(classify(refused, FRESH))).toBe("lose: stopped");
    expect(inWords(classify(SessionProblem.retry("unexpected", "No."), FRESH))).toBe("wait: unexpected");
  });

  it("leads back to the search when no token can be had for long, and waits as it was told until then", () => {
    for (const problem of [
      SessionProblem.retry("unexpected", "No.", 7),
      SessionProblem.rediscover("unexpected", "No.", 7),
    ]) {
      expect(classify(problem, { ...FRESH, attempt: 2 })).toEqual({
        do: "wait",
        problem,
        atLeastMs: 7,
      });
      expect(classify(problem, { ...FRESH, attempt: 3 })).toEqual({
        do: "lose",
        loss: { cause: "rediscover", problem },
      });
    }
  });
});
