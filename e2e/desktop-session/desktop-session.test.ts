import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Logger } from "../../main/platform/ports.ts";
import { FreedesktopNotifications } from "../../main/surfaces/native/freedesktop/freedesktop.ts";
import { Ringer, type RingerOptions } from "../../main/surfaces/native/ringer.ts";
import type {
  NotificationEvent,
  NotificationRequest,
} from "../../main/surfaces/native/notification-service.ts";
import { invitation } from "../../main/surfaces/native/testing/ringing-invitation.ts";
import { REAL_CLOCK } from "./control-bus.ts";
import { startDesktopSession, type DesktopSession } from "./desktop-session.ts";
import { MARK } from "./session-folder.ts";

const SILENT: Logger = { error() {}, warn() {}, info() {}, debug() {} };
const REQUEST: NotificationRequest = {
  summary: "Lene Aaling",
  body: "Strategy for next quarter\nProfit & <loss>",
  urgency: "normal",
  category: "im.received",
  actions: [
    { key: "accept", label: "Accept" },
    { key: "decline", label: "Decline" },
  ],
};

let desktop: DesktopSession;
let client: FreedesktopNotifications;

// Needs real programs; when some are missing this fails with the names of their packages.
beforeAll(async () => {
  desktop = await startDesktopSession();
}, 20_000);
afterAll(() => desktop?.close());
afterEach(async () => {
  await client.dispose();
  await desktop.waitForNoNotification();
});

function connect(): FreedesktopNotifications {
  client = new FreedesktopNotifications({ address: desktop.busAddress, clock: REAL_CLOCK, logger: SILENT });
  return client;
}

function show(request = REQUEST) {
  const events: NotificationEvent[] = [];
  const told = new Set<() => void>();
  const handle = connect().show(request, (event) => {
    events.push(event);
    for (const check of told) check();
  });
  const event = (type: NotificationEvent["type"]) =>
    new Promise<NotificationEvent>((resolve) => {
      const check = () => {
        const found = events.find((one) => one.type === type);
        if (found) resolve(found);
      };
      told.add(check);
      check();
    });
  return { handle, event };
}

describe("a notification on a real desktop", () => {
  it.each([
    ["short", "Hi"],
    ["long", `${"A message that goes on and on. ".repeat(6)}\nsecond line`],
  ])("with a %s text is answered by the pointer on its drawn button", async (_, body) => {
    for (const [label, key] of [
      ["Accept", "accept"],
      ["Decline", "decline"],
    ] as const) {
      const { event } = show({ ...REQUEST, body });
      await desktop.clickButton(label);
      expect(await event("answered")).toEqual({ type: "answered", key });
      await client.dispose();
      await desktop.waitForNoNotification();
    }
  });

  it("shows what was said, markup and all, with two buttons", async () => {
    show();
    const drawn = await desktop.waitForNotification({ text: "Lene" });
    expect(drawn.summary).toBe("Lene Aaling");
    expect(drawn.body).toBe("Strategy for next quarter\nProfit & <loss>");
    expect(drawn.buttons.map(({ name }) => name)).toEqual(["Accept", "Decline"]);
    const [window] = await desktop.windows();
    const { x, y, width, height } = drawn.frame;
    expect(window).toMatchObject({ name: "xfce4-notifyd", x, y, width, height });
  });

  it("changes in place", async () => {
    const { handle } = show();
    const before = await desktop.waitForNotification({ text: "Lene" });
    handle.update({ ...REQUEST, body: "Accepting…", actions: [] });
    const after = await desktop.waitForNotification({ text: "Accepting…" });
    expect(after.buttons).toEqual([]);
    expect(after.frame.y).toBe(before.frame.y);
    expect(await desktop.notifications()).toHaveLength(1);
  });

  it("leaves the screen when it is closed", async () => {
    const { handle } = show();
    await desktop.waitForNotification({ text: "Lene" });
    await handle.close();
    await desktop.waitForNoNotification();
  });

  it("clicked away is told as dismissed by the user", async () => {
    const { event } = show();
    const { frame } = await desktop.waitForNotification({ text: "Lene" });
    await desktop.screen.click(frame.x + frame.width / 2, frame.y + 8);
    expect(await event("closed")).toEqual({ type: "closed", by: "user" });
  });
});

describe("an invitation that rings", () => {
  it("is shown again by the next service when its service was killed, and answered there", async () => {
    const answers: string[] = [];
    const answered = Promise.withResolvers<void>();
    const answer = async (text: string) => {
      answers.push(text);
      answered.resolve();
      return { ok: true } as const;
    };
    const reports: Array<string | null> = [];
    const options: RingerOptions = {
      clock: REAL_CLOCK,
      logger: SILENT,
      answering: { accept: (id) => answer(`accept ${id}`), decline: (id) => answer(`decline ${id}`) },
      report: (problem) => reports.push(problem?.code ?? null),
      toast: false,
    };
    const ringer = new Ringer(options, connect());
    ringer.update({
      session: { name: "online", generation: 1 },
      invitations: [invitation()],
      conversations: [],
    });
    await desktop.waitForNotification({ text: "Hi Tosh" });
    await desktop.killNotificationService();
    await desktop.waitForNoNotification();
    await desktop.startNotificationService();
    await desktop.waitForNotification({ text: "Hi Tosh" });
    expect(await desktop.notifications()).toHaveLength(1);
    await desktop.clickButton("Accept");
    await answered.promise;
    expect(answers).toEqual(["accept i1"]);
    expect(reports).toEqual(["noService", null]);
    await ringer.dispose();
  });
});

describe("the private desktop", () => {
  it("has a keyring that is unlocked", async () => {
    client = connect();
    const script = `import keytar from "keytar";
      await keytar.setPassword("doorbell-test", "lene", "s3cret");
      process.stdout.write(await keytar.getPassword("doorbell-test", "lene") ?? "");`;
    const args = ["--input-type=module", "--eval", script];
    const run = promisify(execFile);
    const cwd = fileURLToPath(new URL(".", import.meta.url));
    const { stdout } = await run(process.execPath, args, { env: desktop.env, cwd, timeout: 8_000 });
    expect(stdout).toBe("s3cret");
  });

  it("takes a picture of its screen", async () => {
    show();
    await desktop.waitForNotification({ text: "Lene" });
    const folder = mkdtempSync(join(tmpdir(), "doorbell-picture-"));
    try {
      const path = join(folder, "screen.png");
      await desktop.screenshot(path);
      expect(readFileSync(path).subarray(1, 4).toString()).toBe("PNG");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("leaves nothing behind when the program that started it is killed", async () => {
    client = connect();
    const module = JSON.stringify(new URL("desktop-session.ts", import.meta.url).href);
    const script = `const { startDesktopSession } = await import(${module});
      console.log((await startDesktopSession()).env.${MARK}); setInterval(() => {}, 1000);`;
    const starter = spawn(process.execPath, ["--input-type=module", "--eval", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [folder] = await once(createInterface({ input: starter.stdout }), "line");
    expect(processesOf(folder).length).toBeGreaterThan(4);
    starter.kill("SIGKILL");
    await expect.poll(() => existsSync(folder), { timeout: 6_000 }).toBe(false);
    expect(processesOf(folder)).toEqual([]);
  });
});

function processesOf(folder: string): string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      return (
        /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, "latin1").includes(`${MARK}=${folder}\0`)
      );
    } catch {
      return false;
    }
  });
}
