import { errorCode } from "../platform/fault.ts";
import type { Logger, Unsubscribe } from "../platform/ports.ts";
import type { ChannelEvent } from "../ucwa/application/channel-event.ts";
import { oneOf, textOf } from "../ucwa/resources/read-resource.ts";
import type { Resource } from "../ucwa/resources/resource.ts";
import type { SessionPort } from "../ucwa/session-port.ts";

/** Reference: Availability. */
const AVAILABILITIES = [
  "Online",
  "Busy",
  "DoNotDisturb",
  "BeRightBack",
  "Away",
  "Offwork",
  "IdleOnline",
  "IdleBusy",
  "Offline",
] as const;
export type Availability = (typeof AVAILABILITIES)[number];

export interface OwnPresenceDeps {
  readonly logger: Logger;
  readonly session: () => SessionPort | null;
}

/** Where it is asked for; another object for every event, so that what has come of an older one is told from it. */
interface Place {
  readonly generation: number;
  readonly href: string;
}

/**
 * The person's own presence, over all that they are signed in with. Asked for after every event of it, beside all that
 * somebody waits for and one question at a time. Whatever goes wrong, it is unknown until the next event.
 * Reference: presence, me.
 */
export class OwnPresence {
  readonly #deps: OwnPresenceDeps;
  readonly #listeners = new Set<(availability: Availability | null) => void>();
  #availability: Availability | null = null;
  #place: Place | null = null;
  #asking = false;

  constructor(deps: OwnPresenceDeps) {
    this.#deps = deps;
  }

  /** Null where it is not known, and while nobody is signed in. */
  get availability(): Availability | null {
    return this.#availability;
  }

  /** At every change from now on. */
  subscribe(listener: (availability: Availability | null) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  hear({ sender, link, type, generation }: ChannelEvent): void {
    if (sender.rel !== "me" || link.rel !== "presence") return;
    if (type === "deleted") this.forget();
    else this.#ask({ generation, href: link.href });
  }

  /** Events may have been lost. */
  channelInterrupted(generation: number): void {
    if (this.#place?.generation === generation) this.#ask({ ...this.#place });
  }

  /** The application has ended, or the session; the next application tells of it anew. */
  forget(): void {
    this.#place = null;
    this.#become(null);
  }

  #ask(place: Place): void {
    this.#place = place;
    if (!this.#asking) void this.#work();
  }

  async #work(): Promise<void> {
    this.#asking = true;
    for (let place = this.#place, asked: Place | null = null; place && place !== asked; place = this.#place) {
      asked = place;
      const availability = await this.#read(place);
      if (this.#place === place) this.#become(availability);
    }
    this.#asking = false;
  }

  async #read({ generation, href }: Place): Promise<Availability | null> {
    const { session, logger } = this.#deps;
    try {
      const answer = await session()?.read(generation, href, "beside");
      return answer?.outcome === "found" ? availabilityOf(answer.resource) : null;
    } catch (error) {
      logger.error("presence.threw", { error: errorCode(error) });
      return null;
    }
  }

  #become(availability: Availability | null): void {
    if (availability === this.#availability) return;
    this.#availability = availability;
    try {
      for (const listener of this.#listeners) listener(availability);
    } catch (error) {
      this.#deps.logger.error("presence.listener", { error: errorCode(error) });
    }
  }
}

/** Whoever presents is not to be disturbed, whatever else is shown. Reference: presence. */
function availabilityOf(resource: Resource): Availability | null {
  if (textOf(resource, "activity")?.toLowerCase() === "presenting") return "DoNotDisturb";
  return oneOf(AVAILABILITIES, resource.properties["availability"]);
}
