import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test as base } from "@playwright/test";
import { startDesktopSession } from "../../desktop-session/desktop-session.ts";
import type { DesktopSession, DesktopSessionOptions } from "../../desktop-session/desktop-session.ts";
import { DoorbellApp } from "../../driver/doorbell-app.ts";
import { leftovers } from "../../driver/leftovers.ts";
import type { LaunchOptions } from "../../driver/running-program.ts";
import { Bell } from "./bell.ts";
import { Doorbell } from "./doorbell.ts";
import type { DoorbellOptions } from "./doorbell.ts";
import { SharedDesktop } from "./shared-desktop.ts";
import { PASSWORD, UcwaServer, USER } from "./ucwa-server.ts";

export { ADDRESS, type Bell } from "./bell.ts";
export { CALLER, PASSWORD, USER, type UcwaServerState } from "./ucwa-server.ts";
export { expect };

interface Wishes {
  /** Of the server, besides its ports and its user: `test.use({ serverOptions: [...] })`. */
  readonly serverOptions: readonly string[];
  /** Of the desktop: `test.use({ desktopOptions: { monitors: [...] } })`. */
  readonly desktopOptions: DesktopSessionOptions;
  /** Whether a test changes more of its desktop than its own windows and notifications: `test.use({ ownDesktop: true })`. */
  readonly ownDesktop: boolean;
}

interface OfWorker {
  readonly shared: SharedDesktop;
}

interface House {
  /** A real desktop with a notification service and a keyring, which nothing else is on. */
  readonly desktop: DesktopSession;
  /** A real server; the test fails when it holds anything against the client in the end. */
  readonly server: UcwaServer;
  /** Starts `doorbell watch --json` on that desktop, signed in to that server. */
  readonly doorbell: (options?: Partial<DoorbellOptions>) => Doorbell;
  /**
   * Starts the app on that desktop, before its sign-in. No test ends with an error on a page that it did not expect or
   * with a page that is less locked than Electron's checklist asks, and none leaves a process or a folder.
   */
  readonly bell: (options?: Omit<LaunchOptions, "program">) => Promise<Bell>;
  /** Leaves a picture of the desktop in `test-results/pictures`. */
  readonly picture: (name: string) => Promise<void>;
}

export const test = base.extend<House & Wishes, OfWorker>({
  serverOptions: [[], { option: true }],
  desktopOptions: [{}, { option: true }],

  ownDesktop: [false, { option: true }],

  shared: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright asks for the braces, and there is nothing to take from them.
    async ({}, use) => {
      await using shared = new SharedDesktop();
      await use(shared);
    },
    { scope: "worker" },
  ],

  desktop: async ({ desktopOptions, ownDesktop, shared }, use, info) => {
    if (ownDesktop || Object.keys(desktopOptions).length > 0) {
      await using desktop = await startDesktopSession(desktopOptions);
      await use(desktop);
      return;
    }
    await use(await shared.take());
    await shared.giveBack({ passed: info.status === info.expectedStatus });
  },

  server: async ({ serverOptions }, use) => {
    await using server = await UcwaServer.start(serverOptions);
    await use(server);
    const { breaches, notes } = await server.state();
    expect([...breaches, ...notes], "breaches of the protocol").toEqual([]);
  },

  doorbell: async ({ desktop, server }, use) => {
    await using running = new AsyncDisposableStack();
    await use((options = {}) =>
      running.use(
        new Doorbell({ server: server.url, user: USER, password: PASSWORD, env: desktop.env, ...options }),
      ),
    );
  },

  bell: async ({ desktop, server }, use) => {
    const bells: Bell[] = [];
    const before = new Set(leftovers());
    try {
      await use(async (options = {}) => {
        const app = await DoorbellApp.launch({ ...options, env: { ...desktop.env, ...options.env } });
        const bell = new Bell(app, server);
        bells.push(bell);
        return bell;
      });
    } finally {
      await Promise.all(bells.map(({ app }) => app.close()));
    }
    expect(
      leftovers().filter((one) => !before.has(one)),
      "processes and folders left over",
    ).toEqual([]);
    for (const { app, expectedErrors } of bells) {
      const errors = app.program.pageErrors().filter((error) => !expectedErrors?.test(error));
      expect(errors, "errors on a page").toEqual([]);
      expect(app.weaknesses(), "what Electron's security checklist asks for").toEqual([]);
    }
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
