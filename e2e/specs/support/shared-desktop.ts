import { rmSync } from "node:fs";
import { join } from "node:path";
import { startDesktopSession, type DesktopSession } from "../../desktop-session/desktop-session.ts";

/** What a program of ours keeps below a home folder. */
const KEPT = [".config/Doorbell", ".cache/Doorbell", ".local/share/Doorbell", ".local/state/Doorbell"];
/** Where the X server has it at first: the middle. */
const POINTER_AT_START = [640, 400] as const;

/**
 * The private desktop that the tests of one worker use one after the other, because starting one costs as much as a third
 * of the app. It is thrown away when a test has failed on it or has left anything on the screen.
 */
export class SharedDesktop implements AsyncDisposable {
  #desktop: DesktopSession | null = null;

  /** For one test at a time; of an earlier one it finds only passwords in the keyring, and what a killed program left in the runtime folder. */
  async take(): Promise<DesktopSession> {
    const desktop = (this.#desktop ??= await startDesktopSession());
    // The last click of the test before may have been where this one's toast comes, which stays as it is below a pointer.
    await desktop.screen.movePointer(...POINTER_AT_START);
    return desktop;
  }

  async giveBack({ passed }: { readonly passed: boolean }): Promise<void> {
    const desktop = this.#desktop;
    if (desktop === null) return;
    if (!passed || !(await isBare(desktop))) await this[Symbol.asyncDispose]();
    else for (const path of KEPT) rmSync(join(desktop.home, path), { recursive: true, force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const desktop = this.#desktop;
    this.#desktop = null;
    await desktop?.close();
  }
}

async function isBare(desktop: DesktopSession): Promise<boolean> {
  const windows = (await desktop.windows()).filter(({ name }) => /Doorbell/.test(name));
  return windows.length === 0 && (await desktop.notifications()).length === 0;
}
