import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { speak } from "../../../locales/texts.ts";
import type { Invitation } from "../../invitations/invitation.ts";
import { safeLine } from "../../ucwa/resources/safe-text.ts";
import { invitation } from "./testing/ringing-invitation.ts";
import { columnsOf } from "../terminal/width.ts";
import { notificationRequest, numbered, truncate } from "./notification-text.ts";

afterEach(() => speak({ language: "en", region: "en" }));

function request(over: Partial<Invitation> = {}, problem: string | null = null) {
  return notificationRequest(invitation(over), { problem, canOpen: false });
}

const from = invitation().from;

describe("the notification of an invitation", () => {
  it("names the caller, the address, the subject and the first line of the message, and offers both answers", () => {
    expect(request()).toEqual({
      summary: "Lene Aaling",
      body: "lene\u200B@contoso.com\nStrategy for next quarter\nHi Tosh",
      urgency: "critical",
      category: "im.received",
      actions: [
        { key: "accept", label: "Accept" },
        { key: "decline", label: "Decline" },
      ],
    });
  });

  it("is German for whoever reads German, and no longer for it", () => {
    speak({ language: "de", region: "de-AT" });
    const { summary, body, actions } = request({
      from: { ...from, name: "Lene-Annegret Aaling-Østergaard", network: "Federated" },
      importance: "Emergency",
      subject: "Bücher & Brände",
      message: null,
    });
    expect(actions.map(({ label }) => label)).toEqual(["Annehmen", "Ablehnen"]);
    expect(summary).toBe("Lene-Annegret Aaling-Øster… (extern)");
    expect(body).toBe("Notfall\nlene\u200B@contoso.com\nBücher & Brände");
    const text = notificationRequest(invitation(), { problem: null, canOpen: true });
    expect([text.openLabel, numbered(text, 2).body.split("\n").at(-1)]).toEqual([
      "Öffnen",
      "2. Einladung mit diesem Wortlaut",
    ]);
  });

  it("says only what the message adds", () => {
    const message = { text: "\n  \nStrategy for next quarter\nsecond", format: "plain" as const };
    expect(request({ message }).body).toBe("lene\u200B@contoso.com\nStrategy for next quarter");
  });

  it.each([
    ["an address where there is no name", { ...from, name: "" }, "lene@contoso.com"],
    ["a caller who gave neither", { ...from, name: "", uri: "" }, "Unknown caller"],
    ["an anonymous caller", { ...from, anonymous: true }, "Anonymous caller"],
    ["a federated caller as external", { ...from, network: "Federated" as const }, "Lene Aaling (external)"],
    ["a public caller as external", { ...from, network: "PublicCloud" as const }, "Lene Aaling (external)"],
    [
      "a right-to-left name without turning what follows",
      { ...from, name: "דנה", network: "Federated" as const },
      "\u2068דנה\u2069 (external)",
    ],
  ])("shows %s", (_, person, summary) => {
    expect(request({ from: person }).summary).toBe(summary);
  });

  it("says first, on one line, whom it is for and who passed it on", () => {
    const route = { delegator: "Ines Roth", privateLine: true, forwardedBy: "sip:tom@contoso.com" };
    expect(request(route).body.split("\n")[0]).toBe(
      "For Ines Roth, on your private line, forwarded by tom@contoso.com",
    );
    expect(request({ onBehalfOf: "Sales" }).body.split("\n")[0]).toBe("On behalf of Sales");
  });

  it("says of a call and of a meeting that they are one, whatever their subject", () => {
    const subject = "Budget";
    const message = null;
    expect(request({ kind: "onlineMeeting", subject, message }).body).toBe(
      "lene\u200B@contoso.com\nInvites you to a meeting: Budget",
    );
    expect(request({ kind: "phoneAudio", subject, message }).body).toBe(
      "lene\u200B@contoso.com\nCalls your phone: Budget",
    );
  });

  it("tells of a message that is no text, and of none not", () => {
    const subject = "";
    expect(request({ subject, message: null, otherMessageType: "application/sdp" }).body).toBe(
      "lene\u200B@contoso.com\nNew message",
    );
    expect(request({ subject, message: null, otherMessageType: null }).body).toBe(
      "lene\u200B@contoso.com\nInvites you to a conversation",
    );
  });

  it("names a caller by phone by the number", () => {
    const uri = "sip:+14255550100@contoso.com;user=phone";
    expect(request({ from: { ...from, name: "", uri } }).summary).toBe("+14255550100");
  });

  it("says that the organiser of the meeting has yet to let the person in", () => {
    const text = request({ state: "answering", answering: "accept", inLobby: true });
    expect(text.body.split("\n")[0]).toBe("Waiting to be let in…");
  });

  it.each([
    ["messaging", "im.received", "Invites you to a conversation"],
    ["phoneAudio", "call.incoming", "Calls your phone"],
    ["audioVideo", "call.incoming", "Calls you"],
    ["onlineMeeting", "im", "Invites you to a meeting"],
  ] as const)("says what a bare %s invitation wants", (kind, category, body) => {
    expect(request({ kind, subject: "", message: null })).toMatchObject({
      category,
      body: `lene\u200B@contoso.com\n${body}`,
    });
  });

  it.each(["Urgent", "Emergency"] as const)(
    "says first that an invitation is of importance %s",
    (importance) => {
      expect(request({ importance }).body.split("\n")[0]).toBe(importance);
      expect(request({ importance, onBehalfOf: "Sales" }).body.split("\n")[0]).toBe(
        `${importance}, on behalf of Sales`,
      );
    },
  );

  it("is critical while it rings and while an answer is on its way, so that services keep it with its buttons", () => {
    expect(request({ importance: "Normal" }).urgency).toBe("critical");
    expect(request({ state: "answering", answering: "accept" }).urgency).toBe("critical");
    expect(request({}, "Not reached.").urgency).toBe("critical");
  });

  it("is ordinary while the organiser of a meeting lets the person wait", () => {
    expect(request({ state: "answering", answering: "accept", inLobby: true }).urgency).toBe("normal");
  });

  it("has no button without its link", () => {
    expect(request({ canAccept: false }).actions).toEqual([{ key: "decline", label: "Decline" }]);
    expect(request({ canDecline: false }).actions).toEqual([{ key: "accept", label: "Accept" }]);
  });

  it.each([
    ["accept", "Accepting…"],
    ["decline", "Declining…"],
    [null, "Answering…"],
  ] as const)("says that the answer %s is on its way, without buttons", (answering, line) => {
    const text = request({ state: "answering", answering });
    expect(text.actions).toEqual([]);
    expect(text.body.split("\n")[0]).toBe(line);
  });

  it("says first why an answer did not arrive, the invitation's own reason before another", () => {
    expect(request({}, "Not reached.").body.split("\n")[0]).toBe("Not reached.");
    expect(request({ answerProblem: "Refused." }, "Not reached.").body.split("\n")[0]).toBe("Refused.");
  });
});

