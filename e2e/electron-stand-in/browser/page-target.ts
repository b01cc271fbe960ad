import type { CdpSession } from "./cdp.ts";
import type { Chromium } from "./chromium.ts";

const OPEN_LIMIT_MS = 15_000;

/** A new, empty page and this program's session with it. */
export interface OpenedTarget {
  readonly targetId: string;
  readonly session: CdpSession;
}

/** Opens a page in a window of its own: without the browser's furniture where it can be seen. */
export async function openTarget(
  browser: Chromium,
  visible: boolean,
  { width, height }: Electron.Rectangle,
  context: string | undefined,
): Promise<OpenedTarget> {
  const { browser: root } = browser.cdp;
  await root.send("Target.setDiscoverTargets", { discover: true });
  const own = context === undefined ? {} : { browserContextId: context };
  // A private window has the browser's furniture even where it can be seen: its command line opens no other.
  const targetId =
    visible && context === undefined
      ? await openAppWindow(browser)
      : (
          await root.send("Target.createTarget", {
            url: "about:blank",
            newWindow: true,
            width,
            height,
            ...own,
          })
        ).targetId;
  const { sessionId } = await root.send("Target.attachToTarget", { targetId, flatten: true });
  return { targetId, session: browser.cdp.session(sessionId) };
}

/** DevTools knows no way to open a window without furniture; the browser's command line does. */
async function openAppWindow(browser: Chromium): Promise<string> {
  const url = `data:text/html,${crypto.randomUUID()}`;
  const { browser: root } = browser.cdp;
  return await new Promise<string>((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error("Chromium opened no window.")), OPEN_LIMIT_MS);
    const look = ({ targetInfo }: { targetInfo: { url: string; targetId: string; type: string } }): void => {
      if (targetInfo.type !== "page" || targetInfo.url !== url) return;
      clearTimeout(limit);
      for (const forget of forgets) forget();
      resolve(targetInfo.targetId);
    };
    const forgets = [root.on("Target.targetCreated", look), root.on("Target.targetInfoChanged", look)];
    browser.openAppWindow(url);
  });
}
