import * as z from "zod";
import { calleeBehaviours, contactAnswers, photoAnswers } from "./deployment.ts";
import { sourceNetworks } from "./person.ts";
import type { Person } from "./person.ts";
import { sipUri } from "../sign-in/users.ts";

/** What the control API takes of somebody who is no user of this server. What is absent, the switches decide. */
export const listedSchema = z.strictObject({
  name: z.string().min(1).max(300),
  title: z.string().max(300).optional(),
  department: z.string().max(300).optional(),
  company: z.string().max(300).optional(),
  sourceNetwork: z.enum(sourceNetworks).optional(),
  /** What they do when a user calls them. */
  answers: z.enum(calleeBehaviours).optional(),
  photo: z.enum(photoAnswers).optional(),
  /** Their picture, a JPEG in base64. */
  jpeg: z.base64().max(1_000_000).optional(),
  contact: z.enum(contactAnswers).optional(),
});

/** Somebody in the directory. Reference: contact */
export interface Listed extends z.output<typeof listedSchema>, Person {
  readonly uri: string;
  readonly name: string;
  readonly sourceNetwork: Person["sourceNetwork"];
}

/** The people whom users can find, beside each other; a thousand at most. */
export class Directory {
  readonly #people = new Map<string, Listed>();

  /** In the order of coming. */
  get list(): readonly Listed[] {
    return [...this.#people.values()];
  }

  find(uri: string): Listed | undefined {
    return this.#people.get(uri);
  }

  /** Lists somebody, or says something else of them; what is not said again stays. */
  put(address: string, listed: z.output<typeof listedSchema>): void {
    const uri = sipUri(address);
    const known = this.#people.get(uri);
    const sourceNetwork = listed.sourceNetwork ?? known?.sourceNetwork ?? "SameEnterprise";
    if (known || this.#people.size < 1000) this.#people.set(uri, { ...known, ...listed, uri, sourceNetwork });
  }
}
