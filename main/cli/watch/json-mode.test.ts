import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ConversationMessage } from "../../conversations/conversation.ts";
import { aConversation, aMessage, ownMessage } from "../../surfaces/terminal/testing/a-talk.ts";
import { anInvitation } from "../../surfaces/terminal/testing/an-invitation.ts";
import { FakeProgram } from "../testing/fakes.ts";

async function watching(input = "hunter2\n"): Promise<{ program: FakeProgram; status: Promise<number> }> {
  const program = new FakeProgram();
  program.stdin.write(input);
  const status = program.run("watch", "--user", "anna@contoso.example", "--password-stdin", "--json");
  await program.settle();
  return { program, status };
}

/** What matters of a line, in one string. */
function summary({ type, state, command, id, ok, tag, error }: Record<string, unknown>): string {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return [type, state, command, id, tag, ok, code]
    .flatMap((part) => (part === undefined ? [] : [typeof part === "string" ? part : JSON.stringify(part)]))
    .join(" ");
}

describe("doorbell watch --json", () => {
  it("prints every change, carries out commands, and ends with signedOut", async () => {
    const { program, status } = await watching();
    program.core.becomes({ session: { name: "authenticating" } });
    program.core.becomes({ session: { name: "online", generation: 1 } });
    program.core.becomes({ invitations: [anInvitation()] });
    program.stdin.write(
      '{"accept":"i1","tag":"t"}\r\n{"decline":"i1","reason":"Local"}\n{"decline":"nobody"}\n{"reconnect":true}\n',
    );
    await program.settle();
    program.stdin.write('{"quit":true}\n');
    expect(await status).toBe(0);
    expect(program.lines.map(summary)).toEqual([
      "session discovering",
      "session authenticating",
      "session online",
      "invitation ringing i1",
      "answer accept i1 t true",
      "answer decline i1 true",
      "answer decline nobody false unknownInvitation",
      "answer reconnect null true",
      "answer quit null true",
      "session signedOut",
    ]);
    expect(program.core.done).toEqual([
      "start",
      "accept i1",
      "decline i1 Local",
      "decline nobody Global",
      "tryNow",
      "leave",
      "signOut",
      "close",
    ]);
    expect(program.err).toBe("");
    expect(program.clock.pending).toBe(0);
  });

  it("reads the password and the commands from one chunk", async () => {
    const { program, status } = await watching('hunter2\r\n{"reconnect":true}\r\n{"quit":true}\r\n');
    expect(await status).toBe(0);
    expect(await program.accounts[0]?.password("https://pool.contoso.example/")).toBe("hunter2");
    expect(program.core.done).toEqual(["start", "tryNow", "leave", "signOut", "close"]);
  });

  it("signs out at the end of input", async () => {
    const { program, status } = await watching();
    program.stdin.end();
    expect(await status).toBe(0);
    expect(program.lines.map(summary)).toEqual(["session discovering", "session signedOut"]);
  });

  it("stays when only the person can help, so that a script may try again", async () => {
    const { program, status } = await watching();
    program.core.becomes({ session: { name: "attention", reason: "badCredentials", detail: "Wrong." } });
    program.stdin.write('{"reconnect":true}\n');
    await program.settle();
    expect(program.core.done).toEqual(["start", "tryNow"]);
    program.stdin.end();
    expect(await status).toBe(0);
  });

  it.each([
    ['{"invite":"ben@contoso.example"}', "answer invite null false badCommand"],
    ['{"say":"c1"}', "answer say c1 false badCommand"],
    ["nonsense", "answer null null false notJson"],
    ["", "answer null null false notJson"],
    [`"${"x".repeat(1024 * 1024)}"`, "answer null null false lineTooLong"],
  ])("answers %.40j and does nothing else", async (line, answer) => {
    const { program, status } = await watching();
    program.stdin.write(`${line}\n`);
    await program.settle();
    expect(program.lines.slice(1).map(summary)).toEqual([answer]);
    expect(program.core.done).toEqual(["start"]);
    program.stdin.end();
    expect(await status).toBe(0);
  });

  it("tells what is said in a conversation, says something there, and leaves it", async () => {
    const { program, status } = await watching();
    const accepted = anInvitation({ state: "accepted", endedAt: 1 });
    const said = (...messages: ConversationMessage[]): void =>
      program.core.becomes({ invitations: [accepted], conversations: [aConversation({ messages })] });
    said(aMessage());
    program.core.talkReceipt = (id) => {
      if (id === "c1") said(aMessage(), ownMessage({ state: "sending" }));
      return id === "c1"
        ? { ok: true }
        : { ok: false, error: { code: "unknownConversation", message: "No." } };
    };
    program.stdin.write('{"say":"c1","text":"I have.","tag":"t"}\n');
    await program.settle();
    said(aMessage(), ownMessage({ state: "failed", problem: "No answer." }));
    program.stdin.write('{"sayAgain":"m2","conversation":"c1"}\n{"leave":"c1"}\n{"leave":"c2"}\n');
    await program.settle();
    program.stdin.end();
    expect(await status).toBe(0);
    expect(program.lines.slice(1).map(summary)).toEqual([
      "invitation accepted i1",
      "message received m1",
      "message sending m2",
      "answer say c1 t true",
      "message failed m2",
      "message sending m2",
      "answer sayAgain m2 true",
      "answer leave c1 true",
      "answer leave c2 false unknownConversation",
      "session signedOut",
    ]);
    expect(program.core.done.slice(1, 5)).toEqual([
      "say c1 I have.",
      "sayAgain c1 m2",
      "leave c1",
      "leave c2",
    ]);
  });

  it("calls out, tells the id of what that made, takes it back, and finds people", async () => {
    const { program, status } = await watching();
    program.core.callReceipt = (about) =>
      about === "nobody"
        ? { ok: false, error: { code: "invalidAddress", message: "That is no address." } }
        : { ok: true, invitation: "o1" };
    const ola = { name: "Ola\u202E", uri: "sip:ola@contoso.example", title: "Lead", department: "" };
    program.core.found = { ok: true, people: [ola], moreAvailable: true };
    const request = { to: "ola@contoso.example", message: "Hello", subject: "S", importance: "Urgent" };
    program.stdin.write(
      '{"invite":"ola@contoso.example","message":"Hello","subject":"S","importance":"Urgent","tag":"t"}\n' +
        '{"invite":"nobody","message":""}\n{"cancel":"o1"}\n{"search":"ol"}\n',
    );
    await program.settle();
    program.core.found = { ok: false, error: { code: "notOnline", message: "Not online." } };
    program.stdin.write('{"search":"ol"}\n');
    await program.settle();
    program.stdin.end();
    expect(await status).toBe(0);
    expect(program.core.done.slice(1, 5)).toEqual([
      `invite ${JSON.stringify(request)}`,
      'invite {"to":"nobody","message":""}',
      "cancel o1",
      "search ol",
    ]);
    expect(program.lines.slice(1, 6).map(summary)).toEqual([
      "answer invite o1 t true",
      "answer invite null false invalidAddress",
      "answer cancel o1 true",
      "answer search null true",
      "answer search null false notOnline",
    ]);
    expect(program.lines[4]).toMatchObject({ people: [{ ...ola, name: "Ola" }], moreAvailable: true });
  });

  it("gives exactly one answer to each line, whatever it holds and however it is cut", async () => {
    const line = fc.oneof(
      fc.string().map((text) => text.replaceAll(/[\r\n]/g, "")),
      fc.json(),
      fc.constantFrom(
        '{"accept":"i1"}',
        '{"decline":"i2","tag":"t"}',
        '{"reconnect":true}',
        '{"say":"c"}',
        '{"say":"c","text":"x"}',
        '{"invite":"a@b","message":""}',
        '{"search":"x","tag":"t"}',
        '{"quit":false}',
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 8 }),
        fc.array(fc.nat(), { maxLength: 4 }),
        async (lines, cuts) => {
          const { program, status } = await watching();
          const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(""));
          const places = [
            0,
            ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b),
            bytes.length,
          ];
          for (const [index, place] of places.entries())
            program.stdin.write(bytes.subarray(places[index - 1] ?? 0, place));
          program.stdin.end();
          expect(await status).toBe(0);
          expect(program.lines.filter(({ type }) => type === "answer")).toHaveLength(lines.length);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("answers a command whose answer comes late before it ends, but does not wait for ever", async () => {
    const { program, status } = await watching();
    const late = Promise.withResolvers<{ ok: true }>();
    program.core.receipt = (id) => (id === "late" ? late.promise : new Promise(() => undefined));
    program.stdin.write('{"accept":"late"}\n{"accept":"never"}\n{"quit":true}\n');
    await program.settle();
    late.resolve({ ok: true });
    await program.clock.advance(1_000);
    expect(await status).toBe(0);
    expect(program.lines.map(summary)).toContain("answer accept late true");
  });

  it("answers a command that fails inside, and logs only its name", async () => {
    const { program, status } = await watching();
    program.core.receipt = () => Promise.reject(new Error("secret"));
    program.stdin.write('{"accept":"i1","tag":"t"}\n');
    await program.settle();
    expect(program.lines.slice(1).map(summary)).toEqual(["answer accept i1 t false internal"]);
    expect(program.err).toMatch(/ error commandFailed command=accept\n$/);
    program.stdin.end();
    await status;
  });

  it("takes no more commands than its reader reads answers", async () => {
    const { program, status } = await watching();
    program.stdout.pause();
    program.stdin.write('{"reconnect":true}\n'.repeat(5_000));
    await program.settle();
    const before = program.core.done.length;
    expect(before).toBeLessThan(2_500);
    program.stdout.resume();
    program.stdin.end();
    expect(await status).toBe(0);
    expect(program.core.done.filter((what) => what === "tryNow")).toHaveLength(5_000);
  });

  it("signs out when nobody reads any more", async () => {
    const { program, status } = await watching();
    program.stdout.destroy(Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
    expect(await status).toBe(0);
    expect(program.core.done).toEqual(["start", "leave", "signOut", "close"]);
    expect(program.err).toBe("");
  });

  it("asks for the password on a terminal without showing it, and then reads commands there", async () => {
    const program = new FakeProgram().terminal();
    const status = program.run("watch", "--user", "anna@contoso.example", "--json");
    await program.settle();
    expect(program.err).toBe("Password of anna@contoso.example: ");
    program.stdin.write('hunter2\r{"quit":true}\n');
    expect(await status).toBe(0);
    expect(await program.accounts[0]?.password("https://pool.contoso.example/")).toBe("hunter2");
    expect(program.rawModes).toEqual([true, false]);
    expect(program.lines.map(summary)).toEqual([
      "session discovering",
      "answer quit null true",
      "session signedOut",
    ]);
  });

  it("asks on a terminal for what --password-stdin promises, whatever the keychain holds", async () => {
    const program = new FakeProgram().terminal();
    program.env["DOORBELL_PASSWORD"] = "another";
    const status = program.run("watch", "--user", "anna@contoso.example", "--json", "--password-stdin");
    await program.settle();
    program.stdin.write("hunter2\r");
    await program.settle();
    expect(await program.accounts[0]?.password("https://pool.contoso.example/")).toBe("hunter2");
    program.stdin.end();
    expect(await status).toBe(0);
  });

  it("ends with status 130 when the question for the password is interrupted", async () => {
    const program = new FakeProgram().terminal();
    const status = program.run("watch", "--user", "anna@contoso.example");
    await program.settle();
    program.stdin.write("\u0003");
    expect(await status).toBe(130);
    expect(program.core.done).toEqual([]);
  });
});
