import type { CdpSession } from "./cdp.ts";
import type { Chromium } from "./chromium.ts";

/**
 * Denies the windows that pages of a browser context open: each is held before it loads anything, and closed. The
 * pages of the default context are the program's own; their targets do the same for themselves, and two who hold one
 * window hold its opener too, whose process it shares.
 */
export async function denyWebPopups({ cdp }: Chromium, context: string): Promise<void> {
  const { browser } = cdp;
  const known = contexts.get(browser);
  if (known) {
    known.add(context);
    return;
  }
  const own = new Set([context]);
  contexts.set(browser, own);
  const release = (session: CdpSession, sessionId: string): void => {
    session.tell("Runtime.runIfWaitingForDebugger");
    browser.tell("Target.detachFromTarget", { sessionId });
  };
  browser.on("Target.attachedToTarget", ({ targetInfo, sessionId, waitingForDebugger }) => {
    if (targetInfo.openerId !== undefined && own.has(targetInfo.browserContextId ?? ""))
      browser.tell("Target.closeTarget", { targetId: targetInfo.targetId });
    else if (waitingForDebugger) release(cdp.session(sessionId), sessionId);
  });
  await browser.send("Target.setAutoAttach", {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
    filter: [{ type: "page" }],
  });
}

/** By browser: whose windows are denied. */
const contexts = new WeakMap<CdpSession, Set<string>>();
