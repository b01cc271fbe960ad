/** A picture of somebody, small enough to be shown anywhere. Reference: contactPhoto. */
export interface Photo {
  /** `data:image/…;base64,…`, of a raster format that every surface draws. */
  readonly dataUri: string;
}

/** Photos by address. Nothing waits for one: what is not here yet is asked for, and told when it has come. */
export interface Photos {
  /** By `sip:` address, in any case; null when there is none, or none yet. */
  of(uri: string): Photo | null;
  /** The listener is told the address of somebody whose photo has come or changed. */
  subscribe(listener: (uri: string) => void): () => void;
}
