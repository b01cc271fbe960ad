import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AppState } from "../../core/app-state.ts";
import type { AttentionReason, SessionState } from "../../ucwa/session-port.ts";
import { shownIn } from "./ascii.ts";
import { happenings } from "./happenings.ts";
import { UNPAINTED } from "./paint.ts";
import { liveLines, type PlainContext } from "./plain.ts";
import { anInvitation, ONLINE, START } from "./testing/an-invitation.ts";
import { columnsOf } from "./width.ts";

function live(state: Partial<AppState>, context: Partial<PlainContext> = {}, now = START + 12_300): string[] {
  return liveLines({ session: ONLINE, invitations: [], conversations: [], ...state }, now, {
    address: "anna@contoso.example",
    numbers: new Map(),
    selected: null,
    keys: true,
    hints: null,
    keeps: () => false,
    columns: 100,
    rows: 24,
    paint: UNPAINTED,
    shown: (text) => text,
    ...context,
  });
}

describe("The terminal while somebody rings", () => {
  it("shows who, since when, about what, and what to press", () => {
    expect(live({ invitations: [anInvitation()] })).toEqual([
      "♪ Lena Berg (lena@contoso.example) invites you to a conversation 12 s",
      "  “Quarterly figures”",
      "  Have you got a minute?",
      "anna@contoso.example: Online. Waiting for invitations.",
      "a = accept   d = decline   q = quit",
    ]);
  });

  it("numbers several, marks the chosen one, and keeps each number", () => {
    const invitations = [
      anInvitation({ id: "two", subject: "", message: null }),
      anInvitation({
        id: "five",
        from: { name: "", uri: "sip:ben@fabrikam.example", network: "Federated", anonymous: false },
        message: null,
      }),
    ];
    const numbers = new Map([
      ["two", 2],
      ["five", 5],
    ]);
    expect(live({ invitations }, { numbers, selected: "five" })).toEqual([
      " 2 ♪ Lena Berg (lena@contoso.example) invites you to a conversation 12 s",
      ">5 ♪ ben@fabrikam.example (outside your organisation) invites you to a conversation 12 s",
      "     “Quarterly figures”",
      "anna@contoso.example: Online. Waiting for invitations.",
      "number = choose   a = accept   d = decline   q = quit",
    ]);
  });

  it("offers no answer that the server offers none for", () => {
    expect(live({ invitations: [anInvitation({ canAccept: false })] }).at(-1)).toBe("d = decline   q = quit");
    expect(live({ invitations: [anInvitation({ canAccept: false, canDecline: false })] }).at(-1)).toBe(
      "q = quit",
    );
    expect(live({ invitations: [anInvitation()] }, { keys: false }).at(-1)).not.toContain("accept");
  });

  it("says that an answer is on its way, and when it did not arrive", () => {
    const answering = anInvitation({
      state: "answering",
      canAccept: false,
      canDecline: false,
      answering: "accept",
    });
    expect(live({ invitations: [answering] })[3]).toBe("  Accepting…");
    expect(live({ invitations: [anInvitation({ answerProblem: "The server did not answer." })] })[3]).toBe(
      "  The server did not answer.",
    );
  });

  it("keeps the seconds in sight however long a name is, and counts columns, not characters", () => {
    const from = { ...anInvitation().from, name: "王".repeat(60) };
    const [head] = live({ invitations: [anInvitation({ from })] }, { columns: 40 });
    expect(head).toBe(`♪ ${"王".repeat(16)}… 12 s`);
    expect(columnsOf(head ?? "")).toBeLessThanOrEqual(40);
  });

  it("breaks the keys between two of them in a narrow window", () => {
    const session: SessionState = { name: "reconnecting", reason: "timeout", detail: "Lost.", retryAt: null };
    expect(live({ session, invitations: [anInvitation()] }, { columns: 28 }).slice(-3)).toEqual([
      "Lost. Trying again…",
      "a = accept   d = decline",
      "r = try again now   q = quit",
    ]);
  });

  it("says how many more ring than the window has room for", () => {
    const invitations = Array.from({ length: 5 }, (_, index) =>
      anInvitation({ id: `i${index}`, subject: "", message: null }),
    );
    const lines = live(
      { invitations },
      { rows: 5, numbers: new Map(invitations.map(({ id }, index) => [id, index + 1])) },
    );
    expect(lines).toEqual([
      " 1 ♪ Lena Berg (lena@contoso.example) invites you to a conversation 12 s",
      " 2 ♪ Lena Berg (lena@contoso.example) invites you to a conversation 12 s",
      " 3 ♪ Lena Berg (lena@contoso.example) invites you to a conversation 12 s",
      "… and 2 more",
      "number = choose   a = accept   d = decline   q = quit",
    ]);
  });

  it("shows who rings in the smallest window, the chosen one among them, then what to press", () => {
    const [one, two] = ["i1", "i2"].map((id) =>
      anInvitation({ id, from: { ...anInvitation().from, name: id, uri: "" }, message: null }),
    );
    const invitations = [one!, two!];
    const numbers = new Map([
      ["i1", 1],
      ["i2", 2],
    ]);
    const rows = (rows: number, context: Partial<PlainContext> = {}) =>
      live({ invitations }, { rows, numbers, ...context });
    const heads = [
      " 1 ♪ i1 invites you to a conversation 12 s",
      " 2 ♪ i2 invites you to a conversation 12 s",
    ];
    const keys = "number = choose   a = accept   d = decline   q = quit";
    expect(rows(1)).toEqual([heads[0]]);
    expect(rows(1, { selected: "i2" })).toEqual([heads[1]!.replace(" ", ">")]);
    expect(rows(2)).toEqual([heads[0], keys]);
    expect(rows(3)).toEqual([...heads, keys]);
    expect(rows(4)).toEqual([heads[0], "     “Quarterly figures”", heads[1], keys]);
    const session: SessionState = {
      name: "reconnecting",
      reason: "unreachable",
      detail: "Lost.",
      retryAt: null,
    };
    expect(live({ session, invitations }, { rows: 4, numbers, keys: false }).at(-1)).toBe(
      "Lost. Trying again…",
    );
    expect(live({}, { rows: 1 })).toEqual(["anna@contoso.example: Online. Waiting for invitations."]);
  });

  it("is measured as it is shown where the terminal knows ASCII alone", () => {
    const from = { ...anInvitation().from, name: "Zoë Müller", uri: "" };
    const [head, subject] = live(
      { invitations: [anInvitation({ from })] },
      { columns: 30, shown: shownIn("linux", {}) },
    );
    expect(head).toBe("* Zoe Muller invites y... 12 s");
    expect(subject).toBe('  "Quarterly figures"');
  });

  it("lets no escape sequence, line break or change of direction from the wire through", () => {
    const evil = "\u001B]0;owned\u0007\u001B[2J\r\n\u202Eevil\u009B31m\u2028";
    const text = fc.oneof(fc.constant(evil), fc.string({ unit: "binary" }));
    const wild = fc.record({
      from: fc.record({
        name: text,
        uri: text,
        network: fc.constant("Federated" as const),
        anonymous: fc.boolean(),
      }),
      subject: text,
      onBehalfOf: text,
      delegator: text,
      forwardedBy: text,
      transferredBy: text,
      message: fc.record({ text, format: fc.constant("plain" as const) }),
      answerProblem: text,
      reason: fc.record({ code: text, subcode: text, message: text }),
      acceptedBy: fc.record({ name: text, uri: text }),
      state: fc.constantFrom("failed" as const, "forwarded" as const, "ringing" as const),
    });
    fc.assert(
      fc.property(
        wild,
        text,
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 10 }),
        (overrides, detail, columns, rows) => {
          const invitation = anInvitation({
            ...overrides,
            endedAt: overrides.state === "ringing" ? null : START,
          });
          const session: SessionState = { name: "attention", reason: "certificate", detail };
          const state: AppState = { session, invitations: [invitation], conversations: [] };
          const shown = live(state, { columns, rows });
          expect(shown.length).toBeLessThanOrEqual(rows);
          for (const line of shown) expect(columnsOf(line)).toBeLessThanOrEqual(columns);
          const said = happenings({ session: ONLINE, invitations: [], conversations: [] }, state, START, {
            address: "a@b",
            paint: UNPAINTED,
            everything: true,
          });
          for (const line of [...shown, ...said])
            expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
        },
      ),
    );
  });
});