describe("what is never cut", () => {
  const long = `${"Wilhelmina ".repeat(7)}of Sales`;

  it.each([long, "長".repeat(80), "דנה".repeat(27)])(
    "of a name of eighty characters is that it is from outside: %s",
    (name) => {
      const { summary } = request({ from: { ...from, name, network: "Federated" } });
      expect(summary).toMatch(/^.+…\u2069? \(external\)$/);
      expect(columnsOf(summary)).toBeLessThanOrEqual(36);
    },
  );

  it("is who, where from and how urgent: they come first", () => {
    const subject = "About ".repeat(99);
    const message = { text: "Please ".repeat(99), format: "plain" as const };
    const { summary, body } = request({
      from: { ...from, name: long, network: "Federated" },
      importance: "Urgent",
      subject,
      message,
    });
    expect([summary, ...body.split("\n").slice(0, 2)]).toEqual([
      "Wilhelmina Wilhelmina Wi… (external)",
      "Urgent",
      "lene\u200B@contoso.com",
    ]);
  });

  it("is the end of an address, which tells where it belongs", () => {
    const uri = `sip:${"lene.".repeat(20)}@fabrikam.example`;
    const [address = ""] = request({ from: { ...from, uri } }).body.split("\n");
    expect(address).toMatch(/^….*\u200B@fabrikam\.example$/);
    expect(columnsOf(address)).toBe(48);
  });

  it("is a button: no line is long enough to push it off the screen", () => {
    const wide = "話".repeat(400);
    const over = { importance: "Emergency", delegator: wide, onBehalfOf: wide, subject: wide } as const;
    const message = { text: wide, format: "plain" as const };
    for (const line of request({ ...over, message }, wide).body.split("\n"))
      expect(columnsOf(line)).toBeLessThanOrEqual(120);
  });
});

describe("a second invitation with the same words", () => {
  it("says that it is one", () => {
    expect(numbered(request(), 1)).toEqual(request());
    expect(numbered(request(), 2).body).toBe(`${request().body}\nInvitation 2 with these words`);
  });
});

describe("texts of strangers", () => {
  const wild = fc.string({ unit: "binary", maxLength: 400 });

  it("never bring a line break, a control character or a change of direction", () => {
    fc.assert(
      fc.property(wild, wild, wild, (name, subject, text) => {
        const shown = request({ from: { ...from, name }, subject, message: { text, format: "plain" } });
        expect(shown.body.split("\n").length).toBeLessThanOrEqual(3);
        for (const line of [shown.summary, ...shown.body.split("\n")]) {
          expect(safeLine(line.replaceAll(/[\u200B\u2068\u2069]/g, ""))).toBe(
            line.replaceAll(/[\u200B\u2068\u2069]/g, ""),
          );
          expect(line.isWellFormed()).toBe(true);
        }
      }),
    );
  });

  it("are cut between graphemes, never longer than allowed", () => {
    const family = "👩‍👩‍👧‍👦";
    expect(truncate(family.repeat(5), 5)).toBe(`${family}${family}…`);
    expect(truncate(family.repeat(5), 4)).toBe(`${family}…`);
    expect(truncate("漢字の名前", 10)).toBe("漢字の名前");
    expect(truncate("漢字の名前", 9)).toBe("漢字の名…");
    expect(truncate("é".normalize("NFD").repeat(4), 4)).toBe("é".normalize("NFD").repeat(4));
    expect(truncate("abcdef", 6)).toBe("abcdef");
    expect(truncate("abc def", 5)).toBe("abc…");
    expect(truncate(`a${"\u0301".repeat(9_000)}`, 10)).toBe("…");
    expect(truncate("x".repeat(2_000_000), 10)).toBe(`${"x".repeat(9)}…`);
  });
});
