import type { LifeView } from "../../../preload/contract.ts";
import type { StateSource } from "../../core/app-state.ts";
import type { LifeServices } from "../../ipc/handlers.ts";
import { StartAtLogin, type StartAtLoginOptions } from "./start-offer.ts";
import { TestRing, type TestRingOptions } from "./test-ring.ts";

export interface PanelLifeOptions extends TestRingOptions, StartAtLoginOptions {
  readonly doorbell: Pick<StateSource, "state">;
  readonly changed: () => void;
}

/** What the panel's settings do besides changing settings: the start with the desktop, and the test ring. */
export class PanelLife implements LifeServices {
  readonly test: TestRing;
  readonly #options: PanelLifeOptions;
  readonly #start: StartAtLogin;
  #settingsWanted = false;

  constructor(options: PanelLifeOptions) {
    this.#options = options;
    this.test = new TestRing(options);
    this.#start = new StartAtLogin(options);
    void this.#start.look();
  }

  get view(): LifeView {
    return {
      settingsWanted: this.#settingsWanted,
      startAtLogin: this.#start.view,
      testRing: this.test.view,
    };
  }

  /** The panel opens its settings, as soon as it has some to open. */
  wantSettings(): void {
    this.#settingsWanted = true;
    this.#options.changed();
  }

  /** A page that is loaded anew does not open them once more. */
  settingsShown(): void {
    void this.#start.look();
    if (!this.#settingsWanted) return;
    this.#settingsWanted = false;
    this.#options.changed();
  }

  startAtLogin(wanted: boolean): Promise<void> {
    return this.#start.want(wanted);
  }

  testRing(): Promise<void> {
    return this.test.start(this.#options.doorbell.state);
  }
}
