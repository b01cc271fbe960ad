import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";

import { askX11Pointer } from "./x11-pointer.ts";

const ROOT = 0x51d;
const COOKIE = "0123456789abcdef";

/** What a server says of itself: a vendor, two formats of pixels, one screen. */
function setup(root = ROOT): Buffer {
  const vendor = Buffer.from("The X\0\0\0");
  const head = Buffer.alloc(40);
  head.writeUInt8(1, 0);
  head.writeUInt16LE(11, 2);
  head.writeUInt16LE("The X".length, 24);
  head.writeUInt8(1, 28);
  head.writeUInt8(2, 29);
  const screen = Buffer.alloc(40);
  screen.writeUInt32LE(root, 0);
  const all = Buffer.concat([head, vendor, Buffer.alloc(16), screen]);
  all.writeUInt16LE((all.length - 8) / 4, 6);
  return all;
}

function reply({ x = 0, y = 0, sameScreen = 1 }): Buffer {
  const bytes = Buffer.alloc(32);
  bytes.writeUInt8(1, 0);
  bytes.writeUInt8(sameScreen, 1);
  bytes.writeInt16LE(x, 16);
  bytes.writeInt16LE(y, 18);
  return bytes;
}

let server: Server | null = null;
const sockets = new Set<Socket>();

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  server?.close();
  server = null;
});

/** Starts a server that answers each thing it gets with the next of these; returns DISPLAY, and what it got. */
async function serve(answers: readonly (readonly Buffer[])[]): Promise<{ display: string; got: Buffer[] }> {
  const got: Buffer[] = [];
  for (let number = 900; ; number += 1) {
    const listening = createServer((socket) => {
      sockets.add(socket);
      let turn = 0;
      socket.on("error", () => undefined);
      socket.on("data", (bytes) => {
        got.push(bytes);
        for (const part of answers[turn] ?? []) socket.write(part);
        turn += 1;
      });
    });
    const taken = await new Promise<boolean>((resolve) => {
      listening.once("error", () => resolve(true));
      listening.listen({ host: "127.0.0.1", port: 6_000 + number }, () => resolve(false));
    });
    if (taken) continue;
    server = listening;
    return { display: `127.0.0.1:${(listening.address() as AddressInfo).port - 6_000}.0`, got };
  }
}

const nowhere = { XAUTHORITY: "/nonexistent" };
const patient = 5_000;

describe("the pointer of an X server", () => {
  it("is told in pixels, left of and above the first screen too", async () => {
    const { display, got } = await serve([[setup()], [reply({ x: 1_500, y: -20 })]]);
    expect(await askX11Pointer({ ...nowhere, DISPLAY: display }, patient)).toEqual({ x: 1_500, y: -20 });
    expect(got[0]?.subarray(0, 4)).toEqual(Buffer.from([0x6c, 0, 11, 0]));
    expect(got[1]).toEqual(Buffer.from([38, 0, 2, 0, 0x1d, 0x05, 0, 0]));
  });

  it("is found in an answer that comes byte by byte", async () => {
    const bytes = (buffer: Buffer) => [...buffer].map((byte) => Buffer.from([byte]));
    const { display } = await serve([bytes(setup()), bytes(reply({ x: 3, y: 4 }))]);
    expect(await askX11Pointer({ ...nowhere, DISPLAY: display }, patient)).toEqual({ x: 3, y: 4 });
  });

  it("is asked for with the cookie of this display, not with another's", async () => {
    const folder = mkdtempSync(join(tmpdir(), "doorbell-authority-"));
    try {
      const { display, got } = await serve([[setup()], [reply({})]]);
      const number = display.replace(/.*:(\d+)\.0/, "$1");
      const counted = (text: string) => Buffer.from([0, text.length, ...Buffer.from(text, "latin1")]);
      const entry = (shown: string, name: string, data: string) =>
        Buffer.concat([Buffer.from([1, 0]), ...["host", shown, name, data].map(counted)]);
      const path = join(folder, "authority");
      const other = entry("77", "MIT-MAGIC-COOKIE-1", "of the other one");
      const unknown = entry(number, "XDM-AUTHORIZATION-1", "something else");
      writeFileSync(path, Buffer.concat([other, unknown, entry(number, "MIT-MAGIC-COOKIE-1", COOKIE)]));
      await askX11Pointer({ DISPLAY: display, XAUTHORITY: path }, patient);
      const sent = got[0]?.toString("latin1") ?? "";
      expect(sent.endsWith(`MIT-MAGIC-COOKIE-1\0\0${COOKIE}`)).toBe(true);

      // A file that was cut off is no reason not to ask.
      writeFileSync(path, other.subarray(0, 20));
      expect(await askX11Pointer({ DISPLAY: display, XAUTHORITY: path }, patient)).toEqual({ x: 0, y: 0 });
      expect(got.at(-2)).toHaveLength(12);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("is unknown where nobody is asked, nobody answers in time, or the answer is no", async () => {
    expect(await askX11Pointer({}, patient)).toBeNull();
    expect(await askX11Pointer({ DISPLAY: "wayland-0" }, patient)).toBeNull();
    expect(await askX11Pointer({ ...nowhere, DISPLAY: ":4711" }, patient)).toBeNull();
    const refusal = Buffer.from([0, 4, 11, 0, 0, 0, 1, 0, ...Buffer.from("no\0\0")]);
    for (const answers of [
      [[refusal]],
      [[setup()], [reply({ sameScreen: 0 })]],
      [[setup()], [Buffer.alloc(32)]],
    ]) {
      const { display } = await serve(answers);
      expect(await askX11Pointer({ ...nowhere, DISPLAY: display }, patient)).toBeNull();
    }
    const { display } = await serve([[setup()], []]);
    expect(await askX11Pointer({ ...nowhere, DISPLAY: display }, 20)).toBeNull();
  });

  it("is unknown, and nothing is thrown, whatever else answers", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1, maxLength: 200 })), async (chunks) => {
        const { display } = await serve([chunks.map((chunk) => Buffer.from(chunk))]);
        const answer = await askX11Pointer({ ...nowhere, DISPLAY: display }, 5);
        server?.close();
        expect(answer === null || Number.isInteger(answer.x)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});
