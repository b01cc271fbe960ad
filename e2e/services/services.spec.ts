import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { DesktopSession, DesktopSessionOptions } from "../desktop-session/desktop-session.ts";
import type { Area } from "../desktop-session/screen.ts";
import type { Doorbell } from "../specs/support/doorbell.ts";
import { DrawnRing } from "../specs/support/drawn-ring.ts";
import { expect, test } from "../specs/support/test.ts";

// Every service draws, hides and forgets by rules of its own; `docs/notification-services.md` is the table of them.

interface Ring {
  readonly desktop: DesktopSession;
  readonly drawn: DrawnRing;
  /** Where it is drawn. */
  readonly area: Area;
}

interface Service {
  readonly name: string;
  readonly options: DesktopSessionOptions;
  /** The part of the screen in which nothing changes by itself; all of it where left out. */
  readonly within?: Partial<Area>;
  /** Accepts as a person does there. */
  readonly accept: (ring: Ring) => Promise<void>;
  /** How many rings it is given at once; all of four where left out. */
  readonly room?: number;
  /** Which of the two answers stands where is chance. */
  readonly byChance?: true;
}

const MARGIN = 8;
const SCREEN: Area = { x: 0, y: 0, width: 1280, height: 800 };
/** A service that takes a notification away by itself has done so by then: GNOME after 4 s, Plasma after 5 s. */
const STAYS_MS = 7_000;
/** A name of eighty characters, and a caller who has much to say. */
const TALKATIVE = {
  from: {
    name: "Wilhelmina Alexandra Featherstonehaugh-Cholmondeley of the Northern Sales Depart",
    uri: "sip:wilhelmina.featherstonehaugh@fabrikam.example",
  },
  sourceNetwork: "Federated",
  importance: "Urgent",
  subject:
    "Strategy for the next quarter, and what the board said of the new building in the old harbour of Aarhus",
  message: `Have you got a few minutes? ${"I would like to talk about the figures of yesterday evening. ".repeat(3)}`,
} as const;

const byButton = ({ drawn }: Ring) => drawn.press("Accept");
/** Where the service tells assistive technology nothing: from the left and from the lower edge of what it draws. */
const byPointerAt =
  (right: number, up: number) =>
  ({ desktop, area }: Ring) =>
    desktop.screen.click(area.x + right, area.y + area.height - up);

const SERVICES: readonly Service[] = [
  { name: "xfce", options: { service: "xfce" }, accept: byButton },
  { name: "mate", options: { service: "mate" }, accept: byButton },
  { name: "lxqt", options: { service: "lxqt" }, accept: byButton },
  {
    name: "plasma",
    options: { environment: "plasma" },
    within: { height: 740 },
    accept: byPointerAt(228, 20),
  },
  {
    name: "gnome",
    options: { environment: "gnome" },
    within: { y: 32, height: 768 },
    accept: byButton,
    room: 1,
  },
  {
    name: "notification-daemon",
    options: { service: "notification-daemon" },
    accept: byButton,
    room: 1,
  },
  {
    name: "dunst",
    options: { service: "dunst" },
    // The middle button opens a menu, in which a person types.
    accept: async ({ desktop, drawn, area }) => {
      await desktop.screen.clickMiddle(area.x + area.width / 2, area.y + area.height / 2);
      await drawn.seen(area);
      await desktop.screen.type("Accept");
      await desktop.screen.pressKeys("Return");
    },
  },
  {
    name: "awesome",
    options: { service: "awesome" },
    within: { y: 24, height: 776 },
    accept: byPointerAt(40, 16),
    byChance: true,
  },
  {
    name: "mako",
    options: { service: "mako" },
    // Its menu is a program of the person's own choice; this is what such a one calls.
    accept: async ({ desktop: { env } }) =>
      void (await promisify(execFile)("makoctl", ["invoke", "accept"], { env })),
  },
  { name: "swaync", options: { service: "swaync" }, accept: byPointerAt(100, 30) },
];

/** With some of the desktop around it. */
function framed({ x, y, width, height }: Area): Area {
  const [left, top] = [Math.max(0, x - MARGIN), Math.max(0, y - MARGIN)];
  return { x: left, y: top, width: x + width + MARGIN - left, height: y + height + MARGIN - top };
}

