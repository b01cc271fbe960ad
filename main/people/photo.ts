import type { Unsubscribe } from "../platform/ports.ts";
import type { ImageType } from "./image-header.ts";

/** A picture of somebody, as it came: known to be of a raster format, still, and not large. Reference: contactPhoto. */
export interface Photo {
  /** Digits, another one for each picture of this run. */
  readonly id: string;
  readonly type: ImageType;
  readonly bytes: Uint8Array;
}

/** Photos by address. Nothing waits for one: what is not here yet is asked for, and told when it has come. */
export interface Photos {
  /** By `sip:` address, in any case; null when there is none, or none yet. */
  of(uri: string): Photo | null;
  /** For a window that was told this id; null when it is no longer kept. */
  byId(id: string): Photo | null;
  /** The listener is told the address, in lower case, of somebody whose photo has come, changed or gone. */
  subscribe(listener: (uri: string) => void): Unsubscribe;
}
