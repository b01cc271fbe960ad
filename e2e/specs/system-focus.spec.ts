import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { newest, quiet, silent } from "./support/quiet-state.ts";
import { expect, test } from "./support/test.ts";

const run = promisify(execFile);

/** Two of the services that `e2e/services/focus.spec.ts` tries in the soak, each turned off by its own program. */
const SERVICES = {
  xfce: (on: boolean) => [
    "xfconf-query",
    "-c",
    "xfce4-notifyd",
    "-p",
    "/do-not-disturb",
    "-n",
    "-t",
    "bool",
    "-s",
    String(on),
  ],
  dunst: (on: boolean) => ["dunstctl", "set-paused", String(on)],
} as const;

for (const service of ["xfce", "dunst"] as const) {
  test.describe(service, () => {
    test.use({ desktopOptions: { keyring: false, service } });

    test(`on ${service} a call is silent while the system is not to disturb, and rings when that ends`, async ({
      desktop,
      server,
      bell: start,
    }) => {
      const set = async (on: boolean) => {
        const [program = "", ...args] = SERVICES[service](on);
        await run(program, args, { env: desktop.env });
      };
      const bell = await (await start()).online();
      const panel = await bell.panel();
      await set(true);
      await quiet(bell, /^Doorbell: Online, Do not disturb is on in your system$/);
      const first = await server.invite();
      await silent(bell, () => desktop.notifications());
      await server.control("POST", `invitations/${first}/cancel`);
      await expect
        .poll(async () => (await newest(panel))?.silence)
        .toBe("Silent: do not disturb is on in your system");

      await server.invite({ subject: "Coffee" });
      await silent(bell, () => desktop.notifications());
      await set(false);
      // Dunst keeps the buttons in a menu, so there it rings on the toast.
      if (service === "xfce") await desktop.waitForNotification({ text: "Coffee" });
      else await expect((await bell.toast()).getByRole("article")).toHaveCount(1);
    });
  });
}
