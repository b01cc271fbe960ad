import { EventEmitter } from "node:events";
import { decodeClone, encodeClone } from "./renderer/clone-codec.ts";
import { strictClass } from "./strict.ts";

type Handler = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown;

/**
 * `ipcMain`, and the narrower door of one web contents. Channels are the program's, so unlike elsewhere every event name is
 * allowed.
 */
export class IpcMain
  extends EventEmitter
  implements Pick<Electron.IpcMain, "handle" | "handleOnce" | "removeHandler">
{
  /** Named as in Electron, where the driver's forged calls find it too. */
  readonly _invokeHandlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this._invokeHandlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    if (typeof handler !== "function")
      throw new TypeError(`Expected handler to be a function, but found type '${typeof handler}'`);
    this._invokeHandlers.set(channel, handler);
  }

  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return handler(event, ...args);
    });
  }

  removeHandler(channel: string): void {
    this._invokeHandlers.delete(channel);
  }
}

strictClass(IpcMain);

export const ipcMain = new IpcMain();

/** What a page sent through its preload script. */
export type PageMessage =
  | { readonly type: "send"; readonly channel: string; readonly args: string }
  | { readonly type: "invoke"; readonly channel: string; readonly args: string; readonly id: number }
  | { readonly type: "preload-error"; readonly text: string };

/** The answer to an invoke: a value on the wire, or the text of an error. */
export interface Answer {
  readonly ok: boolean;
  readonly text: string;
}

/** Gives a sent message to everyone who listens, the narrower doors first. */
export function dispatchSend(doors: readonly IpcMain[], event: object, channel: string, args: string): void {
  const values = decodeClone(args) as unknown[];
  for (const door of doors) door.emit(channel, event, ...values);
}

/** Asks the one handler of a channel; what it throws, or cannot be cloned, becomes the text that Electron sends. */
export async function dispatchInvoke(
  doors: readonly IpcMain[],
  event: object,
  channel: string,
  args: string,
): Promise<Answer> {
  const handler = doors.map((door) => door._invokeHandlers.get(channel)).find((found) => found !== undefined);
  if (!handler) return { ok: false, text: String(new Error(`No handler registered for '${channel}'`)) };
  try {
    const values = decodeClone(args) as unknown[];
    return { ok: true, text: encodeClone(await handler(event as Electron.IpcMainInvokeEvent, ...values)) };
  } catch (error) {
    console.error(`Error occurred in handler for '${channel}':`, error);
    return { ok: false, text: String(error) };
  }
}
