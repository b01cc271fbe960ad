import { afterEach, describe, expect, it } from "vitest";
import { speak } from "../../locales/texts.ts";
import { ProxySettingError } from "../platform/fetch/undici-fetch.ts";
import { shownIn } from "../surfaces/terminal/ascii.ts";
import { FakeProgram } from "./testing/fakes.ts";

const WATCH = ["watch", "--user", "anna@contoso.example", "--password-stdin"];

/** A program that has been given its password and is running. */
async function running(...options: string[]): Promise<{ program: FakeProgram; status: Promise<number> }> {
  const program = new FakeProgram();
  program.stdin.write("hunter2\n");
  const status = program.run(...WATCH, ...options);
  await program.settle();
  expect(program.core.done).toEqual(["start"]);
  return { program, status };
}

describe("The program", () => {
  it("prints help and version on standard output", async () => {
    const help = new FakeProgram();
    expect(await help.run("--help")).toBe(0);
    expect(help.out).toContain("Usage: doorbell <command>");
    const watch = new FakeProgram();
    expect(await watch.run("watch", "--help")).toBe(0);
    for (const option of ["--user", "--server", "--password-stdin", "--json", "--trust", "--notify", "--log"])
      expect(watch.out).toContain(`  ${option} `);
    const doctor = new FakeProgram();
    expect(await doctor.run("doctor", "--help")).toBe(0);
    for (const option of ["--user", "--server", "--password-stdin", "--json", "--trust", "--log"])
      expect(doctor.out).toContain(`  ${option} `);
    expect(doctor.out).not.toContain("--notify");
    const version = new FakeProgram();
    expect(await version.run("--version")).toBe(0);
    expect(version.out).toBe("doorbell 1.2.3\n");
  });

  it.each([
    [[]],
    [["wacth"]],
    [["watch", "--jsn"]],
    [["doctor"]],
    [["doctor", "--notify"]],
    [["watch"]],
    [["watch", "--user", "nobody"]],
  ])("ends %j with status 2 and a sentence on standard error", async (argv) => {
    const program = new FakeProgram();
    expect(await program.run(...argv)).toBe(2);
    expect(program.out).toBe("");
    expect(program.err).toMatch(/^doorbell: .+\n/);
    expect(program.core.done).toEqual([]);
  });

  it("ends with status 2 when there is no password, and when the proxy setting is wrong", async () => {
    const program = new FakeProgram();
    expect(await program.run("watch", "--user", "anna@contoso.example", "--json")).toBe(2);
    expect(program.err).toContain("There is no password for anna@contoso.example.");
    const proxied = new FakeProgram();
    proxied.env["DOORBELL_PASSWORD"] = "hunter2";
    Object.defineProperty(proxied.accounts, "push", {
      value: () => {
        throw new ProxySettingError();
      },
    });
    expect(await proxied.run("watch", "--user", "anna@contoso.example")).toBe(2);
    expect(proxied.err).toContain("HTTPS_PROXY");
  });

  it("signs in as the arguments say, with ids of this machine and this run", async () => {
    const { program, status } = await running(
      "--server",
      "https://lync.contoso.example/",
      "--trust",
      "https://a.example",
    );
    expect(program.accounts).toEqual([
      {
        address: "anna@contoso.example",
        password: expect.any(Function),
        server: "https://lync.contoso.example/",
        trusted: ["https://a.example"],
        endpointId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        instanceId: "11111111-1111-4111-8111-111111111111",
        userAgent: "Doorbell/1.2.3",
        culture: "en-GB",
      },
    ]);
    expect(await program.accounts[0]?.password("https://pool.contoso.example/")).toBe("hunter2");
    program.interruption.raise(143);
    expect(await status).toBe(143);
  });

  it("takes from the settings what was not said, and a server only for the address it was set for", async () => {
    for (const [user, server] of [
      [[], "https://set.example/"],
      [["--user", "sip:ANNA@contoso.example"], "https://set.example/"],
      [["--user", "ben@contoso.example"], null],
    ] as const) {
      const program = new FakeProgram();
      program.settings = {
        address: "anna@contoso.example",
        server: "https://set.example/",
        trustedOrigins: {
          "contoso.example": ["https://known.example"],
          "other.example": ["https://other.example"],
        },
        endpointId: "set",
      };
      program.problems = ["The setting x is not valid."];
      program.stdin.write("hunter2\n");
      const status = program.run("watch", "--password-stdin", ...user);
      await program.settle();
      expect(program.accounts[0]).toMatchObject({
        server,
        trusted: ["https://known.example"],
        endpointId: "set",
      });
      expect(program.err).toBe("doorbell: The setting x is not valid.\n");
      program.interruption.raise(130);
      expect(await status).toBe(130);
    }
  });

  it("is not led astray by a domain that is called like a property of objects", async () => {
    const program = new FakeProgram();
    program.stdin.write("hunter2\n");
    const status = program.run("watch", "--password-stdin", "--user", "anna@constructor");
    await program.settle();
    expect(program.accounts[0]?.trusted).toEqual([]);
    program.interruption.raise(130);
    await status;
  });

  it("refuses a server of the settings that would carry the password in the clear", async () => {
    const program = new FakeProgram();
    program.settings = {
      ...program.settings,
      address: "anna@contoso.example",
      server: "http://set.example/",
    };
    expect(await program.run("watch")).toBe(2);
    expect(program.err).toContain("The setting server must use https://");
  });

  it("takes DOORBELL_PASSWORD out of the environment, whatever the command", async () => {
    for (const argv of [["--version"], ["watch", "--jsn"], ["watch"]]) {
      const program = new FakeProgram();
      program.env["DOORBELL_PASSWORD"] = "hunter2";
      await program.run(...argv);
      expect(program.env).toEqual({});
    }
  });

  it.each([
    [130, ["--json"]],
    [143, []],
    [129, []],
    [1, ["--json"]],
  ])("signs out and ends with status %i when it is interrupted", async (status, options) => {
    const { program, status: ended } = await running(...options);
    program.interruption.raise(status);
    expect(await ended).toBe(status);
    expect(program.core.done).toEqual(["start", "leave", "signOut", "close"]);
    expect(program.exits).toEqual([]);
    expect(program.clock.pending).toBe(0);
  });

  it("ends at once when it is interrupted again", async () => {
    const { program, status } = await running();
    program.core.signOutTakes = new Promise(() => undefined);
    program.interruption.raise(130);
    expect(program.exits).toEqual([]);
    program.interruption.raise(130);
    expect(program.exits).toEqual([130]);
    await program.clock.advance(10_000);
    expect(await status).toBe(130);
  });

  it.each([
    [130, 4_000],
    [1, 3_000],
  ])("does not wait for ever for a sign-out after status %i", async (status, limitMs) => {
    const { program, status: ended } = await running("--json");
    program.core.signOutTakes = new Promise(() => undefined);
    program.interruption.raise(status);
    let over = false;
    void ended.then(() => (over = true));
    await program.clock.advance(limitMs - 1);
    expect(over).toBe(false);
    await program.clock.advance(1);
    expect(await ended).toBe(status);
  });

  it("ends at once when it is interrupted before anything has begun", () => {
    const program = new FakeProgram();
    program.interruption.raise(143);
    expect(program.exits).toEqual([143]);
  });

  it("writes a log line that its level allows to standard error, and none by default", async () => {
    const { program, status } = await running("--json", "--log", "info");
    program.interruption.raise(130);
    await status;
    expect(program.err).toBe("2026-01-05T09:00:00.000Z info leaving status=130\n");
    const quiet = await running("--json");
    quiet.program.interruption.raise(130);
    await quiet.status;
    expect(quiet.program.err).toBe("");
  });
});

