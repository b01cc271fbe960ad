import type { Socket } from "node:net";
import { packageBody, type PackageSpec } from "./packages.ts";
import { answer } from "./raw-http.ts";
import { nowMicros } from "./time.ts";

/**
 * The event channel of one application, made by whoever asks for it first: packages go out in order, one to each
 * request. Every answer says in `X-Sent` when its first byte was given to the system. Reference: EventChannelDetails.
 */
export class Channel {
  readonly #base: string;
  #ack = 1;
  #parked: Socket | null = null;
  #held = false;
  #sent: (at: number) => void = () => {};
  /** Made when its turn comes, or beforehand where the making must not be measured. */
  readonly #queue: Array<PackageSpec | Buffer> = [];

  constructor(base: string) {
    this.#base = base;
  }

  /** Whether somebody waits. */
  get isParked(): boolean {
    return this.#parked !== null;
  }

  /** `held` makes all of them now and keeps them until `release`; `sent` is told when each has left. */
  emit(packages: readonly PackageSpec[], held: boolean, sent: (at: number) => void = () => {}): void {
    this.#held = held;
    this.#sent = sent;
    this.#queue.push(...(held ? packages.map((spec) => this.#make(spec)) : packages));
    this.#send();
  }

  release(): void {
    this.#held = false;
    this.#send();
  }

  park(socket: Socket): void {
    this.#parked = socket;
    this.#send();
  }

  #send(): void {
    const socket = this.#parked;
    if (this.#held || !socket) return;
    const next = this.#queue.shift();
    if (!next) return;
    this.#parked = null;
    const body = Buffer.isBuffer(next) ? next : this.#make(next);
    const at = nowMicros();
    answer(socket, 200, body, { "X-Sent": at });
    this.#sent(at);
  }

  #make(spec: PackageSpec): Buffer {
    return Buffer.from(packageBody(this.#base, ++this.#ack, spec));
  }
}
