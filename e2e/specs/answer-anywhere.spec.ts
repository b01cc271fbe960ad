import type { DesktopSession } from "../desktop-session/desktop-session.ts";
import { CALLER, expect, test, type Bell } from "./support/test.ts";

type Surface = "notification" | "toast" | "tray" | "panel";
type Kind = "accept" | "decline";

const LABEL = { accept: "Accept", decline: "Decline" } as const;
const END = { accept: "Accepted", decline: "Declined" } as const;

async function give(bell: Bell, desktop: DesktopSession, surface: Surface, kind: Kind): Promise<void> {
  const button = { name: `${LABEL[kind]} ${CALLER.name}` };
  switch (surface) {
    case "notification":
      await desktop.clickButton(LABEL[kind], { text: CALLER.name });
      return;
    case "toast":
      await (await bell.toast()).getByRole("button", button).click();
      return;
    case "panel":
      await (await bell.panel()).getByRole("button", button).click();
      return;
    case "tray":
      await bell.chooseInTray(kind);
  }
}

for (const surface of ["notification", "toast", "tray", "panel"] as const) {
  for (const kind of ["accept", "decline"] as const) {
    test(`an invitation can be answered: ${kind} on the ${surface}, and everything else lets go`, async ({
      desktop,
      server,
      bell: start,
    }) => {
      const bell = await (await start()).online();
      const native = surface !== "toast";
      if (!native) await bell.setNotifications(false);
      const id = await server.invite({ subject: "Lunch?", message: "Are you in?" });

      // It rings everywhere, on one of the two that pop up.
      const [panel, toast] = [await bell.panel(), await bell.toast()];
      await expect(panel.getByRole("heading", { name: CALLER.name })).toBeVisible();
      await expect.poll(async () => (await bell.app.tray())?.image).toMatch(/^ringing-/);
      if (native) await desktop.waitForNotification({ text: CALLER.name });
      await expect.poll(() => bell.app.visibleWindows()).toEqual(native ? ["panel"] : ["panel", "toast"]);

      await give(bell, desktop, surface, kind);

      await expect(panel.locator(".history .end").first()).toHaveText(END[kind]);
      await expect(panel.getByRole("region", { name: "Ringing now" })).toHaveCount(0);
      await expect(toast.getByRole("article")).toHaveCount(0);
      await expect.poll(() => bell.app.visibleWindows()).toEqual(["panel"]);
      await expect.poll(async () => (await bell.app.tray())?.image).toMatch(/^available-/);
      await desktop.waitForNoNotification({ text: CALLER.name });
      const state = (await server.state()).invitations.find((one) => one.id === id)?.state;
      expect(state).toBe(kind === "accept" ? "connected" : "declined");
    });
  }
}