describe("The program in German", () => {
  afterEach(() => speak({ language: "en", region: "en" }));

  const said = async (...argv: string[]): Promise<string> => {
    speak({ language: "de", region: "de" });
    const program = new FakeProgram();
    await program.run(...argv);
    return program.out + program.err;
  };

  it.each([
    [[], "doorbell: Nennen Sie einen Befehl.\nHilfe: „doorbell --help“.\n"],
    [["wacth"], "doorbell: Den Befehl „wacth“ gibt es nicht. Meinten Sie „watch“?\n"],
    [
      ["watch", "--jsn"],
      "Die Option „--jsn“ gibt es nicht. Meinten Sie „--json“?\nHilfe: „doorbell watch --help“.",
    ],
    [["doctor", "--server", "http://a.example"], "--server muss https:// verwenden."],
    [["watch"], "Wessen Einladungen?"],
    [["watch", "--user", "anna@contoso.example"], "Für anna@contoso.example gibt es kein Kennwort."],
  ])("refuses %j in German", async (argv, words) => {
    expect(await said(...argv)).toContain(words);
  });

  it("is English for a script, whatever the person speaks", async () => {
    expect(await said("watch", "--json", "--user", "nobody")).toContain("A sign-in address has the form");
    expect(await said("doctor", "--json")).toContain("Whose invitations?");
  });

  it.each(["en", "de"] as const)(
    "has help that fits in 80 columns, with every option: %s",
    async (language) => {
      for (const command of ["watch", "doctor"]) {
        speak({ language, region: language });
        const program = new FakeProgram();
        await program.run(command, "--help");
        const shown = shownIn("linux", { LANG: "de_DE" })(program.out);
        for (const line of shown.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
        for (const option of [
          "--user",
          "--server",
          "--password-stdin",
          "--json",
          "--trust",
          "--log",
          "--help",
        ])
          expect(program.out).toContain(`  ${option} `);
      }
    },
  );
});

describe("--notify", () => {
  it("rings through the notification service and tells its problems once each", async () => {
    const program = new FakeProgram();
    const events: string[] = [];
    const reports: ((problem: string | null) => void)[] = [];
    program.notifications = (bell, report) => {
      events.push(bell === program.core.bell ? "opened" : "opened for another bell");
      reports.push(report);
      return { dispose: async () => void events.push("disposed") };
    };
    program.stdin.write("hunter2\n");
    const status = program.run(...WATCH, "--notify", "--json");
    await program.settle();
    for (const problem of [null, "No service.", "No service.", null, "No service."]) reports[0]?.(problem);
    program.interruption.raise(130);
    await status;
    expect(events).toEqual(["opened", "disposed"]);
    expect(program.err).toBe(
      "doorbell: No service.\ndoorbell: Notifications are shown again.\ndoorbell: No service.\n",
    );
  });

  it("is a sentence where there is no notification service for it", async () => {
    const { program, status } = await running("--notify");
    expect(program.err).toContain("--notify works on Linux only");
    program.interruption.raise(130);
    await status;
  });
});
