import type { DesktopSession } from "../desktop-session/desktop-session.ts";
import { CALLER, expect, test, type Bell } from "./support/test.ts";
import type { UcwaServer } from "./support/ucwa-server.ts";

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

/** One invitation after the other is accepted and declined, on each of the surfaces. */
async function answerOn(
  surfaces: readonly Surface[],
  { bell, desktop, server }: { bell: Bell; desktop: DesktopSession; server: UcwaServer },
): Promise<void> {
  const [panel, toast] = [await bell.panel(), await bell.toast()];
  const poppedUp = surfaces.includes("toast") ? ["panel", "toast"] : ["panel"];
  let answered = 0;
  for (const surface of surfaces)
    for (const kind of ["accept", "decline"] as const)
      await test.step(`${kind} on the ${surface}`, async () => {
        const id = await server.invite({ subject: "Lunch?", message: "Are you in?" });

        // It rings everywhere, on one of the two that pop up.
        await expect(panel.getByRole("heading", { name: CALLER.name })).toBeVisible();
        await expect.poll(async () => (await bell.app.tray())?.image).toMatch(/^ringing/);
        if (surface !== "toast") await desktop.waitForNotification({ text: CALLER.name });
        await expect.poll(() => bell.app.visibleWindows()).toEqual(poppedUp);

        await give(bell, desktop, surface, kind);

        answered += 1;
        await expect(panel.locator(".history .end")).toHaveCount(answered);
        await expect(panel.locator(".history .end").first()).toHaveText(END[kind]);
        await expect(panel.getByRole("region", { name: "Ringing now" })).toHaveCount(0);
        await expect(toast.getByRole("article")).toHaveCount(0);
        // What was accepted goes on in a window of its own.
        const left = kind === "accept" ? ["conversation", "panel"] : ["panel"];
        await expect.poll(() => bell.app.visibleWindows()).toEqual(left);
        if (kind === "accept") await bell.app.closeWindow("conversation");
        await expect.poll(async () => (await bell.app.tray())?.image).toMatch(/^available-/);
        await desktop.waitForNoNotification({ text: CALLER.name });
        const state = (await server.state()).invitations.find((one) => one.id === id)?.state;
        expect(state).toBe(kind === "accept" ? "connected" : "declined");
      });
}

test("an invitation is answered on notification, tray and panel, and everything else lets go", async ({
  desktop,
  server,
  bell: start,
}) => {
  const bell = await (await start()).online();
  await answerOn(["notification", "tray", "panel"], { bell, desktop, server });
});

test("an invitation is answered on the toast, and everything else lets go", async ({
  desktop,
  server,
  bell: start,
}) => {
  const bell = await (await start()).online();
  await bell.setNotifications(false);
  await answerOn(["toast"], { bell, desktop, server });
});
