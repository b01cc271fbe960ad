import { spawn } from "node:child_process";
import { openSync } from "node:fs";

import { Shell, TERMINAL } from "./support/shell.ts";
import { CALLER, expect, PASSWORD, test, USER } from "./support/test.ts";

/** What the built terminal program says on standard error, and its status, in no environment at all. */
async function bare(program: readonly string[], output: "ignore" | number = "ignore") {
  const [command = "", ...args] = program;
  const child = spawn(command, args, {
    env: { PATH: process.env["PATH"] },
    stdio: ["ignore", output, "pipe"],
  });
  let errors = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => (errors += chunk));
  const status = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { status, errors };
}

test("the terminal program runs for a user whom the system does not know, and says that the disk is full", async () => {
  // A number that no system gives to anybody.
  const unknown = ["unshare", "--user", "--map-user=54321", "--", process.execPath, TERMINAL];
  expect(await bare([...unknown, "--version"])).toEqual({ status: 0, errors: "" });
  const { status, errors } = await bare([...unknown, "watch"]);
  expect([status, errors]).toEqual([2, expect.stringMatching(/^doorbell: .{1,200}\n/)]);
  expect(await bare([process.execPath, TERMINAL, "--help"], openSync("/dev/full", "w"))).toEqual({
    status: 5,
    errors: "doorbell: The output could not be written (ENOSPC).\n",
  });
});

test.describe("doorbell watch --json", () => {
  test("signs in, rings with caller, subject and decoded text, accepts, and deletes the application when told to quit", async ({
    server,
    doorbell,
  }) => {
    const bell = doorbell();
    await bell.online();
    await server.invite({
      subject: "Strategy",
      message: "<p>Grüße &amp; <b>1+1</b> = 2</p><script>alert(1)</script>",
      format: "html",
      importance: "Urgent",
    });
    const ringing = await bell.next({ type: "invitation", state: "ringing" });
    expect(ringing).toMatchObject({
      kind: "messaging",
      direction: "incoming",
      from: { ...CALLER, network: "SameEnterprise", anonymous: false },
      subject: "Strategy",
      message: { text: "Grüße & 1+1 = 2", format: "html" },
      importance: "Urgent",
      canAccept: true,
      canDecline: true,
      endedAt: null,
    });
    bell.send({ accept: ringing["id"], tag: "mine" });
    await bell.next({
      type: "answer",
      command: "accept",
      id: ringing["id"],
      tag: "mine",
      ok: true,
    });
    await bell.next({ type: "invitation", state: "accepted" });
    expect(bell.statesOf(ringing["id"])).toEqual(["ringing", "answering", "accepted"]);
    expect(await bell.quit()).toBe(0);
    expect(bell.lines.at(-1)).toMatchObject({ type: "session", state: "signedOut" });
    const { requests } = await server.state();
    expect(requests.at(-1)).toMatchObject({ method: "DELETE", endpoint: "application", status: 204 });
  });

  test("deletes the application at the end of input and at SIGTERM too", async ({ server, doorbell }) => {
    const deletions = async () =>
      (await server.state()).requests.filter(({ method }) => method === "DELETE").length;
    const first = doorbell();
    await first.online();
    first.child.stdin.end();
    expect(await first.exited()).toBe(0);
    expect(await deletions()).toBe(1);
    const second = doorbell();
    await second.online();
    second.child.kill("SIGTERM");
    expect(await second.exited()).toBe(143);
    expect(second.lines.at(-1)).toMatchObject({ type: "session", state: "signedOut" });
    expect(await deletions()).toBe(2);
  });

  test("stops at a wrong password and asks the server no further", async ({ server, doorbell }) => {
    const bell = doorbell({ password: "wrong" });
    await bell.next({ type: "session", state: "attention", reason: "badCredentials" });
    const before = (await server.state()).requests.length;
    bell.send({ accept: "i1" });
    await bell.next({ type: "answer", command: "accept", ok: false });
    expect((await server.state()).requests).toHaveLength(before);
    expect((await server.state()).requests.filter(({ endpoint }) => endpoint === "token")).toHaveLength(1);
    expect(await bell.quit()).toBe(0);
  });

  test("rings once and is taken once when two copies of the same user are asked", async ({
    server,
    doorbell,
  }) => {
    const [first, second] = [doorbell(), doorbell()];
    await Promise.all([first.online(), second.online()]);
    await server.invite();
    const [{ id }] = await Promise.all([
      first.next({ type: "invitation", state: "ringing" }),
      second.next({ type: "invitation", state: "ringing" }),
    ]);
    first.send({ decline: id });
    await first.next({ type: "invitation", state: "declined" });
    await second.next({ type: "invitation", state: "declined" });
  });
});

