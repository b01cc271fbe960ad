import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { DesktopSession } from "../desktop-session/desktop-session.ts";
import { expect, test, type Bell } from "./support/test.ts";
import type { UcwaServer } from "./support/ucwa-server.ts";

// The icon as Xfce's panel draws it.
test.use({ desktopOptions: { environment: "xfce" } });

const PANELS = ["light", "dark"] as const;

interface State {
  /** The beginning of the image's name. */
  readonly image: string;
  readonly begin: (bell: Bell, server: UcwaServer) => Promise<unknown>;
}

let ringing = "";

/** In an order in which each comes from the one before. */
const STATES: readonly State[] = [
  { image: "offline", begin: (bell) => bell.panel() },
  { image: "needsYou", begin: (bell) => bell.signIn("wrong") },
  {
    image: "connecting",
    begin: async (bell, server) => {
      await server.control("POST", "faults", { endpoint: "applications", delayMs: 120_000 });
      await bell.signIn();
    },
  },
  { image: "available", begin: (_, server) => server.control("POST", "faults/release", {}) },
  { image: "quiet", begin: (bell) => bell.app.clickTray("quiet:untilTurnedOff") },
  {
    image: "ringing",
    begin: async (bell, server) => {
      await bell.app.clickTray("quiet:off");
      // What is missed while the list is looked at is no news.
      await bell.app.program.evaluate(({ BrowserWindow }) => {
        for (const window of BrowserWindow.getAllWindows()) window.hide();
      });
      ringing = await server.invite();
    },
  },
  { image: "missed1", begin: (_, server) => server.control("POST", `invitations/${ringing}/cancel`) },
];

/**
 * The icon as the panel draws it, which it does a moment after it was told: once it stands, and looks like none before. A
 * picture of it is left in `test-results/pictures/tray`.
 */
async function drawn(
  { xfce, screen }: DesktopSession,
  name: string,
  seen: ReadonlySet<string>,
): Promise<string> {
  const { x, y, width, height } = await xfce.tray();
  const area = { x: x - 12, y, width: width + 24, height };
  await screen.movePointer(640, 400);
  let before = "";
  await expect
    .poll(
      async () => {
        const last = before;
        before = await screen.pixels(area);
        return before === last && !seen.has(before);
      },
      { message: `${name} stands, and looks like no other`, timeout: 10_000 },
    )
    .toBe(true);
  const folder = "test-results/pictures/tray";
  mkdirSync(folder, { recursive: true });
  const whole = join(folder, "screen.png");
  await screen.screenshot(whole);
  await screen.cutOut(whole, area, join(folder, `${name}.png`));
  return before;
}

test("every state of the bell looks otherwise than every other, on a light panel and on a dark one", async ({
  desktop,
  server,
  bell: start,
}) => {
  test.setTimeout(180_000);
  const bell = await start();
  const seen = new Set<string>();
  for (const [number, { image, begin }] of STATES.entries())
    await test.step(image, async () => {
      await begin(bell, server);
      await expect
        .poll(async () => (await bell.app.tray())?.image, { timeout: 15_000 })
        .toMatch(new RegExp(`^${image}-`));
      for (const panel of PANELS) {
        await desktop.xfce.setDark(panel === "dark");
        seen.add(await drawn(desktop, `${panel}-${number}-${image}`, seen));
      }
    });
});
