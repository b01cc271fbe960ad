import { expect, it } from "vitest";
import { sessionView } from "../../main/ipc/views.ts";
import { JsonLines } from "../../main/surfaces/terminal/json-lines.ts";
import { sessionLabel } from "../../main/surfaces/terminal/terminal-labels.ts";
import { SILENT_LOGGER } from "../../main/testing/rig.ts";
import { ROOT, ScriptedServer } from "../../main/testing/servers/scripted-server.ts";
import { VirtualClock } from "../../main/testing/virtual-clock.ts";
import { createSession } from "../../main/ucwa/session.ts";
import type { SessionState } from "../../main/ucwa/session-port.ts";
import { troubleLabels } from "../../renderer/panel/session-labels.ts";
import { FAILURES, NO_ANSWER, STEPS } from "./sign-in-failures.ts";
import type { Failure, Step } from "./sign-in-failures.ts";

const MINUTE_MS = 60_000;

/** What becomes of a first sign-in when one of its steps always fails in one way, and after that no more. */
async function signIn(step: Step, failure: Failure) {
  const server = new ScriptedServer();
  const clock = new VirtualClock();
  const start = clock.now();
  let failing = true;
  let asked = 0;
  server.intercept = (request) => {
    const { hostname } = new URL(request.url);
    // From outside nobody knows the internal name.
    const internal = hostname.startsWith("lyncdiscoverinternal.");
    const isFailing = failing && step.isOf(request);
    if (isFailing && (!internal || failure.everywhere)) {
      asked++;
      return failure.reply(request, step);
    }
    if (internal) return UNKNOWN();
    return request.url.startsWith("http:") ? toHttps() : undefined;
  };
  let saidAt: number | null = null;
  let wasOnline = false;
  const session = createSession({
    fetch: server.fetch,
    clock,
    random: { uuid: () => "uuid", fraction: () => 0.5 },
    logger: SILENT_LOGGER,
    listener: {
      stateChanged: ({ name }) => {
        wasOnline ||= name === "online";
        if (name === "reconnecting" || name === "attention") saidAt ??= clock.now();
      },
      received: () => undefined,
      generationEnded: () => undefined,
      channelInterrupted: () => undefined,
    },
    account: {
      address: "tosh@contoso.example",
      password: async () => "p&ss+w%rd",
      server: null,
      trusted: [],
      endpointId: "endpoint",
      instanceId: "instance",
      userAgent: "Doorbell/0",
      culture: "en-US",
    },
  });
  session.start();
  await clock.advance(MINUTE_MS);
  const { state } = session;
  const told = { state, wasOnline, after: saidAt === null ? null : saidAt - start, at: clock.now() };
  asked = 0;
  await clock.advance(10 * MINUTE_MS);
  const requests = asked;
  failing = false;
  let minutes = 0;
  while (session.state.name !== "online" && minutes < 30) {
    await clock.advance(MINUTE_MS);
    minutes++;
  }
  const recovers = session.state.name === "online" ? minutes : null;
  const { name } = session.state;
  await session.signOut();
  return { told, requests, recovers, ended: name };
}

/** As servers do, which do not serve it. */
function toHttps(): Response {
  return new Response(null, { status: 302, headers: { Location: ROOT } });
}

function UNKNOWN(): Promise<never> {
  const cause = Object.assign(new Error("ENOTFOUND"), { code: "ENOTFOUND" });
  return Promise.reject(Object.assign(new TypeError("fetch failed"), { cause }));
}

/** What window and terminal add to what is said, by the state and its reason. */
const additions = new Map<string, string>();

async function rowOf(step: Step, failure: Failure): Promise<{ name: string; cells: string[] }> {
  const { told, requests, recovers, ended } = await signIn(step, failure);
  const { state, wasOnline, after, at } = told;
  const what = `${step.title}: ${failure.name}`;
  // A request for events that is not answered is what waiting looks like.
  if (failure.name !== NO_ANSWER || !step.isHeld)
    expect(["reconnecting", "attention"], what).toContain(state.name);
  // Either it goes on being tried, and ends well when the failure ends, or the person is asked.
  expect(state.name === "attention" ? requests : 0, what).toBe(0);
  expect(ended === "online" ? (recovers ?? 99) : ended === "attention" ? 0 : 99, what).toBeLessThan(6);
  return {
    name: failure.name,
    cells: [
      after === null ? "never" : `${Math.round(after / 1000)} s`,
      jsonOf(state, at),
      detailOf(state, wasOnline, at),
      requests === 0 ? "no" : String(requests),
      recovers === null ? "no" : `${recovers} min`,
    ],
  };
}

