import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AppState } from "../../core/app-state.ts";
import type { Invitation } from "../../invitations/invitation.ts";
import type { SessionState } from "../../ucwa/session-port.ts";
import { answerLine, JsonLines } from "./json-lines.ts";
import { anInvitation } from "./testing/an-invitation.ts";

const NOW = Date.UTC(2026, 0, 5, 9, 0, 1);
const SIGNED_OUT: SessionState = { name: "signedOut" };

function told(...states: Partial<AppState>[]): string[][] {
  const lines = new JsonLines(SIGNED_OUT);
  let state: AppState = { session: SIGNED_OUT, invitations: [], conversations: [] };
  return states.map((change) => lines.changes((state = { ...state, ...change }), NOW));
}

describe("A session line", () => {
  it.each<[SessionState, string]>([
    [{ name: "discovering" }, '"state":"discovering"'],
    [{ name: "authenticating" }, '"state":"authenticating"'],
    [{ name: "creating" }, '"state":"creating"'],
    [{ name: "online", generation: 3 }, '"state":"online"'],
    [
      { name: "reconnecting", reason: "unreachable", detail: "No answer.", retryAt: NOW + 1500 },
      '"state":"reconnecting","reason":"unreachable","detail":"No answer.","retryAt":"2026-01-05T09:00:02.500Z"',
    ],
    [
      { name: "reconnecting", reason: "unreachable", detail: "", retryAt: null },
      '"state":"reconnecting","reason":"unreachable"',
    ],
    [
      { name: "attention", reason: "badCredentials", detail: "Wrong\u001B[31m\r\npassword." },
      '"state":"attention","reason":"badCredentials","detail":"Wrong[31m\\npassword."',
    ],
  ])("tells %j", (session, body) => {
    expect(told({ session })).toEqual([[`{"type":"session","at":"2026-01-05T09:00:01.000Z",${body}}`]]);
  });

  it("is printed only when something has changed", () => {
    const reconnecting: SessionState = { name: "reconnecting", reason: "timeout", detail: "d", retryAt: NOW };
    expect(
      told(
        { session: SIGNED_OUT },
        { session: { name: "online", generation: 1 } },
        { session: { name: "online", generation: 2 } },
        { session: reconnecting },
        { session: { ...reconnecting } },
        { session: { ...reconnecting, retryAt: NOW + 1 } },
      ).map((lines) => lines.length),
    ).toEqual([0, 1, 0, 1, 0, 1]);
  });

  it("comes after the invitations that changed with it, so that signedOut is the last line", () => {
    const [, last] = told(
      { session: { name: "online", generation: 1 }, invitations: [anInvitation()] },
      { session: SIGNED_OUT, invitations: [anInvitation({ state: "withdrawn", endedAt: NOW })] },
    );
    expect(last?.map((line) => (JSON.parse(line) as { state: string }).state)).toEqual([
      "withdrawn",
      "signedOut",
    ]);
  });
});

