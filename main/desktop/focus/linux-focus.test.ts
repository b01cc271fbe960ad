import { Message, sessionBus } from "@particle/dbus-next";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";

import { systemClock } from "../../platform/system.ts";
import { PrivateBus } from "../../testing/private-bus.ts";
import { SILENT_LOGGER } from "../../testing/rig.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import { BUS_TELLERS, SETTING_TELLERS } from "./focus-table.ts";
import { LinuxFocus, type LinuxFocusOptions } from "./linux-focus.ts";
import { StagedTeller } from "./testing/staged-teller.ts";

const owned: (() => void)[] = [];
const told: boolean[] = [];
let bus: PrivateBus;

beforeAll(async () => {
  bus = await PrivateBus.start();
});
afterAll(() => bus.close());
afterEach(() => {
  for (const end of owned.splice(0)) end();
  told.length = 0;
});

function open(options: Partial<LinuxFocusOptions> = {}): LinuxFocus {
  const read = (): Promise<null> => Promise.resolve(null);
  const common = { address: bus.address, desktop: "", read, clock: systemClock, logger: SILENT_LOGGER };
  const focus = new LinuxFocus({ ...common, ...options });
  focus.subscribe((on) => told.push(on));
  owned.push(() => focus.dispose());
  return focus;
}

async function stage(...staging: Parameters<typeof StagedTeller.start>): Promise<StagedTeller> {
  const staged = await StagedTeller.start(...staging);
  owned.push(() => staged.stop());
  return staged;
}

const becomes = (...changes: readonly boolean[]) =>
  vi.waitFor(() => expect(told).toEqual(changes), { timeout: 10_000 });

describe.each(BUS_TELLERS)("$who", { timeout: 30_000 }, (teller) => {
  it("is asked when it is there, after each of its signals, and forgotten when it goes", async () => {
    const first = await stage(bus.address, teller, { quiet: true });
    const focus = open();
    await becomes(true);
    first.set(false);
    await becomes(true, false);
    first.set(true);
    await becomes(true, false, true);
    expect(focus.on).toBe(true);
    first.stop();
    await becomes(true, false, true, false);
    await stage(bus.address, teller, { quiet: true });
    await becomes(true, false, true, false, true);
  });

  it("wants no quiet when it answers something else", async () => {
    const staged = await stage(bus.address, teller, { quiet: true });
    open();
    await becomes(true);
    staged.set("true");
    await becomes(true, false);
  });
});

describe("the session bus", { timeout: 30_000 }, () => {
  const [teller, other] = ["plasma", "swaync"].map((name) => BUS_TELLERS.find(({ who }) => who === name));
  if (teller === undefined || other === undefined) throw new Error("They are not in the table.");

  /** All that has come before has been heard: whoever is asked now answers after it. */
  async function answersNow(): Promise<void> {
    const xfce = BUS_TELLERS.find(({ who }) => who === "xfce");
    if (xfce === undefined) throw new Error("It is not in the table.");
    const staged = await StagedTeller.start(bus.address, xfce);
    await vi.waitFor(() => expect(staged.asked).toBe(1), { timeout: 10_000 });
    staged.stop();
  }

  it("is not there: nobody wants quiet", async () => {
    const clock = new VirtualClock();
    for (const address of [null, "unix:path=/nonexistent/bus"]) {
      const focus = open({ address, clock });
      await clock.advance(200_000);
      expect(focus.on).toBe(false);
    }
    expect(told).toEqual([]);
  });

  it("has somebody slow, who is waited for: what was said before holds meanwhile", async () => {
    const slow = await stage(bus.address, teller, { quiet: true });
    const clock = new VirtualClock();
    open({ clock });
    await becomes(true);
    slow.silence();
    slow.set(false);
    // Whoever is asked later answers meanwhile.
    await answersNow();
    await clock.advance(60_000);
    expect(told).toEqual([true]);
    slow.release();
    await becomes(true, false);
  });

  it("has somebody who answers after another has taken the place, which says nothing", async () => {
    const former = await stage(bus.address, teller, { silent: true });
    open();
    await vi.waitFor(() => expect(former.asked).toBe(1));
    await stage(bus.address, teller, { quiet: true });
    await becomes(true);
    former.release();
    await answersNow();
    expect(told).toEqual([true]);
  });

  it("has several who want quiet, which is told once", async () => {
    const one = await stage(bus.address, teller, { quiet: true });
    const two = await stage(bus.address, other, { quiet: true });
    open();
    await becomes(true);
    await answersNow();
    one.set(false);
    await answersNow();
    expect(told).toEqual([true]);
    two.set(false);
    await becomes(true, false);
  });

  it("is left again when it is found after all has ended", async () => {
    const look = sessionBus({ busAddress: bus.address, authMethods: ["EXTERNAL"] });
    owned.push(() => look.disconnect());
    const names = async () => {
      const [path, destination] = ["/org/freedesktop/DBus", "org.freedesktop.DBus"];
      const answer = await look.call(
        new Message({ destination, path, interface: destination, member: "ListNames" }),
      );
      const found: unknown = answer?.body[0];
      return Array.isArray(found) ? found.length : 0;
    };
    const before = await names();
    open().dispose();
    const after = open();
    await answersNow();
    after.dispose();
    await vi.waitFor(async () => expect(await names()).toBe(before));
  });

  it("dies, and is looked for again a minute later", async () => {
    const own = await PrivateBus.start();
    owned.push(() => void own.close());
    const clock = new VirtualClock();
    const before = await stage(own.address, teller, { quiet: true });
    const read = () => Promise.resolve("false");
    const focus = open({ address: own.address, clock, desktop: "GNOME", read });
    await becomes(true);
    await own.kill();
    await becomes(true, false);
    expect(focus.on).toBe(false);
    before.stop();
    await own.start();
    await stage(own.address, teller, { quiet: true });
    await clock.advance(60_000);
    await becomes(true, false, true);
  });

  it("tells nothing any more once it was disposed of", async () => {
    const staged = await stage(bus.address, teller, { quiet: true });
    const focus = open();
    await becomes(true);
    open();
    await becomes(true, true);
    focus.dispose();
    staged.set(false);
    await becomes(true, true, false);
    staged.set(true);
    await becomes(true, true, false, true);
  });
});

