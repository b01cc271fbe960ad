import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { XfceDesktop } from "../desktop-session/environments/xfce.ts";
import { rememberPerson } from "../packaged/remembered-person.ts";
import { CALLER, expect, test, type Bell } from "./support/test.ts";
import type { UcwaServer } from "./support/ucwa-server.ts";

// The icon, the tooltip and the menu as Xfce's panel is told of them.
test.use({ desktopOptions: { environment: "xfce" } });

interface Ending {
  readonly name: string;
  /** In the panel's history. */
  readonly inHistory: RegExp;
  /** At the beginning of its entry in the menu. */
  readonly inMenu: string;
  /** How many were missed by then. */
  readonly missed: number;
  end(bell: Bell, server: UcwaServer): Promise<void>;
}

const invite = (server: UcwaServer, rings?: number) =>
  server.control("POST", "invitations", { to: "sip:tosh@contoso.example", from: CALLER, rings });

const ENDINGS: readonly Ending[] = [
  {
    name: "accepted",
    inHistory: /^Accepted$/,
    inMenu: "Accepted",
    missed: 0,
    end: async (bell, server) => {
      await server.invite();
      await bell.chooseInTray("accept");
      await bell.app.window("conversation");
      await bell.app.closeWindow("conversation");
    },
  },
  {
    name: "declined",
    inHistory: /^Declined$/,
    inMenu: "Declined",
    missed: 0,
    end: async (bell, server) => {
      await server.invite();
      await bell.chooseInTray("decline");
    },
  },
  {
    name: "cancelled",
    inHistory: /^Missed – caller hung up/,
    inMenu: "Missed",
    missed: 1,
    end: async (bell, server) => {
      const id = await server.invite();
      await rings(bell);
      await server.control("POST", `invitations/${id}/cancel`);
    },
  },
  {
    name: "answered elsewhere",
    inHistory: /^Answered on another device$/,
    inMenu: "Answered elsewhere",
    missed: 1,
    end: async (bell, server) => {
      const id = await server.invite();
      await rings(bell);
      await server.control("POST", `invitations/${id}/answerElsewhere`);
    },
  },
  {
    name: "missed",
    inHistory: /^Missed$/,
    inMenu: "Missed",
    missed: 2,
    end: async (bell, server) => {
      await invite(server, 2_000);
      await rings(bell);
    },
  },
];

async function rings(bell: Bell): Promise<void> {
  await expect.poll(async () => (await bell.app.tray())?.image).toMatch(/^ringing/);
}

/** What the tray tells, each by the way that a person sees it. */
async function told(bell: Bell, xfce: XfceDesktop) {
  const icon = await xfce.icon();
  const menu = (await icon.menu()).filter(({ separator }) => !separator).map(({ label }) => label);
  return {
    image: (await bell.app.tray())?.image.replace(/-.*/, ""),
    toolTip: await icon.toolTip(),
    // A conversation that was accepted goes on in its own window, until the program ends.
    menu: menu.filter((label) => !/^Conversation(?:,|$)/.test(label)),
  };
}

function expected(missed: number) {
  if (missed === 0) return { image: "available", toolTip: "Doorbell: Online", entry: [] };
  const news = `${missed} missed invitation${missed === 1 ? "" : "s"}`;
  return {
    image: `missed${missed}`,
    toolTip: `Doorbell: Online, ${news}`,
    entry: [news, `Call ${CALLER.name} back…`],
  };
}

test("however a call ends, icon, tooltip, menu, panel and history agree, and so they do after a restart", async ({
  desktop,
  server,
  bell: start,
  picture,
}) => {
  test.setTimeout(180_000);
  const { xfce } = desktop;
  const userData = mkdtempSync(join(tmpdir(), "doorbell-endings-"));
  try {
    await rememberPerson(desktop, server, userData, { closeTold: "tray" });
    const online = async () => {
      const bell = await start({ userData, args: ["--hidden"] });
      await expect
        .poll(async () => (await xfce.icon()).toolTip(), { timeout: 20_000 })
        .toMatch(/^Doorbell: Online/);
      return bell;
    };
    const bell = await online();
    // Made by being shown, and hidden again, so that nobody sees what is missed.
    await bell.app.clickTray("open");
    const ends = (await bell.panel()).locator(".history .end");
    await bell.app.closeWindow("panel");
    const inMenu: string[] = [];
    for (const [index, ending] of ENDINGS.entries())
      await test.step(ending.name, async () => {
        await ending.end(bell, server);
        const { image, toolTip, entry } = expected(ending.missed);
        await expect.poll(async () => (await told(bell, xfce)).image).toBe(image);
        await expect.poll(async () => (await told(bell, xfce)).toolTip).toBe(toolTip);
        inMenu.unshift(`${ending.inMenu}: ${CALLER.name}, `);
        // While its answer is on the way a call stands first.
        const menu = async () => (await told(bell, xfce)).menu;
        await expect.poll(async () => (await menu()).slice(0, 2)).toEqual(["Online", "Do not disturb"]);
        const lines = await menu();
        const recent = lines.slice(2 + entry.length, lines.indexOf("New conversation…"));
        expect(lines.slice(2, 2 + entry.length)).toEqual(entry);
        // The time is the machine's.
        expect(recent.map((line) => line.slice(0, line.indexOf(", ") + 2))).toEqual(inMenu.slice(0, 3));
        await expect(ends).toHaveCount(index + 1);
        await expect(ends.first()).toHaveText(ending.inHistory);
      });
    await xfce.openMenu();
    await picture("menu");
    await desktop.screen.pressKeys("Escape");

    const before = await told(bell, xfce);
    const history = await ends.allTextContents();
    await bell.app.close();
    const again = await online();
    await expect.poll(() => told(again, xfce)).toEqual(before);

    // Seen in the panel, it is no news anywhere.
    await again.app.clickTray("missed");
    await expect.poll(() => again.app.visibleWindows()).toEqual(["panel"]);
    await expect((await again.panel()).locator(".history .end")).toHaveText(history);
    await expect.poll(async () => (await told(again, xfce)).toolTip).toBe("Doorbell: Online");
    expect(await told(again, xfce)).toMatchObject({ image: "available" });
    await picture("seen");
    await again.app.clickTray("settings");
    await expect((await again.panel()).getByRole("heading", { name: "Settings" })).toBeVisible();
  } finally {
    rmSync(userData, { recursive: true });
  }
});