describe("An invitation line", () => {
  it("holds every field of the contract, in its order", () => {
    expect(told({ invitations: [anInvitation()] })).toEqual([
      [
        '{"type":"invitation","at":"2026-01-05T09:00:01.000Z","id":"i1","kind":"messaging","direction":"incoming","state":"ringing",' +
          '"from":{"name":"Lena Berg","uri":"sip:lena@contoso.example","network":"SameEnterprise","anonymous":false},' +
          '"to":"sip:anna@contoso.example","onBehalfOf":null,"subject":"Quarterly figures",' +
          '"message":{"text":"Have you got a minute?","format":"plain"},"importance":"Normal","threadId":"thread","operationId":null,' +
          '"canAccept":true,"canDecline":true,"canCancel":false,"conversation":"c1","acceptedBy":null,' +
          '"receivedAt":"2026-01-05T09:00:00.000Z","endedAt":null,"reason":null,' +
          '"delegator":null,"forwardedBy":null,"transferredBy":null,"privateLine":false,"phoneNumber":null,' +
          '"otherMessageType":null,"inKnownConversation":false,"inLobby":false,"declineScope":null,"meeting":null}',
      ],
    ]);
  });

  it("holds what is only known at the end", () => {
    const ended = anInvitation({
      state: "forwarded",
      message: null,
      to: null,
      canAccept: false,
      canDecline: false,
      acceptedBy: { name: "Ben", uri: "sip:ben@contoso.example" },
      endedAt: NOW,
      reason: { code: "Informational", subcode: "Redirected", message: null },
    });
    const [line] = told({ invitations: [ended] })[0] ?? [];
    expect(JSON.parse(line ?? "")).toMatchObject({
      state: "forwarded",
      to: null,
      message: null,
      acceptedBy: { name: "Ben", uri: "sip:ben@contoso.example" },
      endedAt: "2026-01-05T09:00:01.000Z",
      reason: { code: "Informational", subcode: "Redirected", message: null },
    });
  });

  it("holds the way that a call has come, and what its meeting has", () => {
    const meeting = {
      uri: "sip:m@contoso.example",
      modalities: ["Audio"],
      anonymousDisplayName: null,
    } as const;
    const way = { delegator: "Ines", forwardedBy: "Tom", transferredBy: "Uta", privateLine: true };
    const [line] =
      told({ invitations: [anInvitation({ ...way, phoneNumber: "tel:+1425", meeting })] })[0] ?? [];
    expect(JSON.parse(line ?? "")).toMatchObject({
      ...way,
      phoneNumber: "tel:+1425",
      meeting: { uri: "sip:m@contoso.example", modalities: ["Audio"] },
    });
  });

  it("is printed again at each change of what it tells, and not for what it does not tell", () => {
    const answering: Partial<Invitation> = {
      state: "answering",
      canAccept: false,
      canDecline: false,
      answering: "accept",
    };
    expect(
      told(
        { invitations: [anInvitation()] },
        { invitations: [anInvitation()] },
        { invitations: [anInvitation({ answerProblem: "No answer." })] },
        { invitations: [anInvitation(answering)] },
        { invitations: [anInvitation({ ...answering, answering: "decline" })] },
      ).map((lines) => lines.length),
    ).toEqual([1, 0, 0, 1, 0]);
  });

  it("never follows the one that told the end", () => {
    const ended: Partial<Invitation> = { state: "missed", endedAt: NOW };
    expect(
      told(
        { invitations: [anInvitation()] },
        { invitations: [anInvitation(ended)] },
        { invitations: [anInvitation({ ...ended, subject: "Another" })] },
        { invitations: [anInvitation(ended), anInvitation({ id: "i2" })] },
      ).map((lines) => lines.map((line) => (JSON.parse(line) as Invitation).id)),
    ).toEqual([["i1"], ["i1"], [], ["i2"]]);
  });

  it("calls a network that is not listed Unknown", () => {
    const from = { ...anInvitation().from, network: "Skype" as "Unknown" };
    expect(told({ invitations: [anInvitation({ from })] })[0]?.[0]).toContain('"network":"Unknown"');
  });

  it("is one line of JSON without control characters in any text, whatever the wire holds", () => {
    const text = fc.string({ unit: "binary" });
    const wild = fc.record({
      subject: text,
      to: fc.option(text),
      onBehalfOf: fc.option(text),
      threadId: fc.option(text),
      operationId: fc.option(text),
      from: fc.record({
        name: text,
        uri: text,
        network: fc.constant("Federated" as const),
        anonymous: fc.boolean(),
      }),
      message: fc.option(fc.record({ text, format: fc.constantFrom("plain" as const, "html" as const) })),
      acceptedBy: fc.option(fc.record({ name: text, uri: text })),
      reason: fc.option(fc.record({ code: text, subcode: fc.option(text), message: fc.option(text) })),
    });
    fc.assert(
      fc.property(wild, (overrides) => {
        const [line, ...others] = told({ invitations: [anInvitation(overrides)] })[0] ?? [];
        expect(others).toEqual([]);
        expect(line).not.toContain("\n");
        for (const value of texts(JSON.parse(line ?? ""))) expect(value).not.toMatch(/(?![\n\t])\p{Cc}/u);
      }),
    );
  });
});

describe("An answer line", () => {
  it("tells that a command was taken", () => {
    expect(answerLine({ command: "accept", id: "i1", error: null }, NOW)).toBe(
      '{"type":"answer","at":"2026-01-05T09:00:01.000Z","command":"accept","id":"i1","ok":true}',
    );
  });

  it("tells why not, and brings the tag back as it came", () => {
    const error = { code: "refused", message: "The server\u0007 said no." };
    expect(answerLine({ command: null, id: null, tag: "a\u0001\n", error }, NOW)).toBe(
      String.raw`{"type":"answer","at":"2026-01-05T09:00:01.000Z","command":null,"id":null,"tag":"a\u0001\n","ok":false,"error":{"code":"refused","message":"The server said no."}}`,
    );
  });
});

function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(texts) : [];
}
