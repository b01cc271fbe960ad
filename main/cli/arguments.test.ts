import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readArguments } from "./arguments.ts";

const NOTHING = {
  user: null,
  server: null,
  passwordStdin: false,
  json: false,
  trust: [],
  notify: false,
  log: "warn",
};
const message = (...argv: string[]): string => {
  const invocation = readArguments(argv);
  return invocation.command === "usageError" ? invocation.message : `no usage error: ${invocation.command}`;
};

describe("The command line", () => {
  it("reads every option of watch", () => {
    expect(readArguments(["watch"])).toEqual({ command: "watch", options: NOTHING });
    expect(
      readArguments(
        "watch --user sip:anna@contoso.com --server=https://lync.contoso.com/root --password-stdin --json --trust https://a.example --trust HTTPS://b.example:8443/ --notify --log debug".split(
          " ",
        ),
      ),
    ).toEqual({
      command: "watch",
      options: {
        user: "sip:anna@contoso.com",
        server: "https://lync.contoso.com/root",
        passwordStdin: true,
        json: true,
        trust: ["https://a.example", "https://b.example:8443"],
        notify: true,
        log: "debug",
      },
    });
  });

  it("reads for doctor what watch takes, but --notify", () => {
    const { notify: _, ...options } = NOTHING;
    expect(readArguments(["doctor"])).toEqual({ command: "doctor", options });
    expect(readArguments(["doctor", "--json", "--user", "anna@contoso.com"])).toEqual({
      command: "doctor",
      options: { ...options, json: true, user: "anna@contoso.com" },
    });
    expect(message("doctor", "--notify")).toMatch(/no option "--notify"/);
    expect(message("doctor", "now")).toBe("doctor takes options only.");
  });

  it.each([
    [["--help"], { command: "help", of: "doorbell" }],
    [["-h"], { command: "help", of: "doorbell" }],
    [["help"], { command: "help", of: "doorbell" }],
    [["help", "watch"], { command: "help", of: "watch" }],
    [["watch", "--json", "--help"], { command: "help", of: "watch" }],
    [["watch", "-h"], { command: "help", of: "watch" }],
    [["--version"], { command: "version" }],
    [["help", "doctor"], { command: "help", of: "doctor" }],
    [["doctor", "--json", "-h"], { command: "help", of: "doctor" }],
  ])("%j asks for %j", (argv, invocation) => {
    expect(readArguments(argv)).toEqual(invocation);
  });

  it.each([
    [[], /Name a command/],
    [["wacth"], /no command "wacth"\. Did you mean "watch"\?/],
    [["dotcor"], /Did you mean "doctor"\?/],
    [["xyz"], /no command "xyz"\.$/],
    [["--verison"], /no option "--verison"\. Did you mean "--version"\?/],
    [["watch", "--usr", "a@b"], /no option "--usr"\. Did you mean "--user"\?/],
    [["watch", "--pasword-stdin"], /Did you mean "--password-stdin"\?/],
    [["watch", "--no-json"], /no option "--no-json"/],
    [["watch", "-x"], /no option "-x"\.$/],
    [["watch", "--user"], /--user needs a value/],
    [["watch", "--user", "--json"], /--user needs a value/],
    [["watch", "--user="], /--user needs a value/],
    [["watch", "--json=yes"], /--json takes no value/],
    [["watch", "extra"], /options only/],
    [["watch", "--server", "lync.contoso.com"], /--server must look like/],
    [["watch", "--server", "ftp://lync.contoso.com"], /must begin with https:/],
    [["watch", "--server", "http://lync.contoso.com"], /must use https:/],
    [["watch", "--server", "http://127.0.0.1.evil.example"], /must use https:/],
    [["watch", "--server", "https://anna:hunter2@lync.contoso.com"], /must not contain a name/],
    [["watch", "--trust", "lync.contoso.com"], /--trust must look like/],
    [["watch", "--trust", "https://lync.contoso.com/path"], /takes an origin/],
    [["watch", "--trust", "http://lync.contoso.com"], /must use https:/],
    [["watch", "--trust", "https://*.contoso.com/?"], /takes an origin/],
    [["watch", "--log", "verbose"], /one of error, warn, info, debug/],
    [["watch", "--password", "hunter2"], /use --password-stdin/],
    [["watch", "--password=hunter2"], /use --password-stdin/],
  ])("%j is wrong usage", (argv, sentence) => {
    expect(message(...argv)).toMatch(sentence);
    expect(message(...argv)).not.toContain("hunter2");
  });

  it("allows http: on this machine only", () => {
    for (const server of ["http://localhost:8080/", "http://127.0.0.1:1", "http://[::1]/root"])
      expect(readArguments(["watch", "--server", server]).command).toBe("watch");
  });

  it("is never read in an exception, nor with an escape sequence in the message", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), (argv) => {
        for (const args of [
          argv,
          ["doctor", ...argv],
          ["watch", ...argv],
          ["watch", ...argv.map((word) => `--${word}`)],
        ])
          expect(message(...args)).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});
