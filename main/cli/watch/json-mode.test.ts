import fc from "fast-check";
import { describe, expect, it } from "vitest";
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
    ['{"cancel":"i1"}', "answer cancel i1 false notSupported"],
    ['{"invite":"ben@contoso.example","message":"hello"}', "answer invite null false notSupported"],
    ['{"say":"c1","text":"hello"}', "answer say c1 false notSupported"],
    ['{"leave":"c1"}', "answer leave c1 false notSupported"],
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

  it("gives exactly one answer to each line, whatever it holds and however it is cut", async () => {
    const line = fc.oneof(
      fc.string().map((text) => text.replaceAll(/[\r\n]/g, "")),
      fc.json(),
      fc.constantFrom(
        '{"accept":"i1"}',
        '{"decline":"i2","tag":"t"}',
        '{"reconnect":true}',
        '{"say":"c"}',
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
