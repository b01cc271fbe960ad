import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Area } from "../desktop-session/screen.ts";
import { nowMicros, within } from "./time.ts";

const SETUP_HEAD_BYTES = 8;
const REPLY_HEAD_BYTES = 32;
const REPLY = 1;
const GET_IMAGE = 73;
const Z_PIXMAP = 2;
const ALL_PLANES = 0xff_ff_ff_ff;
const PIXEL_BYTES = 4;
const LIMIT_MS = 30_000;
/** Between two looks: long enough to leave the processor to those that draw. */
const PAUSE_MS = 1;

/**
 * What is on a display, pixel by pixel, asked of the X server itself: so a program can be watched while nothing is
 * attached to it. X Window System Protocol, "Connection Setup" and "GetImage"; 24 bits a pixel, without a cookie.
 */
export class DisplayPicture {
  readonly #socket: Socket;
  readonly #root: number;
  #received = Buffer.alloc(0);
  #arrived: () => void = () => {};

  private constructor(socket: Socket, root: number) {
    this.#socket = socket;
    this.#root = root;
    socket.on("data", (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#arrived();
    });
    socket.on("error", () => socket.destroy());
  }

  /** `display` such as `:7`, of this machine. */
  static async open(display: string): Promise<DisplayPicture> {
    const socket = connect(`/tmp/.X11-unix/X${display.slice(1)}`);
    await once(socket, "connect");
    const hello = Buffer.alloc(12);
    // Least significant byte first, version 11.0.
    hello.write("l");
    hello.writeUInt16LE(11, 2);
    socket.write(hello);
    let setup = Buffer.alloc(0);
    while (setup.length < SETUP_HEAD_BYTES || setup.length < SETUP_HEAD_BYTES + 4 * setup.readUInt16LE(6)) {
      const [chunk]: Buffer[] = await within(LIMIT_MS, "the X server's greeting", once(socket, "data"));
      setup = Buffer.concat([setup, chunk ?? Buffer.alloc(0)]);
    }
    if (setup[0] !== REPLY) throw new Error("The X server lets nobody in.");
    const vendor = setup.readUInt16LE(24);
    const screen = 40 + Math.ceil(vendor / 4) * 4 + 8 * setup.readUInt8(29);
    return new DisplayPicture(socket, setup.readUInt32LE(screen));
  }

  /** Four bytes for each pixel, line by line. One question at a time. */
  async read({ x, y, width, height }: Area): Promise<Buffer> {
    const request = Buffer.alloc(20);
    request.writeUInt8(GET_IMAGE, 0);
    request.writeUInt8(Z_PIXMAP, 1);
    request.writeUInt16LE(request.length / 4, 2);
    request.writeUInt32LE(this.#root, 4);
    for (const [index, value] of [x, y, width, height].entries()) request.writeInt16LE(value, 8 + 2 * index);
    request.writeUInt32LE(ALL_PLANES, 16);
    this.#socket.write(request);
    const bytes = REPLY_HEAD_BYTES + PIXEL_BYTES * width * height;
    while (this.#received.length < bytes) {
      if (this.#received.length >= REPLY_HEAD_BYTES && this.#received[0] !== REPLY)
        throw new Error("The X server gives no picture of this area.");
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#arrived = resolve;
      await within(LIMIT_MS, "a picture of the screen", promise);
    }
    const picture = this.#received.subarray(REPLY_HEAD_BYTES, bytes);
    this.#received = this.#received.subarray(bytes);
    return picture;
  }

  /**
   * Resolves with the moment at which something is drawn in this area: it looks different from `before`, and is not of
   * one colour, as a window is whose page has not been drawn yet. To a millisecond and a half.
   */
  drawn(area: Area, before: Buffer): Promise<number> {
    return this.#when(area, (picture) => !picture.equals(before) && !isPlain(picture));
  }

  /** Resolves with the moment at which it looks like this again. */
  again(area: Area, before: Buffer): Promise<number> {
    return this.#when(area, (picture) => picture.equals(before));
  }

  close(): void {
    this.#socket.destroy();
  }

  async #when(area: Area, holds: (picture: Buffer) => boolean): Promise<number> {
    for (const deadline = nowMicros() + LIMIT_MS * 1000; ;) {
      const picture = await this.read(area);
      const at = nowMicros();
      if (holds(picture)) return at;
      if (at > deadline) throw new Error(`What was expected on the screen did not come in ${LIMIT_MS} ms.`);
      await sleep(PAUSE_MS);
    }
  }
}

/** All of one colour. */
export function isPlain(picture: Buffer): boolean {
  return picture.subarray(PIXEL_BYTES).equals(picture.subarray(0, -PIXEL_BYTES));
}