describe("The terminal while nobody rings", () => {
  it.each<[SessionState, string[]]>([
    [{ name: "discovering" }, ["Looking for the server…", "q = quit"]],
    [{ name: "authenticating" }, ["Signing in…", "q = quit"]],
    [{ name: "creating" }, ["Registering with the server…", "q = quit"]],
    [ONLINE, ["anna@contoso.example: Online. Waiting for invitations.", "c = call   q = quit"]],
    [
      { name: "reconnecting", reason: "timeout", detail: "The network is gone", retryAt: START + 20_000 },
      ["The network is gone. Trying again in 8 s.", "r = try again now   q = quit"],
    ],
    [
      { name: "reconnecting", reason: "timeout", detail: "", retryAt: null },
      ["The connection was lost. Trying again…", "r = try again now   q = quit"],
    ],
    [{ name: "signedOut" }, ["Signed out.", "q = quit"]],
  ])("tells %j in words", (session, lines) => {
    expect(live({ session })).toEqual(lines);
  });

  it.each<[AttentionReason, RegExp]>([
    ["badCredentials", /password/],
    ["signInNotOffered", /administrator/],
    ["untrustedServer", /administrator/],
    ["certificate", /certificate/],
    ["notFound", /--server/],
    ["tooManyApplications", /one of them/],
    ["userAgentNotAllowed", /administrator/],
    ["mobileNotAllowed", /administrator/],
    ["unsupportedServer", /administrator/],
  ])("says for %s what can be done", (reason, advice) => {
    const lines = live(
      { session: { name: "attention", reason, detail: "It did not work." } },
      { columns: 40 },
    );
    expect(lines.join(" ")).toMatch(/^It did not work\. /);
    expect(lines.join(" ")).toMatch(advice);
    expect(lines.at(-1)).toBe("r = try again now   q = quit");
  });
});
