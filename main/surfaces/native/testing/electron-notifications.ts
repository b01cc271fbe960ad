import { lineLogger } from "../../../platform/logger.ts";
import { startSystem, type PretendedSystem } from "../../../testing/electron-double/pretended-system.ts";
import { VirtualClock } from "../../../testing/virtual-clock.ts";
import { ElectronNotifications } from "../electron-notification.electron.ts";
import type { NotificationEvent, NotificationHandle, NotificationRequest } from "../notification-service.ts";

export const ACCEPT = { key: "accept", label: "Accept" };
export const DECLINE = { key: "decline", label: "Decline" };
export const REQUEST: NotificationRequest = {
  summary: "Lena Park",
  body: "Budget\nHave you a minute?",
  urgency: "critical",
  category: "im.received",
  actions: [ACCEPT, DECLINE],
};

/** Electron's notifications on a system that is pretended: what they told, and what was logged. */
export class ElectronRig {
  readonly events: NotificationEvent[] = [];
  readonly logged: string[] = [];
  readonly service: ElectronNotifications;
  readonly #clock = new VirtualClock();

  /** `start: false` goes on with a system that runs already. */
  constructor(platform: "win32" | "darwin", over: Partial<PretendedSystem> = {}, { start = true } = {}) {
    if (start) startSystem({ platform, ...over });
    let tags = 0;
    this.service = new ElectronNotifications({
      platform,
      random: { uuid: () => `tag-${(tags += 1)}`, fraction: () => 0 },
      logger: lineLogger("debug", this.#clock, (line) => this.logged.push(line)),
    });
  }

  get types(): readonly NotificationEvent["type"][] {
    return this.events.map(({ type }) => type);
  }

  /** Shows one and waits until it is there. */
  async show(over: Partial<NotificationRequest> = {}): Promise<NotificationHandle> {
    const handle = this.service.show({ ...REQUEST, ...over }, (event) => this.events.push(event));
    await this.settle();
    return handle;
  }

  async settle(): Promise<void> {
    await this.#clock.settle();
  }
}
