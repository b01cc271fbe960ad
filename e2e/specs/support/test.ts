import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test as base } from "@playwright/test";
import { startDesktopSession } from "../../desktop-session/desktop-session.ts";
import type { DesktopSession } from "../../desktop-session/desktop-session.ts";
import { Doorbell } from "./doorbell.ts";
import type { DoorbellOptions } from "./doorbell.ts";
import { PASSWORD, UcwaServer, USER } from "./ucwa-server.ts";

export { CALLER, PASSWORD, USER } from "./ucwa-server.ts";
export { expect };

interface House {
  /** A real desktop with a notification service and a keyring, for this test alone. */
  readonly desktop: DesktopSession;
  /** A real server; the test fails when it holds anything against the client in the end. */
  readonly server: UcwaServer;
  /** Starts `doorbell watch --json` on that desktop, signed in to that server. */
  readonly doorbell: (options?: Partial<DoorbellOptions>) => Doorbell;
  /** Leaves a picture of the desktop in `test-results/pictures`. */
  readonly picture: (name: string) => Promise<void>;
}

export const test = base.extend<House>({
  // Playwright wants the pattern even where no other fixture is used.
  // oxlint-disable-next-line no-empty-pattern
  desktop: async ({}, use) => {
    await using desktop = await startDesktopSession();
    await use(desktop);
  },

  // oxlint-disable-next-line no-empty-pattern
  server: async ({}, use) => {
    await using server = await UcwaServer.start();
    await use(server);
    const { breaches } = await server.state();
    expect(breaches, "breaches of the protocol").toEqual([]);
  },

  doorbell: async ({ desktop, server }, use) => {
    await using running = new AsyncDisposableStack();
    await use((options = {}) =>
      running.use(
        new Doorbell({ server: server.url, user: USER, password: PASSWORD, env: desktop.env, ...options }),
      ),
    );
  },

  picture: async ({ desktop }, use, info) => {
    await use(async (name) => {
      const title = info.title.replaceAll(/\W+/g, "-").slice(0, 60);
      const path = join("test-results/pictures", `${title}--${name}.png`);
      mkdirSync(dirname(path), { recursive: true });
      await desktop.screenshot(path);
      await info.attach(name, { path, contentType: "image/png" });
    });
  },
});
