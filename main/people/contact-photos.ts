import { errorCode } from "../platform/fault.ts";
import type { Cancel, Clock, Logger, Unsubscribe } from "../platform/ports.ts";
import { linkOf } from "../ucwa/resources/read-resource.ts";
import type { PhotoLookup, SessionPort } from "../ucwa/session-port.ts";
import { readImageHeader } from "./image-header.ts";
import type { Photo, Photos } from "./photo.ts";
import { PhotoMemory } from "./photo-memory.ts";

export interface ContactPhotosDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly session: () => SessionPort | null;
}

/** Somebody who is shown: the address, and the contact resource of this generation that tells where the photo is. */
export interface Shown {
  readonly uri: string;
  readonly generation: number;
  readonly contact: string;
}

/** What rings is drawn first; then there is time to look for a picture. */
const ASK_AFTER_MS = 100;
/** Waiting to be asked after. A crowd that calls at once gets no pictures rather than a queue for hours. */
const MOST_WAITING = 50;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Where the server does not say for how long a photo holds; and the bounds of what it says. */
const USUAL_MS = DAY_MS;
const SHORTEST_MS = HOUR_MS;
const LONGEST_MS = 7 * DAY_MS;
/** For how long it is believed that there is none. */
const NONE_MS = HOUR_MS;
/** After a look-up that told nothing. */
const FAILED_MS = 10 * MINUTE_MS;

/**
 * Finds the photos of people who are shown: contact, its `contactPhoto`, the bytes. One person at a time, beside all that
 * somebody waits for; nothing here keeps a call from ringing, and without a photo it rings as well. What the server has
 * said is remembered, also that there is none. Reference: contact, contactPhoto.
 */
export class ContactPhotos implements Photos {
  readonly #deps: ContactPhotosDeps;
  readonly #memory: PhotoMemory;
  readonly #waiting = new Map<string, Shown>();
  readonly #listeners = new Set<(uri: string) => void>();
  #cancel: Cancel | null = null;
  #working = false;

  constructor(deps: ContactPhotosDeps) {
    this.#deps = deps;
    this.#memory = new PhotoMemory(deps.clock, (uri) => this.#tell(uri));
  }

  of(uri: string): Photo | null {
    return this.#memory.photoOf(uri);
  }

  byId(id: string): Photo | null {
    return this.#memory.byId(id);
  }

  subscribe(listener: (uri: string) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Somebody is shown whose photo is wanted. Cheap, and asks nothing before it returns. */
  want(shown: Shown): void {
    const key = shown.uri.toLowerCase();
    if (this.#memory.isCurrent(key)) return;
    if (this.#waiting.size >= MOST_WAITING && !this.#waiting.has(key)) return;
    this.#waiting.set(key, shown);
    if (this.#working) return;
    this.#cancel ??= this.#deps.clock.after(ASK_AFTER_MS, () => {
      this.#cancel = null;
      void this.#work();
    });
  }

  /** The session is over: the next one may be another person's, at another server. */
  forget(): void {
    this.#waiting.clear();
    this.#cancel?.();
    this.#cancel = null;
    this.#memory.clear();
  }

  async #work(): Promise<void> {
    this.#working = true;
    for (let [next] = this.#waiting; next; [next] = this.#waiting) {
      try {
        await this.#find(...next);
      } catch (error) {
        this.#deps.logger.error("photo.threw", { error: errorCode(error) });
        this.#learnNothing(next[0]);
      }
      if (this.#waiting.get(next[0]) === next[1]) this.#waiting.delete(next[0]);
    }
    this.#working = false;
  }

  async #find(uri: string, { generation, contact }: Shown): Promise<void> {
    const session = this.#deps.session();
    if (!session) return;
    const answer = await this.#lookUp(session, generation, contact, this.#memory.etagOf(uri));
    // Signed out, or somebody else by now.
    if (this.#deps.session() !== session || !this.#waiting.has(uri)) return;
    this.#deps.logger.debug("photo", { outcome: answer.outcome });
    const before = this.of(uri);
    this.#learn(uri, answer);
    if (this.of(uri) !== before) this.#tell(uri);
  }

  async #lookUp(
    session: SessionPort,
    generation: number,
    contact: string,
    etag: string | null,
  ): Promise<PhotoLookup> {
    const told = await session.read(generation, contact, "beside");
    switch (told.outcome) {
      case "found": {
        const link = linkOf(told.resource, "contactPhoto");
        return link ? await session.readPhoto(generation, link.href, etag) : { outcome: "none" };
      }
      case "gone":
        return { outcome: "none" };
      case "refused":
        return told.status === 403 ? { outcome: "none" } : { outcome: "unreachable", detail: "Refused." };
      case "unreachable":
      case "superseded":
        return told;
    }
  }

  #learn(uri: string, answer: PhotoLookup): void {
    switch (answer.outcome) {
      case "found": {
        const { bytes, etag, freshForMs } = answer;
        const header = readImageHeader(bytes);
        if (header === null) return this.#memory.drop(uri, NONE_MS);
        return this.#memory.keep(uri, { type: header.type, bytes }, etag, holdsFor(freshForMs));
      }
      case "unchanged":
        return this.#memory.prolong(uri, holdsFor(answer.freshForMs));
      case "none":
        return this.#memory.drop(uri, NONE_MS);
      case "unreachable":
        return this.#learnNothing(uri);
      // The call is over as well, or will be told anew.
      case "superseded":
        return;
    }
  }

  /** A photo that is here is better than none. */
  #learnNothing(uri: string): void {
    if (this.of(uri) === null) this.#memory.drop(uri, FAILED_MS);
    else this.#memory.prolong(uri, FAILED_MS);
  }

  #tell(uri: string): void {
    for (const listener of this.#listeners) listener(uri);
  }
}

function holdsFor(freshForMs: number | null): number {
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, freshForMs ?? USUAL_MS));
}
