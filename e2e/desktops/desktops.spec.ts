import type { DrawnElement } from "../desktop-session/accessibility.ts";
import type { DesktopSession } from "../desktop-session/desktop-session.ts";
import type { EnvironmentName } from "../desktop-session/environments/environment.ts";
import type { Area } from "../desktop-session/screen.ts";
import { CALLER, expect, test, type UcwaServerState } from "../specs/support/test.ts";
import { typeWhile } from "../specs/support/typing.ts";

// Whole desktops hide, collapse and cover what rings, each by rules of its own.

const DESKTOPS: readonly EnvironmentName[] = ["xfce", "gnome", "plasma"];
const TOAST = "Invitation – Doorbell";
/** A desktop that takes a notification away by itself has done so by then: GNOME after 4 s, Plasma after 5 s. */
const STAYS_MS = 7_000;

interface DrawnCall {
  readonly caller: DrawnElement;
  readonly accept: DrawnElement;
}

/** What the desktop draws of a call: who calls, and the button. Undefined as long as one of them is missing. */
async function drawnCall(desktop: DesktopSession): Promise<DrawnCall | undefined> {
  const drawn = (await desktop.drawn()).filter(({ width }) => width > 1);
  const caller = drawn.find(({ role, name }) => role === "label" && name === CALLER.name);
  const accept = drawn.find(({ role, name }) => role === "push button" && name === "Accept");
  return caller && accept && { caller, accept };
}

async function states(server: { state(): Promise<UcwaServerState> }): Promise<readonly string[]> {
  return (await server.state()).invitations.map(({ state }) => state);
}

for (const environment of DESKTOPS) {
  test.describe(environment, () => {
    test.use({ desktopOptions: { environment } });

    test(`on ${environment} a call is seen above every window until it is answered, and takes no key`, async ({
      desktop,
      server,
      bell: start,
      picture,
    }) => {
      const { screen } = desktop;
      const bell = await (await start()).online();
      await bell.app.closeWindow("panel");
      // It tells once where it is to be found.
      await expect.poll(() => screen.programWindows("Doorbell")).toHaveLength(1);
      await screen.pressKeys("Return");
      await expect.poll(() => screen.programWindows("Doorbell")).toEqual([]);

      /** Nothing covered what was drawn there: what is seen goes with the call. */
      const seenUntil = async (area: Area, end: () => Promise<unknown>) => {
        const seen = await screen.pixels(area);
        await end();
        await expect.poll(() => screen.pixels(area)).not.toBe(seen);
      };
      /** Somebody calls while a person is typing into another window; `appears` waits for the call. */
      const callWhileTyping = async (fullScreen: boolean, appears: () => Promise<unknown>) => {
        const work = await desktop.openWorkWindow({ fullScreen });
        let id = "";
        const typed = await typeWhile(screen, async () => {
          id = await server.invite();
          await appears();
        });
        await expect.poll(() => work.typed()).toBe(typed);
        return { work, id };
      };

      for (const [name, fullScreen] of [
        ["window", false],
        ["full-screen", true],
      ] as const) {
        let call: DrawnCall | undefined;
        const { work } = await callWhileTyping(fullScreen, () =>
          expect.poll(async () => (call = await drawnCall(desktop))).toBeDefined(),
        );
        await new Promise((resolve) => setTimeout(resolve, STAYS_MS));
        call = await drawnCall(desktop);
        if (call === undefined) throw new Error("The notification did not stay.");
        const { caller, accept } = call;
        await picture(`${name}-notification`);
        await seenUntil(caller, async () => {
          await screen.click(accept.x + accept.width / 2, accept.y + accept.height / 2);
          await expect.poll(async () => (await states(server)).at(-1)).toBe("connected");
          await expect.poll(() => drawnCall(desktop)).toBeUndefined();
        });
        await work[Symbol.asyncDispose]();
      }

      await bell.app.clickTray("open");
      await bell.setNotifications(false);
      await bell.app.closeWindow("panel");
      for (const [name, fullScreen] of [
        ["window", false],
        ["full-screen", true],
      ] as const) {
        const { work, id } = await callWhileTyping(fullScreen, () =>
          expect.poll(() => screen.programWindows(TOAST)).toHaveLength(1),
        );
        await expect((await bell.toast()).getByRole("article")).toContainText(CALLER.name);
        const [toast] = await screen.programWindows(TOAST);
        if (toast === undefined) throw new Error("The toast did not stay.");
        await picture(`${name}-toast`);
        await seenUntil(toast, () => server.control("POST", `invitations/${id}/cancel`));
        await work[Symbol.asyncDispose]();
      }
    });
  });
}
