import { DrawnRing } from "./support/drawn-ring.ts";
import { expect, test } from "./support/test.ts";

// Two of the services that `e2e/services` tries in the soak: one that draws buttons, and one that keeps a menu.

const SCREEN = { x: 0, y: 0, width: 1280, height: 800 };

for (const service of ["xfce", "dunst"] as const) {
  test.describe(service, () => {
    test.use({ desktopOptions: { keyring: false, service } });

    test(`on ${service} two rings with the same words are both seen until each ends`, async ({
      desktop,
      server,
      doorbell: start,
    }) => {
      const doorbell = start({ notify: true });
      const drawn = await DrawnRing.before(desktop, SCREEN);
      await doorbell.online();
      const first = await server.invite();
      const one = await drawn.seen();
      const second = await server.invite();
      const both = await drawn.seen(one);
      expect(both.height).toBeGreaterThan(one.height);
      await server.control("POST", `invitations/${second}/cancel`);
      expect(await drawn.seen(both)).toEqual(one);
      await server.control("POST", `invitations/${first}/cancel`);
      await drawn.gone();
      expect(doorbell.stderr).not.toMatch(/ringer\.event .*event=(?:closed|failed)/);
    });
  });
}
