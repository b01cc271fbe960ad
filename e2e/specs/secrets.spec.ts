import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { CALLER, expect, PASSWORD, test, USER } from "./support/test.ts";

test.use({ ownDesktop: true });

/** What a secret could be written as. */
const SPELLINGS = [
  PASSWORD,
  encodeURIComponent(PASSWORD),
  new URLSearchParams({ p: PASSWORD }).toString().slice(2),
].flatMap((text) => [text, Buffer.from(text).toString("base64").replace(/=+$/, "")]);
const TOKEN = "cwt=";

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
}

/** Every process that descends from one, itself included. */
function family(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
    .split(" ")
    .filter(Boolean)
    .map(Number);
  return [pid, ...children.flatMap(family)];
}

test("the password and the tokens reach no file, log, argument list or environment", async ({
  desktop,
  server,
  doorbell,
}) => {
  const bell = doorbell({ notify: true });
  await bell.online();
  // Everything that is ever written down: a ring, an answer, a lost application, a token that ran out, a dead server.
  await server.invite();
  const { id } = await bell.next({ type: "invitation", state: "ringing" });
  await desktop.waitForNotification({ text: CALLER.name });
  const pid = bell.child.pid;
  if (pid === undefined) throw new Error("not started");
  const processes = family(pid).map(
    (one) => readFileSync(`/proc/${one}/cmdline`, "utf8") + readFileSync(`/proc/${one}/environ`, "utf8"),
  );
  bell.send({ accept: id });
  await bell.next({ type: "invitation", state: "accepted" });
  await server.control("POST", "tokens/expire", {});
  bell.send({ reconnect: true });
  await bell.next({ type: "answer", command: "reconnect" });
  await server.control("POST", "applications/kill", {});
  await bell.online();
  await server.control("POST", "faults", { endpoint: "events", status: 503, now: true });
  await bell.next({ type: "session", state: "reconnecting" });
  await bell.online();
  await server.kill();
  await bell.next({ type: "session", state: "reconnecting" });
  const secretFree = (where: string, text: string) => {
    for (const spelling of [...SPELLINGS, TOKEN])
      expect(text.includes(spelling), `a secret in ${where}`).toBe(false);
  };
  secretFree("what it printed", bell.stdout);
  secretFree("its log", bell.stderr);
  for (const text of processes) secretFree("an argument list or environment", text);
  for (const path of filesUnder(desktop.home)) secretFree(path, readFileSync(path, "latin1"));
  // The log of ids and lengths names nobody either.
  for (const private_ of [CALLER.name, "Hi Tosh", USER.slice(4)]) expect(bell.stderr).not.toContain(private_);
  expect(bell.stderr).toContain("invitation");
  expect(await bell.quit()).toBe(0);
  await server.start();
});
