import { expect, test, type Bell } from "./support/test.ts";

interface WindowFacts {
  readonly role: string;
  readonly visible: boolean;
  /** The screen that all of it is on, counted from the left; -1 when some of it is on none. */
  readonly screen: number;
  /** Free pixels above it and to its right, on that screen. */
  readonly top: number;
  readonly right: number;
}

async function facts(bell: Bell, role: string): Promise<WindowFacts> {
  return await bell.app.program.evaluate(({ BrowserWindow, screen }, wanted) => {
    const window = BrowserWindow.getAllWindows().find(({ webContents }) =>
      webContents.getURL().endsWith(`/${wanted}.html`),
    );
    if (!window) throw new Error(`No window "${wanted}".`);
    const { x, y, width, height } = window.getBounds();
    const areas = screen
      .getAllDisplays()
      .map(({ workArea }) => workArea)
      .toSorted((a, b) => a.x - b.x);
    const index = areas.findIndex(
      (area) =>
        x >= area.x && y >= area.y && x + width <= area.x + area.width && y + height <= area.y + area.height,
    );
    const area = areas[index];
    return {
      role: wanted,
      visible: window.isVisible(),
      screen: index,
      top: area === undefined ? -1 : y - area.y,
      right: area === undefined ? -1 : area.x + area.width - x - width,
    };
  }, role);
}

const IN_THE_CORNER = { visible: true, top: 12, right: 12 };

test.describe("with two monitors", () => {
  test.use({ desktopOptions: { monitors: ["1280x800", "1024x768"] } });

  test("a toast whose screen is unplugged is whole on the other at once, and the panel too, shown or hidden", async ({
    desktop,
    server,
    bell: start,
    picture,
  }) => {
    const bell = await (await start()).online();
    await bell.setNotifications(false);
    // It comes where the pointer is, which is over another program's window or none, not on the primary screen.
    await desktop.screen.movePointer(1_700, 400);
    await server.invite();
    await expect.poll(() => facts(bell, "toast")).toMatchObject({ ...IN_THE_CORNER, screen: 1 });
    // What moves takes no click: as long as its screen is there, it stays.
    await desktop.screen.movePointer(300, 400);
    await server.invite({ subject: "The second" });
    await expect((await bell.toast()).getByRole("article")).toHaveCount(2);
    await expect.poll(() => facts(bell, "toast")).toMatchObject({ ...IN_THE_CORNER, screen: 1 });
    await desktop.monitors.unplug(1);
    await expect.poll(() => facts(bell, "toast")).toMatchObject({ ...IN_THE_CORNER, screen: 0 });
    await picture("unplugged");
    const drawn = (await desktop.windows()).find(({ name }) => name.startsWith("Invitation"));
    expect(drawn).toMatchObject({ x: 1280 - 380 - 12, y: 12 });

    await desktop.monitors.plugIn(1, "1024x768");
    const putRight = () =>
      bell.app.program.evaluate(({ BrowserWindow }) => {
        const window = BrowserWindow.getAllWindows().find(({ webContents }) =>
          webContents.getURL().endsWith("/panel.html"),
        );
        window?.setPosition(1_500, 90);
      });
    await putRight();
    await expect.poll(() => facts(bell, "panel")).toMatchObject({ visible: true, screen: 1 });
    await desktop.monitors.unplug(1);
    await expect.poll(() => facts(bell, "panel")).toMatchObject({ visible: true, screen: 0 });

    await desktop.monitors.plugIn(1, "1024x768");
    await putRight();
    await bell.app.closeWindow("panel");
    await desktop.monitors.unplug(1);
    await bell.app.clickTray("open");
    await expect.poll(() => facts(bell, "panel")).toMatchObject({ visible: true, screen: 0 });
  });
});

test.describe("with a monitor whose resolution changes", () => {
  test.use({ desktopOptions: { monitors: ["1280x800"] } });

  test("toast and panel are on the screen afterwards, and again when it is larger", async ({
    desktop,
    server,
    bell: start,
  }) => {
    const bell = await (await start()).online();
    await bell.setNotifications(false);
    await server.invite();
    await expect.poll(() => facts(bell, "toast")).toMatchObject({ ...IN_THE_CORNER, screen: 0 });
    await desktop.monitors.changeResolution(0, "800x600");
    await expect.poll(() => facts(bell, "toast")).toMatchObject({ ...IN_THE_CORNER, screen: 0 });
    await expect.poll(() => facts(bell, "panel")).toMatchObject({ visible: true, screen: 0 });
    await desktop.monitors.changeResolution(0, "1280x800");
    await expect.poll(() => facts(bell, "toast")).toMatchObject({ ...IN_THE_CORNER, screen: 0 });
  });

  test("at scale 2 the panel is no taller than the screen", async ({ bell: start }) => {
    const bell = await start({ args: ["--force-device-scale-factor=2"] });
    await bell.panel();
    await expect.poll(() => facts(bell, "panel")).toMatchObject({ visible: true, screen: 0 });
  });
});

test("a panel that got the focus asks for no attention, and listens once however often it is shown", async ({
  bell: start,
}) => {
  const bell = await (await start()).online();
  const calls = await bell.app.program.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find(({ webContents }) =>
      webContents.getURL().endsWith("/panel.html"),
    );
    if (!window) throw new Error("no panel");
    const flashes: boolean[] = [];
    Object.assign(globalThis, { __flashes: flashes });
    window.flashFrame = (flashing) => void flashes.push(flashing);
    return window.listenerCount("focus");
  });
  for (let time = 0; time < 5; time += 1) {
    await bell.app.closeWindow("panel");
    await bell.app.clickTray("open");
    await expect.poll(() => bell.app.visibleWindows()).toEqual(["panel"]);
  }
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const after = await bell.app.program.evaluate(({ BrowserWindow }) => ({
    listeners: BrowserWindow.getAllWindows()
      .find(({ webContents }) => webContents.getURL().endsWith("/panel.html"))
      ?.listenerCount("focus"),
    flashes: (globalThis as unknown as { __flashes: boolean[] }).__flashes,
  }));
  expect(after).toEqual({ listeners: calls, flashes: [] });
});
