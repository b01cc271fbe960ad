import { stripVTControlCharacters } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { speak } from "../../../locales/texts.ts";
import type { SessionState } from "../../ucwa/session-port.ts";
import { FakeProgram } from "../testing/fakes.ts";

const ORIGIN = "https://pool.elsewhere.example";
const QUESTION: SessionState = {
  name: "attention",
  reason: "untrustedServer",
  detail: `lyncdiscover.contoso.example leads to ${ORIGIN}, which nobody has approved.`,
  origin: ORIGIN,
};

async function asked(program: FakeProgram, ...options: string[]) {
  program.env["DOORBELL_PASSWORD"] = "hunter2";
  const status = program.run("watch", "--user", "anna@contoso.example", ...options);
  await program.settle();
  program.core.becomes({ session: QUESTION });
  await program.settle();
  return { program, status, shown: () => stripVTControlCharacters(program.out + program.err) };
}

async function press(program: FakeProgram, keys: string): Promise<void> {
  program.stdin.write(keys);
  await program.settle();
}

describe("a server that only the person can approve, on a terminal", () => {
  it("is asked about with the whole of its origin, and y goes on", async () => {
    const { program, status, shown } = await asked(new FakeProgram().terminal());
    expect(shown()).toContain(`Trust ${ORIGIN}? [y/N]`);
    expect(shown()).toContain("lyncdiscover.contoso.example leads to");
    await press(program, "y");
    expect(program.core.done).toEqual(["start", `approve ${ORIGIN}`]);
    // Not asked again while the old sign-in ends, and answers go to invitations again.
    program.core.becomes({ session: { ...QUESTION } });
    await press(program, "y");
    expect(program.core.done).toHaveLength(2);
    await press(program, "q");
    expect(await status).toBe(0);
  });

  describe("in German", () => {
    afterEach(() => speak({ language: "en", region: "en" }));

    it.each(["j", "y"])("is asked about by letters of it, and %s goes on", async (key) => {
      speak({ language: "de", region: "de" });
      const { program, status, shown } = await asked(new FakeProgram().terminal());
      expect(shown()).toContain(`${ORIGIN} vertrauen? [j/N]`);
      await press(program, key);
      expect(program.core.done).toEqual(["start", `approve ${ORIGIN}`]);
      expect(shown()).toContain("vertrauen? [j/N] j");
      await press(program, "q");
      expect(await status).toBe(0);
    });
  });

  it.each(["n", "N", "\r", "\n"])(
    "is left with %j, and the program ends as without a server",
    async (key) => {
      const { program, status } = await asked(new FakeProgram().terminal());
      await press(program, key);
      expect(await status).toBe(4);
      expect(program.core.done).toEqual(["start", "leave", "signOut", "close"]);
    },
  );

  it("is not trusted by a pasted text, an arrow key, or a yes that comes too early", async () => {
    const program = new FakeProgram().terminal();
    program.env["DOORBELL_PASSWORD"] = "hunter2";
    const status = program.run("watch", "--user", "anna@contoso.example");
    await program.settle();
    await press(program, "y");
    program.core.becomes({ session: QUESTION });
    for (const keys of ["yes", "\u001B[A", "y\n", "\u001By", " "]) await press(program, keys);
    expect(program.core.done).toEqual(["start"]);
    await press(program, "\u0003");
    expect(await status).toBe(130);
  });

  it("is shown whole in a narrow terminal", async () => {
    const { program, status, shown } = await asked(new FakeProgram().terminal(20, 30));
    expect(shown().replaceAll(/\s/g, "")).toContain(`Trust${ORIGIN}?[y/N]`);
    await press(program, "q");
    await status;
  });

  it("is asked about on standard error when only the input is a terminal", async () => {
    const program = new FakeProgram();
    program.stdin.isTTY = true;
    const { status } = await asked(program);
    expect(program.err).toContain(`Trust ${ORIGIN}? [y/N] `);
    await press(program, "y");
    expect(program.core.done).toEqual(["start", `approve ${ORIGIN}`]);
    await press(program, "q");
    await status;
  });

  it("is not asked about without a terminal, nor where only somebody else can help", async () => {
    const silent = await asked(new FakeProgram());
    expect(silent.shown()).not.toContain("[y/N]");
    silent.program.stdin.end();
    const { origin: _, ...refused } = QUESTION;
    const { program, status, shown } = await asked(new FakeProgram().terminal());
    expect(shown()).toContain("[y/N]");
    program.core.becomes({ session: { name: "discovering" } });
    program.core.becomes({ session: refused });
    await press(program, "y");
    expect(program.core.done).toEqual(["start"]);
    await press(program, "q");
    await status;
  });

  it("is told and not asked about with --json", async () => {
    const program = new FakeProgram().terminal();
    const { status } = await asked(program, "--json");
    expect(program.out + program.err).not.toContain("[y/N]");
    program.stdin.end();
    await status;
  });
});
