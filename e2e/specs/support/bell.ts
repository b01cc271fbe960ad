import { expect, type Page } from "@playwright/test";
import type { PanelBridge } from "../../../preload/contract.ts";
import type { DoorbellApp } from "../../driver/doorbell-app.ts";
import { fillSignIn } from "../../driver/sign-in-form.ts";
import { PASSWORD, USER, type UcwaServer } from "./ucwa-server.ts";

/** The sign-in address as a person types it. */
export const ADDRESS = USER.replace("sip:", "");

/** The app with the ways that a person goes in it. */
export class Bell {
  readonly app: DoorbellApp;
  /** Errors on a page that a test provokes. */
  expectedErrors: RegExp | null = null;
  readonly #server: UcwaServer;

  constructor(app: DoorbellApp, server: UcwaServer) {
    this.app = app;
    this.#server = server;
  }

  panel(): Promise<Page> {
    return this.app.window("panel");
  }

  toast(): Promise<Page> {
    return this.app.window("toast");
  }

  /** Opens the window with the conversations, whether there are any or not. */
  async conversations(): Promise<Page> {
    const page = await this.panel();
    await page.evaluate(() =>
      (globalThis as unknown as { doorbell: PanelBridge }).doorbell.showConversations(),
    );
    return await this.app.window("conversation");
  }

  /** Fills in the form as a person does, and sends it. */
  async signIn(password = PASSWORD, server = this.#server.url, address = ADDRESS): Promise<void> {
    await fillSignIn(await this.panel(), { address, password, server });
  }

  async online(): Promise<this> {
    await this.signIn();
    await expect((await this.panel()).getByRole("heading", { name: "Online" })).toBeVisible();
    return this;
  }

  /**
   * By the settings, whichever page is shown; needs a session that is not waiting for a sign-in. `answer` is given where
   * a kept password is forgotten, about which a box asks.
   */
  async signOut(answer = async (): Promise<void> => undefined): Promise<void> {
    const panel = await this.panel();
    await panel.getByRole("button", { name: "Settings" }).click();
    const out = panel.getByRole("button", { name: "Sign out" });
    // A button that has moved takes no click for a moment, and `click` scrolls again while it waits for that.
    await out.scrollIntoViewIfNeeded();
    await expect(out).toBeEnabled();
    await out.click();
    await answer();
    await expect(panel.getByRole("heading", { name: "Sign in" })).toBeVisible();
  }

  /** Says whether invitations ring through the system's notifications. */
  async setNotifications(wanted: boolean): Promise<void> {
    const panel = await this.panel();
    await panel.getByRole("button", { name: "Settings" }).click();
    await panel.getByLabel("Use system notifications").setChecked(wanted);
    await panel.getByRole("button", { name: "Back" }).click();
  }

  /** The ids of the tray's entries that can be chosen. */
  async trayIds(): Promise<readonly string[]> {
    const tray = await this.app.tray();
    return (
      tray?.entries.filter(({ enabled, type }) => enabled && type === "normal").map(({ id }) => id) ?? []
    );
  }

  async chooseInTray(answer: "accept" | "decline"): Promise<void> {
    await expect.poll(async () => (await this.trayIds()).some((id) => id.startsWith(answer))).toBe(true);
    const id = (await this.trayIds()).find((one) => one.startsWith(answer));
    await this.app.clickTray(id ?? "");
  }
}
