import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { anInvitation } from "../../surfaces/terminal/testing/an-invitation.ts";
import { FakeProgram } from "../testing/fakes.ts";

interface Watching {
  readonly program: FakeProgram;
  readonly status: Promise<number>;
}

async function watching(program: FakeProgram): Promise<Watching> {
  program.env["DOORBELL_PASSWORD"] = "hunter2";
  const status = program.run("watch", "--user", "anna@contoso.example");
  await program.settle();
  return { program, status };
}

async function onTerminal(): Promise<Watching> {
  return await watching(new FakeProgram().terminal());
}

describe("doorbell watch on a terminal", () => {
  it("draws who rings, rings the bell once, counts the seconds, and says how it ended", async () => {
    const { program, status } = await onTerminal();
    program.core.becomes({ session: { name: "online", generation: 1 } });
    program.core.becomes({ invitations: [anInvitation()] });
    program.core.becomes({ invitations: [anInvitation({ subject: "Figures" })] });
    await program.clock.advance(3_000);
    expect(program.out.split("\u0007")).toHaveLength(2);
    expect(stripVTControlCharacters(program.out)).toMatch(
      /Lena Berg .* conversation 0 s[^]* 1 s[^]* 2 s[^]* 3 s/,
    );
    program.core.becomes({ invitations: [anInvitation({ state: "missed", endedAt: program.clock.now() })] });
    await program.settle();
    expect(stripVTControlCharacters(program.out)).toContain(
      "Lena Berg (lena@contoso.example): missed after 3 s.\n",
    );
    expect(program.clock.pending).toBe(0);
    program.stdin.write("q");
    expect(await status).toBe(0);
    expect(program.core.done).toEqual(["start", "leave", "signOut", "close"]);
    expect(program.rawModes).toEqual([true, false]);
    expect(program.clock.pending).toBe(0);
  });

  it("answers the one that rings with a and d", async () => {
    const { program, status } = await onTerminal();
    program.core.becomes({ invitations: [anInvitation()] });
    program.stdin.write("a");
    await program.settle();
    program.stdin.write("D");
    await program.settle();
    expect(program.core.done).toEqual(["start", "accept i1", "decline i1 Global"]);
    program.stdin.write("q");
    await status;
  });

  it("asks for a number when several ring, and never answers another one than the number's", async () => {
    const { program, status } = await onTerminal();
    const press = async (keys: string): Promise<void> => {
      program.stdin.write(keys);
      await program.settle();
    };
    const first = anInvitation({ id: "first" });
    const second = anInvitation({ id: "second" });
    program.core.becomes({ invitations: [first, second] });
    await press("a");
    expect(program.core.done).toEqual(["start"]);
    expect(program.out).toContain("Several are ringing");
    await press("2");
    await press("a");
    await press("1d");
    expect(program.core.done.slice(1)).toEqual(["accept second", "decline first Global"]);
    // The chosen one is over: what comes next needs its own number, and the second keeps its own.
    const over = { ...first, state: "declined" as const, endedAt: 1 };
    program.core.becomes({ invitations: [over, second, anInvitation({ id: "third" })] });
    await press("a");
    await press("2a");
    expect(program.core.done.slice(3)).toEqual(["accept second"]);
    await press("9");
    expect(program.out).toContain("Nobody is number 9.");
    await press("q");
    await status;
  });

  it("stays when the person there can help", async () => {
    const { program, status } = await onTerminal();
    program.core.becomes({
      session: { name: "attention", reason: "tooManyApplications", detail: "Too many." },
    });
    await program.clock.advance(60_000);
    expect(program.core.done).toEqual(["start"]);
    program.interruption.raise(130);
    expect(await status).toBe(130);
  });

  it("takes neither arrow keys nor pasted text for an answer", async () => {
    const { program, status } = await onTerminal();
    program.core.becomes({ invitations: [anInvitation()] });
    for (const chunk of ["\u001B[A", "\u001B[D", "\u001Ba", "a man, a plan", "aa", "\u001B"]) {
      program.stdin.write(chunk);
      await program.settle();
    }
    expect(program.core.done).toEqual(["start"]);
    program.stdin.write("\u0003");
    expect(await status).toBe(130);
  });

  it("says why an answer was not taken, once", async () => {
    const { program, status } = await onTerminal();
    program.core.becomes({ invitations: [anInvitation()] });
    program.core.receipt = () => ({
      ok: false,
      error: { code: "alreadyEnded", message: "It is over\u001B[2J already." },
    });
    program.stdin.write("a");
    await program.settle();
    expect(stripVTControlCharacters(program.out)).toContain("It is over[2J already.\n");
    program.core.becomes({ invitations: [anInvitation({ answerProblem: "The server did not answer." })] });
    program.core.receipt = () => ({ ok: false, error: { code: "unreachable", message: "Said twice." } });
    program.stdin.write("a");
    await program.settle();
    expect(program.out).not.toContain("Said twice.");
    program.stdin.write("\u0004");
    expect(await status).toBe(0);
  });

  it("tries again at once with r, and counts down until then", async () => {
    const { program, status } = await onTerminal();
    const retryAt = program.clock.now() + 3_000;
    program.core.becomes({ session: { name: "reconnecting", reason: "timeout", detail: "Lost.", retryAt } });
    await program.clock.advance(2_000);
    expect(stripVTControlCharacters(program.out)).toMatch(/again in 3 s[^]*again in 2 s[^]*again in 1 s/);
    program.stdin.write("r");
    await program.settle();
    expect(program.core.done).toEqual(["start", "tryNow"]);
    program.interruption.raise(143);
    expect(await status).toBe(143);
  });

  it("keeps colours for terminals that want them", async () => {
    for (const [env, coloured] of [
      [{}, true],
      [{ NO_COLOR: "1" }, false],
      [{ NO_COLOR: "" }, true],
    ] as const) {
      const program = new FakeProgram().terminal();
      Object.assign(program.env, env);
      const { status } = await watching(program);
      program.core.becomes({ session: { name: "online", generation: 1 } });
      expect(program.out.includes("\u001B[32m")).toBe(coloured);
      program.interruption.raise(130);
      await status;
    }
  });

  it("puts a log line above what is drawn", async () => {
    const program = new FakeProgram().terminal();
    program.env["DOORBELL_PASSWORD"] = "hunter2";
    const status = program.run("watch", "--user", "anna@contoso.example", "--log", "info");
    await program.settle();
    program.interruption.raise(130);
    await status;
    expect(program.err).toBe("");
    expect(program.out).toMatch(/info leaving status=130\n/);
  });

  it("draws anew when the window changes its size", async () => {
    const { program, status } = await onTerminal();
    program.core.becomes({ invitations: [anInvitation()] });
    program.stdout.columns = 30;
    program.stdout.emit("resize");
    expect(stripVTControlCharacters(program.out)).toContain("♪ Lena Berg (lena@contos… 0 s");
    program.stdin.write("q");
    await status;
  });
});

