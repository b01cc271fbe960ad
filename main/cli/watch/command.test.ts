import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCommand } from "./command.ts";

const read = (text: string) => readCommand({ kind: "line", text });
const refusal = (text: string) => {
  const reading = read(text);
  if (reading.ok) throw new Error("The line was taken for a command");
  const { error, ...known } = reading.answer;
  return { ...known, code: error?.code };
};

describe("A line of standard input", () => {
  it.each([
    ['{"accept":"i1"}', { name: "accept", id: "i1" }],
    ['{"decline":"i1"}', { name: "decline", id: "i1", reason: "Global" }],
    ['{"decline":"i1","reason":"Local","tag":"t"}', { name: "decline", id: "i1", reason: "Local", tag: "t" }],
    ['{"reconnect":true,"tag":""}', { name: "reconnect", id: null, tag: "" }],
    [' { "quit" : true } ', { name: "quit", id: null }],
    ['{"cancel":"i1","tag":"t"}', { name: "cancel", id: "i1", tag: "t" }],
    ['{"leave":"c1"}', { name: "leave", id: "c1" }],
    ['{"say":"c1","text":"a\\nb","tag":"t"}', { name: "say", id: "c1", text: "a\nb", tag: "t" }],
    ['{"sayAgain":"m1","conversation":"c1"}', { name: "sayAgain", id: "m1", conversation: "c1" }],
    ['{"search":"ola","tag":"t"}', { name: "search", id: null, query: "ola", tag: "t" }],
    ['{"invite":"a@b","message":""}', { name: "invite", id: null, request: { to: "a@b", message: "" } }],
    [
      '{"invite":"a@b","message":"m","subject":"s","importance":"Urgent","tag":"t"}',
      {
        name: "invite",
        id: null,
        request: { to: "a@b", message: "m", subject: "s", importance: "Urgent" },
        tag: "t",
      },
    ],
  ])("%s is a command", (text, command) => {
    expect(read(text)).toEqual({ ok: true, command });
  });

  it.each([
    ["", { command: null, id: null, code: "notJson" }],
    ["accept i1", { command: null, id: null, code: "notJson" }],
    ["7", { command: null, id: null, code: "unknownCommand" }],
    ["null", { command: null, id: null, code: "unknownCommand" }],
    ['["accept"]', { command: null, id: null, code: "unknownCommand" }],
    ["{}", { command: null, id: null, code: "unknownCommand" }],
    ['{"acept":"i1","tag":"t"}', { command: null, id: null, tag: "t", code: "unknownCommand" }],
    ['{"toString":true}', { command: null, id: null, code: "unknownCommand" }],
    ['{"__proto__":{"accept":"i1"}}', { command: null, id: null, code: "unknownCommand" }],
    ['{"accept":7}', { command: "accept", id: null, code: "badCommand" }],
    ['{"accept":"i1","tag":7}', { command: "accept", id: "i1", code: "badCommand" }],
    ['{"accept":"i1","decline":"i1"}', { command: null, id: null, code: "badCommand" }],
    [
      '{"decline":"i1","reason":"local","tag":"t"}',
      { command: "decline", id: "i1", tag: "t", code: "badCommand" },
    ],
    ['{"decline":"i1","resaon":"Local"}', { command: "decline", id: "i1", code: "badCommand" }],
    ['{"reconnect":false}', { command: "reconnect", id: null, code: "badCommand" }],
    ['{"quit":1}', { command: "quit", id: null, code: "badCommand" }],
    ['{"say":"c1","tag":"t"}', { command: "say", id: "c1", tag: "t", code: "badCommand" }],
    ['{"say":"c1","text":7}', { command: "say", id: "c1", code: "badCommand" }],
    ['{"say":7,"text":"x"}', { command: "say", id: null, code: "badCommand" }],
    ['{"say":"c1","text":"x","leave":"c1"}', { command: null, id: null, code: "badCommand" }],
    ['{"sayAgain":"m1"}', { command: "sayAgain", id: "m1", code: "badCommand" }],
    ['{"leave":null}', { command: "leave", id: null, code: "badCommand" }],
    ['{"cancel":"i1","conversation":"c1"}', { command: "cancel", id: "i1", code: "badCommand" }],
    ['{"invite":"a@b","tag":"t"}', { command: "invite", id: null, tag: "t", code: "badCommand" }],
    [
      '{"invite":"a@b","message":"m","importance":"urgent"}',
      { command: "invite", id: null, code: "badCommand" },
    ],
    ['{"invite":"a@b","message":"m","to":"c@d"}', { command: "invite", id: null, code: "badCommand" }],
    ['{"search":true}', { command: "search", id: null, code: "badCommand" }],
  ])("%s is refused", (text, answer) => {
    expect(refusal(text)).toEqual(answer);
  });

  it("is refused when it is too long", () => {
    expect(readCommand({ kind: "tooLong" })).toMatchObject({
      ok: false,
      answer: { error: { code: "lineTooLong" } },
    });
  });

  it("is refused by the names of the fields that are wrong", () => {
    const message = (text: string) => {
      const reading = read(text);
      return reading.ok ? null : reading.answer.error?.message;
    };
    expect(message('{"say":"c1"}')).toContain("not as they have to be: text.");
    expect(message('{"invite":7,"subject":7}')).toContain(
      "not as they have to be: invite, message, subject.",
    );
  });

  it("never throws, and its refusal quotes nothing of it but id and tag", () => {
    const anything = fc.oneof(
      fc.string(),
      fc.json(),
      fc.object().map((value) => JSON.stringify(value)),
    );
    const nearly = fc
      .record({
        key: fc.constantFrom(
          "accept",
          "decline",
          "cancel",
          "invite",
          "say",
          "sayAgain",
          "leave",
          "search",
          "quit",
        ),
        value: fc.jsonValue(),
        rest: fc.dictionary(fc.string(), fc.jsonValue()),
      })
      .map(({ key, value, rest }) => JSON.stringify({ ...rest, [key]: value }));
    fc.assert(
      fc.property(fc.oneof(anything, nearly), (text) => {
        const reading = read(text);
        if (reading.ok) return;
        expect(reading.answer.error).not.toBeNull();
      }),
    );
    const reading = read('{"accept":"i1","text":"a secret","extra secret":1}');
    expect(JSON.stringify(reading)).not.toContain("secret");
  });
});