describe.each(SETTING_TELLERS)("$who", { timeout: 30_000 }, ({ desktop, path, key, schema, quietWhen }) => {
  const LOUD = String(!quietWhen);
  const QUIET = String(quietWhen);

  /** What `gsettings` answers, and who is asked. */
  function settings(first: string | null) {
    const asked: string[] = [];
    const answers = { now: first };
    const read = async (...[name, which]: Parameters<LinuxFocusOptions["read"]>) => {
      asked.push(`${name} ${which}`);
      return await Promise.resolve(answers.now);
    };
    return { asked, answers, read };
  }

  async function dconf() {
    const writer = sessionBus({ busAddress: bus.address, authMethods: ["EXTERNAL"] });
    owned.push(() => writer.disconnect());
    await writer.requestName("ca.desrt.dconf");
    return (prefix: string, ...names: string[]) =>
      writer.send(
        Message.newSignal("/ca/desrt/dconf/Writer/user", "ca.desrt.dconf.Writer", "Notify", "sass", [
          prefix,
          names,
          "tag",
        ]),
      );
  }

  it("is read at the beginning and whenever it is written", async () => {
    const { asked, answers, read } = settings(QUIET);
    const write = await dconf();
    open({ desktop: `ubuntu:${desktop}`, read });
    await becomes(true);
    answers.now = LOUD;
    write(`${path}another-key`, "");
    write(`${path}application/some-program/`, key);
    write(`${path}${key}`, "");
    await becomes(true, false);
    expect(asked).toEqual([`${schema} ${key}`, `${schema} ${key}`]);
    answers.now = QUIET;
    write(path, "another-key", key);
    await becomes(true, false, true);
    answers.now = null;
    write(path, "");
    await becomes(true, false, true, false);
  });

  it("is read by one program at a time, and once more if it was written meanwhile", async () => {
    const reads: ((value: string) => void)[] = [];
    const write = await dconf();
    open({ desktop, read: () => new Promise((resolve) => reads.push(resolve)) });
    await vi.waitFor(() => expect(reads).toHaveLength(1));
    for (let times = 0; times < 9; times += 1) write(`${path}${key}`, "");
    const other = BUS_TELLERS.find(({ who }) => who === "swaync");
    if (other === undefined) throw new Error("There is no other.");
    const staged = await stage(bus.address, other, { quiet: true });
    await becomes(true);
    expect(reads).toHaveLength(1);
    reads[0]?.(LOUD);
    await vi.waitFor(() => expect(reads).toHaveLength(2));
    reads[1]?.(QUIET);
    staged.set(false);
    await vi.waitFor(() => expect(reads).toHaveLength(2));
    expect(told).toEqual([true]);
  });

  it("is not asked on another desktop", async () => {
    const { asked, read } = settings(QUIET);
    const write = await dconf();
    const other = BUS_TELLERS.find(({ who }) => who === "swaync");
    if (other === undefined) throw new Error("There is no other.");
    const staged = await stage(bus.address, other, { quiet: true });
    open({ desktop: "XFCE", read });
    await becomes(true);
    write(`${path}${key}`, "");
    staged.set(false);
    await becomes(true, false);
    expect(asked).toEqual([]);
  });
});
