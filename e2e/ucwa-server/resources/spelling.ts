import * as z from "zod";
import { base64DataUri } from "./message-uri.ts";
import type { Random } from "../random.ts";

/** What may be written in several ways that mean the same, or that deployments have been seen to differ in. */
export interface SpellingSwitches {
  /** Relative to the origin that serves them, absolute with their port, or now so and now so. */
  hrefs: "relative" | "absolute" | "mixed";
  /** A single link as an object, as an array of one, or now so and now so. Reference: PayloadFormat */
  singleLinks: "object" | "array" | "mixed";
  /** Events grouped while their sender stays the same, or each in a block of its own. */
  senderBlocks: "grouped" | "single";
  /** What stands for the events of a response that has none. */
  heartbeat: "empty" | "absent" | "null" | "mixed";
  /** The text of data URIs as the recordings have it, form-encoded, or as the reference's samples do. */
  dataUris: "form" | "base64";
  /** Resources have a property that no page knows. Reference: Versioning */
  newProperties: boolean;
  /** The order of properties, on which nothing may depend. */
  propertyOrder: "usual" | "reversed";
}

/** As the recordings are written. */
export const plainSpelling: SpellingSwitches = {
  hrefs: "relative",
  singleLinks: "object",
  senderBlocks: "grouped",
  heartbeat: "empty",
  dataUris: "form",
  newProperties: false,
  propertyOrder: "usual",
};

/** What the control API takes of them. */
export const spellingSchema = z.object({
  hrefs: z.enum(["relative", "absolute", "mixed"]),
  singleLinks: z.enum(["object", "array", "mixed"]),
  senderBlocks: z.enum(["grouped", "single"]),
  heartbeat: z.enum(["empty", "absent", "null", "mixed"]),
  dataUris: z.enum(["form", "base64"]),
  newProperties: z.boolean(),
  propertyOrder: z.enum(["usual", "reversed"]),
});

/** How one response is written. */
export interface Spelling {
  href(href: string): string;
  asArray(rel: string, href: string): boolean;
  readonly singleSenders: boolean;
  readonly heartbeat: "empty" | "absent" | "null";
  readonly newProperties: boolean;
  readonly reversed: boolean;
}

/** The spelling that needs no server to be known. */
export const usualSpelling: Spelling = {
  href: (href) => href,
  asArray: () => false,
  singleSenders: false,
  heartbeat: "empty",
  newProperties: false,
  reversed: false,
};

/**
 * Decides what is mixed. The same question always has the same answer, so that a response which is served again is
 * served the same; the seed is drawn when first needed, so that servers without mixing draw none.
 */
export class Mixture {
  readonly #random: Random;
  #seed: number | null = null;

  constructor(random: Random) {
    this.#random = random;
  }

  /** A number from 0 to `below - 1` for this text. */
  pick(text: string, below: number): number {
    this.#seed ??= this.#random.bytes(4).reduce((sum, byte) => sum * 256 + byte, 0);
    // FNV-1a: short, and spreads neighbouring texts well enough.
    let hash = 0x811c9dc5 ^ this.#seed;
    for (let index = 0; index < text.length; index += 1)
      hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    return ((hash ^ (hash >>> 15)) >>> 0) % below;
  }
}

/** How a response from this origin is written; `key` tells one response from another. */
export function spellingOf(
  switches: SpellingSwitches,
  mixture: Mixture,
  origin: string,
  key: string,
): Spelling {
  const heartbeats = ["empty", "absent", "null"] as const;
  return {
    href: (href) => {
      if (href.startsWith("data:")) return switches.dataUris === "base64" ? base64DataUri(href) : href;
      const absolute =
        switches.hrefs === "absolute" ||
        (switches.hrefs === "mixed" && mixture.pick(`${key} ${href}`, 2) === 1);
      return absolute && href.startsWith("/") ? withPort(origin) + href : href;
    },
    asArray: (rel, href) =>
      switches.singleLinks === "array" ||
      // A given rel is always one or the other. Reference: PayloadFormat
      (switches.singleLinks === "mixed" && !href.startsWith("data:") && mixture.pick(rel, 2) === 1),
    singleSenders: switches.senderBlocks === "single",
    heartbeat:
      switches.heartbeat === "mixed" ? (heartbeats[mixture.pick(key, 3)] ?? "empty") : switches.heartbeat,
    newProperties: switches.newProperties,
    reversed: switches.propertyOrder === "reversed",
  };
}

/** The reference's own example names an address once relatively and once absolutely with the port of its scheme. */
function withPort(origin: string): string {
  const { protocol, port } = new URL(origin);
  if (port !== "") return origin;
  return `${origin}:${protocol === "https:" ? 443 : 80}`;
}
