import type { SessionBus } from "../../../main/platform/session-bus.ts";
import type { ControlBus } from "../control-bus.ts";
import type { Screen } from "../screen.ts";
import type { SessionProcesses } from "../session-processes.ts";

/** What a desktop environment is started with, and looks at the screen with. */
export interface EnvironmentParts {
  readonly processes: SessionProcesses;
  readonly screen: Screen;
  /** The throw-away home folder. */
  readonly home: string;
  readonly busAddress: string;
  /** Of the screen, in pixels. */
  readonly width: number;
  readonly height: number;
  /** The session bus as it is now; throws when there is none. */
  readonly control: () => ControlBus;
  readonly accessibilityBus: () => Promise<SessionBus>;
}
