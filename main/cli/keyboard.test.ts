import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { anInvitation } from "../surfaces/terminal/testing/an-invitation.ts";
import { FakeProgram } from "./testing/fakes.ts";

/** How the screen takes away what it has drawn. */
const CLEARED = "\r\u001B[J";

async function watching(program: FakeProgram): Promise<{ readonly status: Promise<number> }> {
  program.env["DOORBELL_PASSWORD"] = "hunter2";
  const status = program.run("watch", "--user", "anna@contoso.example");
  await program.settle();
  return { status };
}

describe("doorbell watch as a job of a shell's", () => {
  it("neither reads nor changes the terminal nor draws on it in the background, and does all three in the foreground", async () => {
    const program = new FakeProgram().terminal();
    program.job.at = "background";
    const { status } = await watching(program);
    program.core.becomes({ invitations: [anInvitation()] });
    program.stdin.write("a");
    await program.settle();
    expect(program.rawModes).toEqual([]);
    expect(program.core.done).toEqual(["start"]);
    // Each happening is one line, and nothing moves the cursor.
    expect(program.out).toMatch(/Lena Berg .* conversation\./);
    expect(program.out).not.toContain(CLEARED);

    program.job.at = "foreground";
    await program.clock.advance(1_000);
    await program.settle();
    expect(program.rawModes).toEqual([true]);
    expect(program.core.done).toEqual(["start", "accept i1"]);
    expect(stripVTControlCharacters(program.out)).toContain("q = quit");
    program.stdin.write("q");
    expect(await status).toBe(0);
    expect(program.clock.pending).toBe(0);
  });

  it("leaves the terminal as it was while it is stopped by Ctrl-Z, and takes it again", async () => {
    const program = new FakeProgram().terminal();
    const { status } = await watching(program);
    let whileStopped = "";
    program.job.onStop = () => {
      expect(program.rawModes).toEqual([true, false]);
      whileStopped = program.out;
    };
    program.stdin.write("\u001A");
    await program.settle();
    // What was drawn is gone: the shell's prompt comes where it was.
    expect(whileStopped.endsWith(CLEARED)).toBe(true);
    expect(program.rawModes).toEqual([true, false, true]);
    expect(stripVTControlCharacters(program.out.slice(whileStopped.length))).toContain("q = quit");
    program.stdin.write("q");
    expect(await status).toBe(0);
    expect(program.rawModes.at(-1)).toBe(false);
    expect(program.job.listeners.size).toBe(0);
  });

  it("sets the terminal and draws anew after a stop that it did not see coming", async () => {
    const program = new FakeProgram().terminal();
    const { status } = await watching(program);
    const before = program.out.length;
    program.job.continue();
    expect(program.rawModes).toEqual([true, false, true]);
    // What was drawn before may be anywhere, so nothing is cleared.
    expect(program.out.slice(before)).not.toContain(CLEARED);
    expect(program.out.slice(before)).toContain("q = quit");

    // Continued in the background, it leaves the terminal alone, also when it ends.
    program.job.at = "background";
    program.job.continue();
    program.interruption.raise(143);
    expect(await status).toBe(143);
    expect(program.rawModes).toEqual([true, false, true]);
    expect(program.clock.pending).toBe(0);
  });

  it("asks for the password once it is in the foreground", async () => {
    const program = new FakeProgram().terminal();
    program.job.at = "background";
    const status = program.run("watch", "--user", "anna@contoso.example");
    await program.settle();
    expect(program.err).toBe("doorbell: The password is asked for in the foreground.\n");
    expect(program.rawModes).toEqual([]);
    program.job.at = "foreground";
    await program.clock.advance(1_000);
    expect(program.err).toContain("Password of anna@contoso.example: ");
    program.stdin.write("hun\u001Ater2\r");
    await program.settle();
    expect(program.err.split("Password of")).toHaveLength(3);
    expect(program.core.done).toEqual(["start"]);
    expect(await program.accounts[0]?.password("https://pool.contoso.example/")).toBe("hunter2");
    program.stdin.write("q");
    expect(await status).toBe(0);
  });

  it("asks nobody on a terminal that is not its own", async () => {
    const program = new FakeProgram().terminal();
    program.job.at = "none";
    expect(await program.run("watch", "--user", "anna@contoso.example")).toBe(2);
    expect(program.err).toContain("Standard input is no terminal to ask on.");
  });
});
