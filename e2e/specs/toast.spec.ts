import { breachesOfAccessibility } from "./support/axe.ts";
import { expect, test } from "./support/test.ts";

const caller = (number: number) => ({ name: `Caller ${number}`, uri: `sip:c${number}@contoso.example` });

test("of twenty at once the toast shows the three oldest, the others take their place, and a line leads to all", async ({
  server,
  bell: start,
  picture,
}) => {
  test.setTimeout(90_000);
  const bell = await (await start()).online();
  await bell.setNotifications(false);
  await bell.app.closeWindow("panel");
  await expect.poll(() => bell.app.visibleWindows()).toEqual([]);
  const toast = await bell.toast();
  for (let number = 1; number <= 20; number += 1) await server.invite({ from: caller(number) });
  const names = toast.getByRole("article").getByRole("heading");
  const more = toast.getByRole("button", { name: /more in Doorbell's window/ });
  await expect(names).toHaveText(["Caller 1", "Caller 2", "Caller 3"]);
  await expect(more).toHaveText(/^\+17 more/);
  const heights = () =>
    bell.app.program.evaluate(({ BrowserWindow, screen }) => {
      const window = BrowserWindow.getAllWindows().find(({ webContents }) =>
        webContents.getURL().endsWith("/toast.html"),
      );
      const { height } = screen.getPrimaryDisplay().workArea;
      return { height: window?.getBounds().height ?? 0, most: height };
    });
  const { height, most } = await heights();
  expect(height).toBeLessThan(most);
  expect(await breachesOfAccessibility(toast)).toEqual([]);
  await picture("twenty");
  await expect(more).toBeInViewport({ ratio: 1 });

  // By the tray, since nothing moves below a pointer.
  await bell.chooseInTray("decline");
  await expect(names).toHaveText(["Caller 2", "Caller 3", "Caller 4"]);
  await expect(more).toHaveText(/^\+16 more/);

  await more.click();
  await expect.poll(() => bell.app.visibleWindows()).toEqual(["panel", "toast"]);
  await expect((await bell.panel()).getByRole("article")).toHaveCount(19);
  // All of them end where they do not ring, too.
  for (const { id, state } of (await server.state()).invitations)
    if (state === "ringing") await server.control("POST", `invitations/${id}/cancel`);
  await expect.poll(() => bell.app.visibleWindows()).toEqual(["panel"]);
});
