import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { PanelBridge, SettingsChange } from "../../preload/contract.ts";
import type { Ear } from "../desktop-session/sound-server.ts";
import { Shell, TERMINAL } from "./support/shell.ts";
import { CALLER, expect, PASSWORD, test, USER, type Bell } from "./support/test.ts";

test.use({ ownDesktop: true });

/** What is heard is heard a little later than it was played: the program, two buffers, and a recorder. */
const SOON_MS = 300;
/** A ring and its pause. */
const ROUND_MS = 2_700;
const ALL_ON = { ring: true, urgentRing: true, missed: true, message: true };

async function change(bell: Bell, wanted: SettingsChange): Promise<void> {
  const answer = await (
    await bell.panel()
  ).evaluate(
    (sent) => (globalThis as unknown as { doorbell: PanelBridge }).doorbell.changeSettings(sent),
    wanted,
  );
  expect(answer).toEqual({ ok: true, value: null });
}

/** Nothing is heard for so long. */
async function silent(ear: Ear, ms = ROUND_MS): Promise<void> {
  const from = Date.now();
  await ear.listen(ms);
  expect(ear.loudest(from, Date.now()), "loudness of what should be silent").toBe(0);
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Infinity;

test("an invitation is heard at once, again and again, and not a moment longer than it rings", async ({
  desktop,
  server,
  bell: start,
}) => {
  test.setTimeout(180_000);
  const ear = await desktop.startSoundServer();
  const bell = await (await start()).online();
  await change(bell, { soundsOn: { ...ALL_ON, missed: false } });
  await ear.listening();
  await silent(ear, 1_000);
  const panel = await bell.panel();
  const [begins, ends]: [number[], number[]] = [[], []];
  for (const end of ["cancel", "Decline", "cancel", "Decline", "Accept"]) {
    const invited = Date.now();
    const id = await server.invite();
    const heard = await ear.loud(invited);
    begins.push(heard - invited);
    // The next round: what ends in a pause would be silent anyway.
    const again = await ear.loud(heard + 2_000);
    expect(again - heard).toBeLessThan(ROUND_MS + SOON_MS);
    if (end === "cancel") await server.control("POST", `invitations/${id}/cancel`);
    else await panel.getByRole("button", { name: `${end} ${CALLER.name}` }).click();
    const over = Date.now();
    await ear.listen(ROUND_MS);
    ends.push(Math.max(0, ear.lastLoud - over));
  }
  const figures = `heard after ${begins.join(", ")} ms, silent ${ends.join(", ")} ms after the end`;
  test.info().annotations.push({ type: "figures", description: figures });
  process.stdout.write(`${figures}\n`);
  expect(median(begins)).toBeLessThan(SOON_MS);
  expect(Math.max(...ends)).toBeLessThan(SOON_MS);
});

test("what is urgent sounds otherwise than what is not, and so does what was missed; who wants quiet has it", async ({
  desktop,
  server,
  bell: start,
}) => {
  test.setTimeout(180_000);
  const ear = await desktop.startSoundServer();
  const bell = await (await start()).online();
  await ear.listening();
  const toneOf = async (importance: "Normal" | "Urgent"): Promise<readonly number[]> => {
    const invited = Date.now();
    const id = await server.invite({ importance });
    const heard = await ear.loud(invited);
    await ear.listen(300);
    const over = Date.now();
    await server.control("POST", `invitations/${id}/cancel`);
    await ear.listen(ROUND_MS);
    return [ear.tone(heard, over), ear.tone(over + SOON_MS, over + SOON_MS + 300)];
  };
  // Its first note, and what falls from 440 Hz.
  const [ring = 0, missed = 0] = await toneOf("Normal");
  const [urgent = 0] = await toneOf("Urgent");
  expect(ring).toBeGreaterThan(640);
  expect(ring).toBeLessThan(680);
  expect(urgent).toBeGreaterThan(1_000);
  expect(missed).toBeGreaterThan(200);
  expect(missed).toBeLessThan(450);

  const always = { on: true, from: "00:00", to: "00:00" };
  await change(bell, { quietHours: { on: true, days: Array.from({ length: 7 }, () => always) } });
  const quiet = await server.invite();
  await expect((await bell.panel()).getByRole("article")).toHaveCount(1);
  await silent(ear);
  await server.control("POST", `invitations/${quiet}/cancel`);
  await silent(ear, 1_500);
  expect((await toneOf("Urgent"))[0]).toBeGreaterThan(1_000);

  // Do not disturb holds for what is urgent, too, and at once for what rings already.
  const before = Date.now();
  await server.invite({ importance: "Urgent" });
  await ear.loud(before);
  await (
    await bell.panel()
  ).evaluate(() => (globalThis as unknown as { doorbell: PanelBridge }).doorbell.setQuiet("1h"));
  const wanted = Date.now();
  await ear.listen(ROUND_MS);
  expect(ear.lastLoud - wanted).toBeLessThan(SOON_MS);
});

test("it is heard on after the page that plays it has died, and what was heard once is not heard again", async ({
  desktop,
  server,
  bell: start,
}) => {
  test.setTimeout(120_000);
  const ear = await desktop.startSoundServer();
  const bell = await (await start()).online();
  await ear.listening();
  const invited = Date.now();
  const id = await server.invite();
  await ear.loud(invited);
  for (const what of ["crashRenderer", "reloadRenderer"] as const) {
    const before = Date.now();
    await bell.app[what]("toast");
    await ear.listen(500);
    await ear.loud(before + 500);
    await ear.listen(ROUND_MS);
    expect(ear.lastLoud - before).toBeGreaterThan(ROUND_MS / 2);
  }
  await server.control("POST", `invitations/${id}/cancel`);
  const over = Date.now();
  await ear.loud(over + SOON_MS);
  await bell.app.reloadRenderer("toast");
  await ear.listen(SOON_MS);
  await silent(ear);
});

test("a message that nobody looks at is heard, once", async ({ desktop, server, bell: start }) => {
  test.setTimeout(120_000);
  const ear = await desktop.startSoundServer();
  const bell = await (await start()).online();
  await ear.listening();
  const id = await server.invite();
  await (await bell.panel()).getByRole("button", { name: `Accept ${CALLER.name}` }).click();
  await bell.app.window("conversation");
  await ear.listen(500);
  await bell.app.closeWindow("conversation");
  await expect.poll(() => bell.app.visibleWindows()).toEqual(["panel"]);
  const written = Date.now();
  await server.control("POST", `invitations/${id}/messages`, { text: "Are you there?" });
  const heard = await ear.loud(written);
  await ear.listen(1_000);
  expect(ear.tone(heard - 20, heard + 60)).toBeGreaterThan(800);
  expect(ear.lastLoud - heard).toBeLessThan(600);
});

test("a person chooses a sound of their own, tries it, and hears Doorbell's where theirs is gone", async ({
  desktop,
  server,
  bell: start,
  picture,
}) => {
  test.setTimeout(180_000);
  const ear = await desktop.startSoundServer();
  const bell = await (await start()).online();
  await ear.listening();
  const panel = await bell.panel();
  await panel.getByRole("button", { name: "Settings" }).click();
  const ring = panel.getByRole("group", { name: "Invitation", exact: true });

  const choose = async (name: string, bytes: Uint8Array): Promise<string> => {
    const path = join(desktop.home, name);
    writeFileSync(path, bytes);
    await bell.app.program.evaluate(({ dialog }, chosen) => {
      const known = globalThis as unknown as { __asked: boolean };
      known.__asked = false;
      dialog.showOpenDialog = async () => {
        known.__asked = true;
        return { canceled: false, filePaths: [chosen] };
      };
    }, path);
    // The second click of a double click is nothing.
    await expect
      .poll(async () => {
        await ring.getByRole("button", { name: "Choose file" }).click();
        return await bell.app.program.evaluate(() => (globalThis as unknown as { __asked: boolean }).__asked);
      })
      .toBe(true);
    return path;
  };
  await choose("no-sound.wav", Buffer.from("<html>"));
  await expect(ring.getByRole("alert")).toContainText("isn't a sound that Doorbell can play");
  await picture("refused");

  await choose("my own.wav", tone(1_500));
  await expect(ring.locator(".file")).toHaveText("my own.wav");
  await expect(ring.getByRole("alert")).toHaveCount(0);
  const tried = Date.now();
  await ring.getByRole("button", { name: "Play" }).click();
  const heard = await ear.loud(tried);
  await ear.listen(6_000);
  expect(ear.tone(heard, heard + 500)).toBe(1_500);
  expect(ear.lastLoud - heard).toBeGreaterThan(4_000);
  expect(ear.lastLoud - heard).toBeLessThan(5_500);
  await picture("settings");

  // Under the same address, another file.
  const other = await choose("another.wav", tone(2_000));
  await expect(ring.locator(".file")).toHaveText("another.wav");
  const again = Date.now();
  await ring.getByRole("button", { name: "Play" }).click();
  const second = await ear.loud(again);
  await ear.listen(6_000);
  expect(ear.tone(second, second + 500)).toBe(2_000);

  bell.expectedErrors = /status of 404/;
  writeFileSync(other, "");
  const invited = Date.now();
  const id = await server.invite();
  const ours = await ear.loud(invited);
  await ear.listen(400);
  expect(Math.abs(ear.tone(ours, ours + 300) - 660)).toBeLessThan(20);
  await server.control("POST", `invitations/${id}/cancel`);
  await expect(ring.locator(".problem")).toContainText("You hear Doorbell's own sound instead.");
  await ring.getByRole("button", { name: "Reset" }).click();
  await expect(ring.locator(".file")).toHaveCount(0);
});

test("doorbell watch is heard in a terminal, and no longer once it is over", async ({ desktop, server }) => {
  const ear = await desktop.startSoundServer();
  await ear.listening();
  await using shell = new Shell({ ...desktop.env, DOORBELL_PASSWORD: PASSWORD });
  shell.type(`${TERMINAL} watch --server ${server.url} --user ${USER}\n`);
  await shell.shows(/Online\. Waiting for invitations\./);
  await silent(ear, 500);
  for (const key of ["d", "q"]) {
    const invited = Date.now();
    await server.invite();
    const heard = await ear.loud(invited);
    expect(heard - invited).toBeLessThan(1_000);
    expect((await ear.loud(heard + 2_000)) - heard).toBeLessThan(ROUND_MS + 1_000);
    shell.type(key);
    const over = Date.now();
    await ear.listen(ROUND_MS);
    expect(ear.lastLoud - over).toBeLessThan(1_000);
  }
});

/** A WAV file with one second of this tone: the head of one of ours, with other samples behind it. */
function tone(hertz: number): Buffer {
  const head = readFileSync("out/renderer/sounds/ring.wav").subarray(0, 44);
  const sampleRate = head.readUInt32LE(24);
  const data = Buffer.alloc(sampleRate * 2);
  for (let at = 0; at < sampleRate; at += 1)
    data.writeInt16LE(Math.round(Math.sin((2 * Math.PI * hertz * at) / sampleRate) * 20_000), at * 2);
  head.writeUInt32LE(36 + data.length, 4);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}
