import { setDisplay } from "../desktop-parts.ts";
import { nativeTheme } from "../native-theme.ts";
import type { CdpSession } from "./cdp.ts";
import { VISIBLE } from "./shared-chromium.ts";

/** Where a page's window stands, in points, and whether a person is to see it. */
export interface PagePlace {
  readonly bounds: Electron.Rectangle;
  readonly shown: boolean;
}

/** Lets the page prefer what the program's theme says. */
export async function setTheme(session: CdpSession): Promise<void> {
  const value = nativeTheme.shouldUseDarkColors ? "dark" : "light";
  await session.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value }] });
}

/** Learns from the page how large the real display is that its window stands on. */
export async function measureDisplay(session: CdpSession): Promise<void> {
  if (!VISIBLE) return;
  const expression =
    "({x: screen.availLeft, y: screen.availTop, width: screen.availWidth, height: screen.availHeight})";
  const { result } = await session.send("Runtime.evaluate", { expression, returnByValue: true });
  setDisplay(result.value as Electron.Rectangle);
}

/** Puts the window where the program believes it, or out of sight. */
export async function setPlace(
  session: CdpSession,
  targetId: string,
  { bounds, shown }: PagePlace,
): Promise<void> {
  const { width, height } = bounds;
  if (!VISIBLE) {
    // Chromium's own window has furniture around the page; a window of the program has none.
    await session.send("Emulation.setDeviceMetricsOverride", {
      width,
      height,
      deviceScaleFactor: 0,
      mobile: false,
    });
    return;
  }
  const { windowId } = await session.send("Browser.getWindowForTarget", { targetId });
  await session.send("Browser.setWindowBounds", { windowId, bounds: { windowState: "normal" } });
  // A window cannot be unmapped from outside; off the screen and minimised it is as good as hidden.
  const place = shown ? bounds : { ...bounds, x: -20_000, y: -20_000 };
  await session.send("Browser.setWindowBounds", {
    windowId,
    bounds: { left: place.x, top: place.y, width, height },
  });
  if (!shown)
    await session.send("Browser.setWindowBounds", { windowId, bounds: { windowState: "minimized" } });
}
