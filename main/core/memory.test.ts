import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { SILENT_LOGGER } from "../platform/logger.ts";
import { APPLICATION, completed, invitationEvent, resource } from "../testing/invitation-events.ts";
import { VirtualClock } from "../testing/virtual-clock.ts";
import type { ChannelEvent } from "../ucwa/application/channel-event.ts";
import type { SessionPort } from "../ucwa/session-port.ts";
import { Doorbell } from "./doorbell.ts";

/** More than are remembered of anything. */
const MANY = 1_500;
const PACKAGE = 50;
/** What a call may leave for ever, in bytes: nothing, but the heap cannot be read that closely. An address has a hundred. */
const SCALE = 80;

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

/** A server that knows everybody and takes every answer. */
const session: SessionPort = {
  state: { name: "online", generation: 1 },
  offers: null,
  sendMessage: async () => ({ outcome: "taken" }),
  delete: async () => ({ outcome: "taken" }),
  tryNow: () => undefined,
  signOut: async () => undefined,
  post: async () => ({ outcome: "taken" }),
  lookUp: async () => ({ outcome: "unreachable", detail: "" }),
  read: async (_, href) => ({
    outcome: "found",
    resource: resource({ rel: "contact", properties: { name: `Who is at ${href}` } }),
  }),
  readPhoto: async () => ({ outcome: "none" }),
};

/** A call by and for somebody who is only linked to, in a conversation that is never told to be over. */
function call(number: string): { readonly started: ChannelEvent; readonly ended: ChannelEvent } {
  const href = `${APPLICATION}/communication/invitations/${number}`;
  const conversation = `${APPLICATION}/communication/conversations/${number}`;
  const links = {
    accept: `${href}/accept`,
    conversation,
    from: `${conversation}/participants/${number}`,
    onBehalfOf: `${APPLICATION}/people/${number}`,
  };
  const linked = resource({ properties: { direction: "Incoming", state: "Connecting" }, links });
  return {
    started: invitationEvent("started", { href, resource: linked }),
    ended: completed("Failure", "Missed", { href }),
  };
}

it(
  "calls that are over leave nothing behind but the last of them, however many come",
  { timeout: 60_000 },
  async () => {
    const clock = new VirtualClock();
    const doorbell = new Doorbell({
      clock,
      random: { uuid: () => "operation", fraction: () => 0.5 },
      logger: SILENT_LOGGER,
    });
    doorbell.attach(session);
    let calls = 0;
    /** The heap after many more calls, in bytes. */
    const after = async (): Promise<number> => {
      for (let left = MANY; left > 0; left -= PACKAGE) {
        const some = Array.from({ length: PACKAGE }, () => call(String(1_000_000 + ++calls)));
        doorbell.received(some.map(({ started }) => started));
        await clock.settle();
        expect(doorbell.state.invitations.at(-1)?.onBehalfOf).toContain(String(calls));
        doorbell.received(some.map(({ ended }) => ended));
      }
      collect();
      return process.memoryUsage().heapUsed;
    };
    await after();
    const heaps = [await after(), await after(), await after(), await after()];
    // What a call leaves is there each time; what other tests of this process have let go, or have left, is not.
    const left = heaps.slice(1).map((bytes, at) => (bytes - (heaps[at] ?? 0)) / MANY);
    expect(Math.min(...left)).toBeLessThan(SCALE);
  },
);
