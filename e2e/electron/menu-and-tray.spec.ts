import { expect, test } from "@playwright/test";
import type { RunningProgram } from "../driver/running-program.ts";
import { start } from "./program.ts";

let program: RunningProgram;
test.beforeAll(async () => {
  program = await start("idle.mjs");
  await program.evaluate(({ app }) => app.whenReady());
});
test.afterAll(() => program.close());

test("a menu keeps its entries, folds separators, and finds an entry by its id at any depth", async () => {
  // docs/api/menu.md#menubuildfromtemplatetemplate, #menugetmenuitembyidid; lib/browser/api/menu.ts, removeExtraSeparators
  const found = await program.evaluate(({ Menu }) => {
    const menu = Menu.buildFromTemplate([
      { type: "separator" },
      { id: "accept", label: "Accept" },
      { type: "separator" },
      { type: "separator" },
      { label: "More", submenu: [{ id: "deep", label: "Deep", enabled: false }] },
      { type: "separator" },
    ]);
    return {
      types: menu.items.map(({ type }) => type),
      accept: menu.getMenuItemById("accept")?.label,
      deep: menu.getMenuItemById("deep")?.enabled,
      none: menu.getMenuItemById("none"),
    };
  });
  expect(found).toEqual({
    types: ["normal", "separator", "submenu"],
    accept: "Accept",
    deep: false,
    none: null,
  });
});

test("a click runs the entry's function with the entry, and flips a checkbox before", async () => {
  // docs/api/menu-item.md#menuitemclick, #menuitemchecked: "A checkbox menu item will toggle the checked property"
  const clicks = await program.evaluate(({ Menu }) => {
    const heard: string[] = [];
    const menu = Menu.buildFromTemplate([
      { id: "a", label: "A", click: (item) => heard.push(item.label) },
      {
        id: "b",
        label: "B",
        type: "checkbox",
        checked: false,
        click: (item) => heard.push(`${item.label} ${item.checked}`),
      },
      { id: "r1", label: "R1", type: "radio", checked: true },
      { id: "r2", label: "R2", type: "radio" },
    ]);
    for (const id of ["a", "b", "r2"]) menu.getMenuItemById(id)?.click();
    return { heard, radio: ["r1", "r2"].map((id) => menu.getMenuItemById(id)?.checked) };
  });
  expect(clicks).toEqual({ heard: ["A", "B true"], radio: [false, true] });
});

test("an entry without label, role or type is refused", async () => {
  // lib/browser/api/menu.ts, areValidTemplateItems
  const text = await program.evaluate(({ Menu }) => {
    try {
      Menu.buildFromTemplate([{ id: "bare" }]);
      return "taken";
    } catch (error) {
      return String(error);
    }
  });
  expect(text).toBe(
    "TypeError: Invalid template for MenuItem: must have at least one of label, role or type",
  );
});

test("a tray icon takes image, tooltip and menu until it is destroyed", async () => {
  // docs/api/tray.md#new-trayimage-guid, #traysetcontextmenumenu, #traydestroy
  const state = await program.evaluate(({ Menu, nativeImage, Tray }) => {
    const pixel =
      "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    const image = nativeImage.createFromDataURL(pixel);
    const tray = new Tray(image);
    tray.setToolTip("Doorbell: available");
    tray.setContextMenu(Menu.buildFromTemplate([{ label: "Quit", role: "quit" }]));
    tray.setImage(image);
    const before = tray.isDestroyed();
    tray.destroy();
    return { size: image.getSize(), empty: image.isEmpty(), before, after: tray.isDestroyed() };
  });
  expect(state).toEqual({ size: { width: 1, height: 1 }, empty: false, before: false, after: true });
});

test("a tray icon from a file that is not there is an error, an image of it is only empty", async () => {
  // docs/api/native-image.md#nativeimagecreatefrompathpath: "returns an empty image if the path does not exist";
  // shell/common/gin_converters/image_converter.cc
  const found = await program.evaluate(({ nativeImage, Tray }) => {
    const empty = nativeImage.createFromPath("/no/such/image.png").isEmpty();
    try {
      new Tray("/no/such/image.png").destroy();
      return { empty, text: "made" };
    } catch (error) {
      return { empty, text: String(error) };
    }
  });
  expect(found.empty).toBe(true);
  expect(found.text).toContain("Failed to load image from path '/no/such/image.png'");
});
