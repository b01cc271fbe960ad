import { spawn } from "node:child_process";
import { once } from "node:events";

import { Shell, TERMINAL } from "./support/shell.ts";
import { CALLER, expect, PASSWORD, test, USER } from "./support/test.ts";

/** The promise: within five seconds of being told to end. */
const END_MS = 5_000;

/** What a shell types to start it: as a command of its own, with the password in the environment. */
const watch = (url: string): string => `${TERMINAL} watch --server ${url} --user ${USER}`;
const signedIn = { DOORBELL_PASSWORD: PASSWORD };

test("doorbell watch is started in the background, brought to the front, stopped and continued, and answers by its keys", async ({
  server,
}) => {
  await using shell = new Shell(signedIn);
  shell.type(`${watch(server.url)} &\n`);
  const pid = Number((await shell.shows(/\[1\] \d+/)).slice("[1] ".length));
  // It says in lines what happens, and lets the shell go on.
  await shell.shows(/Online\. Waiting for invitations\.\r\n/);
  await server.invite();
  await shell.shows(new RegExp(`${CALLER.name} .* invites you to a conversation\\..*\\r\\n`));
  shell.type("jobs\n");
  await shell.shows(/\[1\]\+ {2}Running/);

  // To the front without having been stopped; the number of seconds shows that it draws.
  shell.type("fg\n");
  await shell.shows(/\d s[^]*a = accept/);
  shell.type("a");
  await shell.shows(new RegExp(`${CALLER.name} .*: accepted`));

  // Ctrl-Z, and on in the background, where it rings on.
  shell.type("\u001A");
  await shell.shows(/Stopped/);
  shell.type("stty -a | grep -o .icanon; bg\n");
  await shell.shows(/ icanon/);
  await server.invite({ subject: "Second" });
  await shell.shows(/Second/);

  // Stopped by what cannot be heard before, and continued: its keys live.
  shell.type("fg\n");
  await shell.shows(/a = accept/);
  process.kill(pid, "SIGSTOP");
  await shell.shows(/Stopped/);
  shell.type("fg\n");
  await shell.shows(/a = accept/);
  shell.type("d");
  await shell.shows(new RegExp(`${CALLER.name} .*: declined`));

  // Told to end in the background, after it had the keys, it ends and is not stopped by the terminal.
  shell.type("\u001A");
  await shell.shows(/Stopped/);
  shell.type("bg; kill %1; wait %1; echo status=$?\n");
  await shell.shows(/status=143/);
  shell.type("stty -a | grep -o .icanon; echo\n");
  await shell.shows(/ icanon/);
});

test("doorbell watch asks for its password in the foreground, also when it was started in the background", async ({
  server,
}) => {
  await using shell = new Shell();
  shell.type(`${watch(server.url)} &\n`);
  await shell.shows(/asked for in the foreground/);
  shell.type("fg\n");
  await shell.shows(/Password of .*: /);
  shell.type(`${PASSWORD.slice(0, 3)}\u001A`);
  await shell.shows(/Stopped/);
  shell.type("fg\n");
  await shell.shows(/Password of .*: /);
  shell.type(`${PASSWORD.slice(3)}\r`);
  await shell.shows(/Online\./);
  shell.type("q");
  await shell.shows(/READY> $/);
  shell.type("echo status=$?\n");
  await shell.shows(/status=0/);
});

test("a small pane shows who rings and what to press, in ASCII where the locale is no UTF-8", async ({
  server,
}) => {
  await using shell = new Shell({ ...signedIn, LANG: "C" }, [3, 70]);
  shell.type(`${watch(server.url)}\n`);
  await shell.shows(/Online\./);
  await server.invite({ subject: "Über", from: { ...CALLER, name: "Zoë" } });
  expect(await shell.shows(/\n?.*Zo.* \d s\r\n.*q = quit/)).toMatch(
    /\* Zoe \(lene@contoso\.example\) invites .* \d s\r\na = accept {3}d = decline {3}q = quit$/,
  );
  shell.type("q");
  await shell.shows(/READY> $/);
  shell.type("echo status=$?\n");
  await shell.shows(/status=0/);
});

test("a signal that was ignored at the start stays ignored, as under nohup, and the others end it", async ({
  server,
}) => {
  await using shell = new Shell(signedIn);
  // As a command of its own; and by the name of Node.js, where nohup leaves a trace on a terminal.
  for (const command of [watch(server.url), `node ${watch(server.url)}`]) {
    shell.type(`nohup ${command} > log & until grep -q Online log; do sleep 0.1; done\n`);
    shell.type("kill -HUP %1; kill -HUP %1; kill -TERM %1; wait %1; echo status=$?\n");
    await shell.shows(/status=143/);
  }
  // A script without job control has its children ignore Ctrl-C.
  const script = `trap '' HUP; "$@" >script.log & until grep -q Online script.log; do sleep 0.1; done; kill -INT $!; kill -HUP $!; kill $!; wait $!`;
  const child = spawn("sh", ["-c", script, "sh", TERMINAL, "watch", "--server", server.url, "--user", USER], {
    cwd: shell.home,
    env: { ...process.env, ...signedIn },
    stdio: "ignore",
  });
  expect(await once(child, "exit")).toEqual([143, null]);
});

test("a terminal that goes away ends it, and so does a session without one of its own", async ({
  server,
}) => {
  const began = Date.now();
  const shell = new Shell(signedIn);
  shell.type(`${watch(server.url)}\n`);
  await shell.shows(/Online\./);
  await shell[Symbol.asyncDispose]();
  const applications = async () => (await server.state()).applications.length;
  await expect.poll(applications, { timeout: END_MS }).toBe(0);
  expect(Date.now() - began).toBeLessThan(20_000);

  await using other = new Shell(signedIn);
  // It writes to the terminal, and neither reads it nor draws on it.
  other.type(`(setsid sh -c 'echo $$ >pid; exec ${watch(server.url)}' &)\n`);
  await other.shows(/Online\. Waiting for invitations\.\r\n/);
  other.type("kill $(cat pid); while kill -0 $(cat pid); do sleep 0.1; done; echo gone=$?\n");
  await other.shows(/gone=0/);
});
