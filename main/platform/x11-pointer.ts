import { readFile } from "node:fs/promises";
import { connect, type NetConnectOpts, type Socket } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";

/** Pixels of the X screen, from its upper left corner. */
export interface ScreenPoint {
  readonly x: number;
  readonly y: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

interface Display {
  readonly number: string;
  readonly address: NetConnectOpts;
}

interface Authority {
  readonly name: Buffer;
  readonly data: Buffer;
}

const COOKIE = "MIT-MAGIC-COOKIE-1";
const NO_AUTHORITY: Authority = { name: Buffer.alloc(0), data: Buffer.alloc(0) };
const FIRST_PORT = 6_000;
const SUCCESS = 1;
const QUERY_POINTER = 38;
const HEAD_BYTES = 8;
const REPLY_BYTES = 32;
/** The server's description of itself is a few kB, with as many screens and formats as it likes. */
const MOST_BYTES = 256 * 1024;

/**
 * Asks the X server where the pointer is (X Window System Protocol, "Connection Setup" and "QueryPointer"); null where
 * there is no X server, it refuses, or does not answer within `limitMs`. Never throws. The library for it, x11, is
 * 475 kB for this one question, and Electron only knows where the pointer was over a window of its own the last time.
 */
export async function askX11Pointer(env: Environment, limitMs: number): Promise<ScreenPoint | null> {
  const display = displayOf(env["DISPLAY"] ?? "");
  if (display === null) return null;
  const signal = AbortSignal.timeout(limitMs);
  try {
    const authority = await authorityFor(display.number, env, signal);
    if (signal.aborted) return null;
    return await ask(connect(display.address), authority, signal);
  } catch {
    return null;
  }
}

/** `:0`, `unix:0`, `:0.1`, or `host:10.0` as ssh gives it. */
function displayOf(name: string): Display | null {
  const [, host = "", number] = /^([^:]*):(\d{1,4})(?:\.\d+)?$/.exec(name) ?? [];
  if (number === undefined) return null;
  const address =
    host === "" || host === "unix"
      ? { path: `/tmp/.X11-unix/X${number}` }
      : { host, port: FIRST_PORT + Number(number) };
  return { number, address };
}

/** The cookie for this display; none where there is no file, for a server that wants none. */
async function authorityFor(number: string, env: Environment, signal: AbortSignal): Promise<Authority> {
  const path = env["XAUTHORITY"] || join(env["HOME"] ?? homedir(), ".Xauthority");
  const file = await readFile(path, { signal }).catch(() => Buffer.alloc(0));
  for (const [, display, name, data] of entriesOf(file))
    if (name.toString("latin1") === COOKIE && ["", number].includes(display.toString("latin1")))
      return { name, data };
  return NO_AUTHORITY;
}

type Entry = readonly [address: Buffer, display: Buffer, name: Buffer, data: Buffer];

/**
 * Each is a family and four counted strings, most significant byte first (Xau, AuGetAuth.c). What is left of one that was
 * cut off is empty, and so no cookie for anything.
 */
function* entriesOf(file: Buffer): Generator<Entry> {
  let at = 0;
  const next = (): Buffer => {
    const begin = at + 2;
    at = begin > file.length ? file.length : begin + file.readUInt16BE(at);
    return file.subarray(begin, at);
  };
  while (at < file.length) {
    at += 2;
    yield [next(), next(), next(), next()];
  }
}

function ask(socket: Socket, { name, data }: Authority, signal: AbortSignal): Promise<ScreenPoint | null> {
  return new Promise((resolve) => {
    let received = Buffer.alloc(0);
    let asked = false;
    const settle = (point: ScreenPoint | null): void => {
      socket.destroy();
      resolve(point);
    };
    signal.addEventListener("abort", () => settle(null), { once: true });
    socket.on("error", () => settle(null));
    socket.on("close", () => settle(null));
    socket.on("connect", () => {
      const head = Buffer.alloc(12);
      // Least significant byte first, version 11.0.
      head.write("l");
      head.writeUInt16LE(11, 2);
      head.writeUInt16LE(name.length, 6);
      head.writeUInt16LE(data.length, 8);
      socket.write(Buffer.concat([head, padded(name), padded(data)]));
    });
    socket.on("data", (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (received.length > MOST_BYTES) return settle(null);
      if (!asked) {
        const length = setupLength(received);
        if (length === null || received.length < length) return;
        const root = rootOf(received.subarray(0, length));
        if (root === null) return settle(null);
        received = received.subarray(length);
        asked = true;
        socket.write(queryPointer(root));
      }
      if (received.length >= REPLY_BYTES) settle(pointOf(received));
    });
  });
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}

function setupLength(received: Buffer): number | null {
  return received.length < HEAD_BYTES ? null : HEAD_BYTES + 4 * received.readUInt16LE(6);
}

/** The root window of the first screen; null for a refusal, or for what is no X server. */
function rootOf(setup: Buffer): number | null {
  if (setup.length < 40 || setup[0] !== SUCCESS) return null;
  const vendor = setup.readUInt16LE(24);
  const formats = setup.readUInt8(29);
  const screen = 40 + Math.ceil(vendor / 4) * 4 + 8 * formats;
  return setup.length < screen + 4 ? null : setup.readUInt32LE(screen);
}

function queryPointer(window: number): Buffer {
  const request = Buffer.alloc(8);
  request.writeUInt8(QUERY_POINTER, 0);
  request.writeUInt16LE(request.length / 4, 2);
  request.writeUInt32LE(window, 4);
  return request;
}

/** Null for an error, or where the pointer is on another X screen than this one. */
function pointOf(reply: Buffer): ScreenPoint | null {
  if (reply[0] !== SUCCESS || reply[1] !== 1) return null;
  return { x: reply.readInt16LE(16), y: reply.readInt16LE(18) };
}