/** How often the program has been told this of a notification. */
function told({ stderr }: Doorbell, event: string): number {
  return stderr.match(new RegExp(`ringer\\.event .*event=${event}$`, "gm"))?.length ?? 0;
}

const PICTURES = "test-results/pictures/services";

for (const { name, options, within, accept, room = 4, byChance } of SERVICES) {
  test.describe(name, () => {
    test.use({ desktopOptions: { keyring: false, ...options } });

    test(`on ${name} a ring is seen until it ends, is accepted, and nothing is left of it`, async ({
      desktop,
      server,
      doorbell: start,
    }) => {
      const doorbell = start({ notify: true });
      await doorbell.online();
      const drawn = await DrawnRing.before(desktop, { ...SCREEN, ...within });
      const keep = async (what: string) => {
        const area = await drawn.area();
        if (area === null) throw new Error(`Nothing is drawn of ${what}.`);
        mkdirSync(PICTURES, { recursive: true });
        const whole = join(desktop.home, `${what}.png`);
        await desktop.screenshot(whole);
        await desktop.screen.cutOut(whole, framed(area), join(PICTURES, `${name}-${what}.png`));
      };
      const end = async () => {
        const { invitations } = await server.state();
        for (const { id, state } of invitations)
          if (state === "ringing") await server.control("POST", `invitations/${id}/cancel`);
        await drawn.gone();
      };

      await server.invite(TALKATIVE);
      await doorbell.next({ type: "invitation", state: "ringing" });
      await drawn.seen();
      await new Promise((resolve) => setTimeout(resolve, STAYS_MS));
      const area = await drawn.seen();
      await keep("ring");
      await accept({ desktop, drawn, area });
      let answered: Awaited<ReturnType<Doorbell["next"]>>;
      do answered = await doorbell.next({ type: "invitation" });
      while (answered["endedAt"] === null);
      expect(byChance ? ["accepted", "declined"] : ["accepted"]).toContain(answered["state"]);
      await drawn.gone();
      // LXQt closes a notification that the pointer leaves, also when it is moved away from under it.
      await desktop.screen.movePointer(20, 400);
      // Some close what was answered.
      const closed = told(doorbell, "closed");

      await server.invite();
      const one = await drawn.seen();
      await server.invite();
      await doorbell.next({ type: "invitation", state: "ringing" });
      await doorbell.next({ type: "invitation", state: "ringing" });
      if (room > 1) await drawn.seen(one);
      await keep("twins");
      await end();

      const before = told(doorbell, "shown");
      for (let call = 1; call <= 4; call += 1) await server.invite({ message: `Call ${call} of 4` });
      for (let call = 1; call <= 4; call += 1) await doorbell.next({ type: "invitation", state: "ringing" });
      await expect.poll(() => told(doorbell, "shown") - before).toBe(room);
      await drawn.seen();
      await keep("crowd");
      await end();

      // Of what was not answered, no service has taken anything away or refused it.
      expect(told(doorbell, "closed") + told(doorbell, "failed") - closed).toBe(0);
      expect(await doorbell.quit()).toBe(0);
    });
  });
}

test.describe("notify-osd", () => {
  test.use({ desktopOptions: { keyring: false, service: "notify-osd" } });

  test("on notify-osd, from which nothing can be taken back, a ring is in the terminal and nothing is drawn", async ({
    desktop,
    server,
    doorbell: start,
  }) => {
    const doorbell = start({ notify: true });
    await doorbell.online();
    const drawn = await DrawnRing.before(desktop, SCREEN);
    await server.invite(TALKATIVE);
    const { id } = await doorbell.next({ type: "invitation", state: "ringing" });
    await new Promise((resolve) => setTimeout(resolve, STAYS_MS));
    await drawn.gone();
    expect(doorbell.stderr).toContain("doorbell: notify-osd 1.0 shows no buttons, so answer elsewhere.");
    doorbell.send({ accept: id });
    await doorbell.next({ type: "invitation", state: "accepted" });
    expect(await doorbell.quit()).toBe(0);
  });
});
