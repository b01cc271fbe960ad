import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, test } from "./support/test.ts";
import { PASSWORD, UcwaServer, USER } from "./support/ucwa-server.ts";

test.use({ ownDesktop: true });

interface DoctorLine {
  readonly type: "check" | "verdict";
  readonly name?: string;
  readonly result?: string;
  readonly detail?: string;
  readonly ok?: boolean;
}

/** Runs `doorbell doctor --json` to its end. */
async function doctor(
  server: string,
  password: string,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly status: number | null; readonly lines: DoctorLine[]; readonly output: string }> {
  const args = ["out/main/cli.js", "doctor", "--json", "--server", server, "--user", USER, "--log", "debug"];
  const child = spawn(process.execPath, [...args, "--password-stdin"], {
    env,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const lines: DoctorLine[] = [];
  let output = "";
  createInterface({ input: child.stdout }).on("line", (line) => {
    output += line;
    lines.push(JSON.parse(line) as DoctorLine);
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  child.stdin.end(`${password}\n`);
  try {
    await once(child, "close", { signal: AbortSignal.timeout(25_000) });
  } finally {
    child.kill("SIGKILL");
  }
  return { status: child.exitCode, lines, output };
}

const resultOf = (lines: readonly DoctorLine[], name: string) =>
  lines.findLast((line) => line.name === name)?.result;

test.describe("doorbell doctor --json", () => {
  test("on a whole desktop: everything is found, nothing secret is said, and the application is gone afterwards", async ({
    desktop,
  }) => {
    await using server = await UcwaServer.start();
    const { status, lines, output } = await doctor(server.url, PASSWORD, desktop.env);
    for (const name of ["discovery", "certificate", "signIn", "token", "application", "events", "keychain"])
      expect(resultOf(lines, name), name).toBe("ok");
    const notifications = lines.find(({ name }) => name === "notifications");
    expect(notifications).toMatchObject({ result: "ok", detail: expect.stringContaining("buttons") });
    // The private desktop has no panel.
    expect(resultOf(lines, "tray")).toBe("warning");
    expect(lines.at(-1)).toMatchObject({ type: "verdict", ok: true });
    expect(status).toBe(0);
    for (const secret of [PASSWORD, encodeURIComponent(PASSWORD), "cwt="])
      expect(output).not.toContain(secret);
    const { requests, breaches } = await server.state();
    expect(requests.filter(({ method, status }) => method === "DELETE" && status === 204)).toHaveLength(1);
    expect(breaches).toEqual([]);
  });

  // oxlint-disable-next-line no-empty-pattern -- Playwright wants the pattern even where no fixture is used
  test("without a session bus and with a wrong password: it is sent once, and all else is still looked at", async ({}, info) => {
    await using server = await UcwaServer.start();
    // Neither bus nor display, by which a bus could be started on demand.
    const env = { PATH: process.env["PATH"], HOME: info.outputPath() };
    const { status, lines } = await doctor(server.url, "wrong", env);
    expect(lines.filter(({ result }) => result === "failed").map(({ name }) => name)).toEqual(["token"]);
    for (const name of ["application", "events"]) expect(resultOf(lines, name), name).toBe("notReached");
    for (const name of ["keychain", "notifications", "tray"])
      expect(resultOf(lines, name), name).toBe("warning");
    expect(lines.at(-1)).toMatchObject({ type: "verdict", ok: false });
    expect(status).toBe(1);
    const { requests } = await server.state();
    expect(requests.filter(({ method }) => method === "POST")).toHaveLength(1);
  });
});
