import type { Clock } from "../platform/ports.ts";
import type { ImageType } from "./image-header.ts";
import type { Photo } from "./photo.ts";

/** What the server has said of somebody's photo. */
interface Known {
  /** Null when there is none. */
  readonly photo: Photo | null;
  readonly etag: string | null;
  /** Epoch milliseconds. */
  readonly saidAt: number;
  readonly holdsForMs: number;
}

/** People of whom something is remembered, with or without a photo. */
export const MOST_PEOPLE = 200;
/** Of all photos together; the usual one has five thousand. */
export const MOST_BYTES = 4 * 1024 * 1024;

/**
 * The photos of this run, in memory alone: few enough, and few bytes. Whoever was asked after longest ago goes first.
 * Addresses are compared without regard to case.
 */
export class PhotoMemory {
  readonly #clock: Clock;
  readonly #gone: (uri: string) => void;
  /** By address in lower case, whoever was asked after last at the end. */
  readonly #known = new Map<string, Known>();
  #bytes = 0;
  #photos = 0;

  /** `gone` is told the address of everybody whose photo had to go, when it is no longer here. */
  constructor(clock: Clock, gone: (uri: string) => void) {
    this.#clock = clock;
    this.#gone = gone;
  }

  /** Of all photos. */
  get bytes(): number {
    return this.#bytes;
  }

  get people(): readonly string[] {
    return [...this.#known.keys()];
  }

  photoOf(uri: string): Photo | null {
    return this.#known.get(uri.toLowerCase())?.photo ?? null;
  }

  byId(id: string): Photo | null {
    for (const { photo } of this.#known.values()) if (photo?.id === id) return photo;
    return null;
  }

  /** Of the photo that is here. */
  etagOf(uri: string): string | null {
    return this.#known.get(uri.toLowerCase())?.etag ?? null;
  }

  /** Whether what was said still holds, so that nothing has to be asked. A clock that was set back makes it ask. */
  isCurrent(uri: string): boolean {
    const known = this.#known.get(uri.toLowerCase());
    if (!known) return false;
    const ageMs = this.#clock.now() - known.saidAt;
    return ageMs >= 0 && ageMs < known.holdsForMs;
  }

  keep(
    uri: string,
    picture: { readonly type: ImageType; readonly bytes: Uint8Array },
    etag: string | null,
    holdsForMs: number,
  ): void {
    const photo = { ...picture, id: String(++this.#photos) };
    this.#set(uri, { photo, etag, saidAt: this.#clock.now(), holdsForMs });
  }

  /** What is here still holds, if it has not had to go meanwhile. */
  prolong(uri: string, holdsForMs: number): void {
    const known = this.#known.get(uri.toLowerCase());
    if (known) this.#set(uri, { ...known, saidAt: this.#clock.now(), holdsForMs });
  }

  /** There is none. */
  drop(uri: string, holdsForMs: number): void {
    this.#set(uri, { photo: null, etag: null, saidAt: this.#clock.now(), holdsForMs });
  }

  clear(): void {
    this.#evict(0, 0);
  }

  #set(uri: string, known: Known): void {
    this.#remove(uri.toLowerCase());
    this.#known.set(uri.toLowerCase(), known);
    this.#bytes += sizeOf(known);
    this.#evict(MOST_PEOPLE, MOST_BYTES);
  }

  #evict(mostPeople: number, mostBytes: number): void {
    for (const [oldest, { photo }] of this.#known) {
      if (this.#known.size <= mostPeople && this.#bytes <= mostBytes) return;
      this.#remove(oldest);
      if (photo !== null) this.#gone(oldest);
    }
  }

  #remove(key: string): void {
    const known = this.#known.get(key);
    if (!known) return;
    this.#known.delete(key);
    this.#bytes -= sizeOf(known);
  }
}

function sizeOf({ photo }: Known): number {
  return photo?.bytes.byteLength ?? 0;
}