/** The line of JSON without its times and its `detail`. */
function jsonOf(session: SessionState, now: number): string {
  const [line = "{}"] = new JsonLines({ name: "signedOut" }).changes(
    { session, invitations: [], conversations: [] },
    now,
  );
  const { state, reason, technical } = JSON.parse(line) as Record<string, string | undefined>;
  return [state, reason, technical === undefined ? undefined : `(${technical})`]
    .filter((part) => part !== undefined)
    .join(" ");
}

/** What every surface says; notes what window and terminal add to it. */
function detailOf(state: SessionState, wasOnline: boolean, now: number): string {
  const view = sessionView(state, wasOnline);
  const line = sessionLabel(state, now);
  if (view.name !== "reconnecting" && view.name !== "attention") return line;
  const { title, detail, advice } = troubleLabels(view, { withoutPassword: false });
  expect(detail).toMatch(/^\S.*\.$/);
  expect(line.startsWith(`${detail} `), line).toBe(true);
  const added = line.slice(detail.length + 1).replace(/\d+ (?:s|min)(?: \d+ s)?\.$|…$/, "…");
  const question = view.name === "attention" && view.origin !== null ? ", may be approved" : "";
  const which =
    view.name === "attention"
      ? `${view.name} ${view.reason}${question}`
      : `${view.name}${wasOnline ? ", has been online" : ""}`;
  if (!additions.has(which))
    additions.set(which, `| ${[which, title, advice || "–", added.replace(/ in …$/, "…")].join(" | ")} |`);
  return detail;
}

/** Failures that come to the same are one row. */
async function tableOf(step: Step): Promise<string> {
  const rows = new Map<string, { names: string[]; cells: string[] }>();
  for (const failure of FAILURES) {
    if (failure.at && !failure.at.includes(step)) continue;
    const { name, cells } = await rowOf(step, failure);
    const same = rows.get(cells.join("|"));
    if (same) same.names.push(name);
    else rows.set(cells.join("|"), { names: [name], cells });
  }
  const lines = [...rows.values()].map(
    ({ names, cells }) => `| ${[names.join("; "), ...cells].join(" | ")} |`,
  );
  return `## ${step.title}\n\n${HEAD}\n${lines.join("\n")}\n`;
}

const INTRODUCTION = `# What a sign-in that fails comes to

Made by \`e2e/protocol/sign-in-failures.test.ts\`, with the real client in virtual time; \`npm run unit -- e2e/protocol/sign-in-failures -u\` writes it anew. One step of a first sign-in always fails in one way, for eleven minutes, and then no more. A failure of a server leaves the internal discovery name unknown, as it is from outside.

- *Said after*: when the person first hears that something is wrong.
- *State, reason*: of the line of JSON, a minute after the start; in brackets its \`technical\`, which the window shows under Details.
- *What is said*: the \`detail\` of that line, and the middle of what window and terminal say. What they add stands at the end.
- *Requests*: how often the step is tried in the next ten minutes. \`no\`: the person is asked, and nothing is sent before the answer.
- *Online after*: how long after the end of the failure Doorbell is online, by itself.

A request for events that is not answered is what waiting looks like; what becomes of it later, \`e2e/protocol/online.test.ts\` tells. A 401 of the token service without a word is tried a second time after ten minutes, then the person is asked. Once a sign-in has been online, or another run has found the server, what stops here as \`notFound\`, \`certificate\` or \`proxy\` goes on being tried: \`main/ucwa/recovery.ts\`.
`;

const HEAD = `| failure | said after | state, reason (technical) | what is said | requests in ten minutes | online after |
| --- | --- | --- | --- | --- | --- |`;

const ADDITIONS = `## What window and terminal add

| state, reason | title in the window | what to do, in the window | in the terminal |
| --- | --- | --- | --- |`;

it("the page of failed sign-ins is what the program does and says", { timeout: 60_000 }, async () => {
  const tables: string[] = [];
  for (const step of STEPS) tables.push(await tableOf(step));
  const page = [INTRODUCTION, ...tables, `${ADDITIONS}\n${[...additions.values()].join("\n")}\n`];
  await expect(page.join("\n")).toMatchFileSnapshot("../../docs/sign-in-failures.md");
});