test.describe("what goes wrong", () => {
  test("the server is killed and started again: reconnecting, online, and the next invitation rings once", async ({
    server,
    doorbell,
  }) => {
    const bell = doorbell();
    await bell.online();
    await server.invite();
    const { id } = await bell.next({ type: "invitation", state: "ringing" });
    await server.kill();
    await bell.next({ type: "session", state: "reconnecting" });
    await server.start();
    await bell.online();
    expect(bell.statesOf(id)).toEqual(["ringing", "withdrawn"]);
    await server.invite({ subject: "After the restart" });
    const next = await bell.next({ type: "invitation", state: "ringing", subject: "After the restart" });
    bell.send({ accept: next["id"] });
    await bell.next({ type: "invitation", state: "accepted" });
    expect(bell.statesOf(next["id"])).toEqual(["ringing", "answering", "accepted"]);
  });

  test("an answer of the event channel breaks off in the middle: the invitation in it still rings, once", async ({
    server,
    doorbell,
  }) => {
    const bell = doorbell();
    await bell.online();
    await server.control("POST", "faults", { endpoint: "events", cut: "midBody" });
    await server.invite();
    await bell.next({ type: "session", state: "reconnecting" });
    const { id } = await bell.next({ type: "invitation", state: "ringing" });
    bell.send({ accept: id });
    await bell.next({ type: "invitation", state: "accepted" });
    expect(bell.statesOf(id)).toEqual(["ringing", "answering", "accepted"]);
  });

  test("the event carries only a link: the invitation is looked up and rings with its caller", async ({
    server,
    doorbell,
  }) => {
    await server.control("PUT", "switches", { linkOnly: true });
    const bell = doorbell();
    await bell.online();
    await server.invite();
    expect(await bell.next({ type: "invitation", state: "ringing" })).toMatchObject({
      from: CALLER,
      message: { text: "Hi Tosh" },
    });
  });
});

test("whoever has a German terminal is asked, rung and told in German, and their scripts in English", async ({
  server,
  doorbell,
  desktop,
}) => {
  const LANG = "de_DE.UTF-8";
  await using shell = new Shell({ LANG });
  shell.type(`${TERMINAL} watch --server ${server.url} --user ${USER}\n`);
  await shell.shows(/Kennwort von tosh@contoso\.example: /);
  shell.type(`${PASSWORD}\n`);
  await shell.shows(/Online\. Doorbell wartet auf Einladungen\./);
  const bell = doorbell({ env: { ...desktop.env, LANG } });
  await bell.online();

  await server.invite({ subject: "Büro" });
  await shell.shows(/Lene Aaling .* lädt Sie zu einer Unterhaltung ein[^]*„Büro“/);
  await shell.shows(/a = annehmen {3}d = ablehnen/);
  const { id } = await bell.next({ type: "invitation", state: "ringing" });
  shell.type("d");
  await shell.shows(/Lene Aaling .*: abgelehnt \(nach \d+ s\)\./);
  await bell.next({ type: "invitation", state: "declined" });
  bell.send({ accept: id });
  expect(await bell.next({ type: "answer", ok: false })).toMatchObject({
    error: { message: "The invitation is over." },
  });
  shell.type("q");
  await shell.shows(/READY> $/);
});