describe("doorbell watch into a file or a pipe", () => {
  it("prints one line for each happening, without escape sequences, and does not end with its input", async () => {
    const program = new FakeProgram();
    const { status } = await watching(program);
    program.stdin.end();
    program.core.becomes({ session: { name: "online", generation: 1 } });
    program.core.becomes({ invitations: [anInvitation()] });
    await program.clock.advance(5_000);
    program.core.becomes({
      invitations: [anInvitation({ state: "accepted", endedAt: program.clock.now() })],
    });
    program.interruption.raise(143);
    expect(await status).toBe(143);
    expect(program.out.replaceAll(/^\d\d:\d\d:\d\d /gm, "")).toBe(
      [
        "Looking for the server…",
        "anna@contoso.example: Online. Waiting for invitations.",
        "Lena Berg (lena@contoso.example) invites you to a conversation. “Quarterly figures” Have you got a minute?",
        "Lena Berg (lena@contoso.example): accepted after 5 s.",
        "Signed out.",
        "",
      ].join("\n"),
    );
  });

  it.each([
    ["badCredentials", 3],
    ["signInNotOffered", 3],
    ["notFound", 4],
  ] as const)("ends on %s with status %i and a sentence", async (reason, expected) => {
    for (const program of [new FakeProgram(), new FakeProgram().terminal()]) {
      const { status } = await watching(program);
      program.core.becomes({ session: { name: "attention", reason, detail: "It did not work." } });
      expect(await status).toBe(expected);
      expect(stripVTControlCharacters(program.out)).toMatch(/^\d\d:\d\d:\d\d It did not work\. .+\n/m);
      expect(program.core.done).toEqual(["start", "leave", "signOut", "close"]);
    }
  });

  it("ends when only a person could help, since nobody is there to press a key", async () => {
    const program = new FakeProgram();
    const { status } = await watching(program);
    program.core.becomes({
      session: { name: "attention", reason: "tooManyApplications", detail: "Too many." },
    });
    expect(await status).toBe(3);
    expect(program.out).toMatch(/Too many\. Sign out on one of them, then try again\.\n/);
  });
});
