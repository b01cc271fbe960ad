import { afterEach, describe, expect, it } from "vitest";
import { Doorbell } from "../core/doorbell.ts";
import { systemRandom as random } from "../platform/system.ts";
import { Alerts } from "../surfaces/alerts.ts";
import { ScriptedNotifications } from "../surfaces/native/testing/scripted-notifications.ts";
import { AbortListeners } from "../testing/abort-listeners.ts";
import { started } from "../testing/invitation-events.ts";
import { rig, SILENT_LOGGER as logger } from "../testing/rig.ts";
import { error, html, POOL, ROOT, ScriptedServer } from "../testing/servers/scripted-server.ts";
import { VirtualClock } from "../testing/virtual-clock.ts";
import { createSession } from "../ucwa/session.ts";
import type { Session } from "../ucwa/session.ts";
import { NOBODY_WRITES } from "../surfaces/conversation/testing/nobody-writes.ts";
import { LOUD } from "../surfaces/presentation.ts";

const TIMES = 1_000;

let listeners: AbortListeners | null = null;

afterEach(() => {
  listeners?.stop();
});

/** From inside a test: vitest has a signal of its own around it. */
function watch(): AbortListeners {
  listeners = AbortListeners.watch();
  return listeners;
}

/** A program's core and a server, with a new session for each `open`. */
function program() {
  const clock = new VirtualClock();
  const server = new ScriptedServer();
  const doorbell = new Doorbell({ clock, random, logger });
  const open = (): Session => {
    const session = createSession({
      fetch: server.fetch,
      clock,
      random,
      logger,
      listener: doorbell,
      account: {
        address: "tosh@contoso.example",
        password: async () => "right",
        server: ROOT,
        trusted: [],
        endpointId: "endpoint",
        instanceId: "instance",
        userAgent: "Doorbell/0",
        culture: "en-US",
      },
    });
    doorbell.attach(session);
    session.start();
    return session;
  };
  return { clock, server, doorbell, open };
}

/** What rings at the scripted server. */
function ring(server: ScriptedServer, number: number): void {
  const href = `${server.base}/communication/messagingInvitations/${number}`;
  const link = { rel: "messagingInvitation", href };
  server.emit([
    { rel: "communication", href: `${server.base}/communication`, events: [{ link, type: "started" }] },
  ]);
}

describe("after a thousand of them, no timer and no listener is left of", () => {
  it("sign-ins and sign-outs, with something ringing and something asked each time", async () => {
    const listening = watch();
    const { clock, server, doorbell, open } = program();
    for (let number = 1; number <= TIMES; number++) {
      const session = open();
      await clock.settle();
      expect(doorbell.state.session.name).toBe("online");
      ring(server, number);
      // One that is never answered.
      server.intercept = ({ url }) => (url.endsWith("/accept") ? new Promise(() => {}) : undefined);
      void session.post(1, `${POOL}${server.base}/accept`);
      void session.read(1, `${POOL}${server.base}/people/1`);
      await clock.settle();
      await session.signOut();
    }
    await clock.advance(60_000);
    expect(clock.pending).toBe(0);
    expect(listening.signals).toBeGreaterThan(TIMES);
    expect(listening.open).toBe(0);
  }, 60_000);

  it("applications that the server ended, and of the waits for a server that is away", async () => {
    const listening = watch();
    const { clock, server, doorbell, open } = program();
    const session = open();
    await clock.settle();
    const before = { timers: clock.pending, open: listening.open };
    for (let number = 1; number <= TIMES; number++) {
      // More than are asked at a time: some wait for their turn.
      for (let each = 0; each < 5; each++)
        void session.read(server.application, `${POOL}${server.base}/people/${each}`);
      await clock.settle();
      server.intercept = ({ url }) => (url.includes("/events") ? html(503) : undefined);
      session.tryNow();
      await clock.settle();
      expect(doorbell.state.session.name).toBe("reconnecting");
      server.intercept = () => undefined;
      // Not the last time: what the last application leaves behind is seen.
      if (number % 2 === 1) server.kill();
      for (let turns = 0; turns < 20 && doorbell.state.session.name !== "online"; turns++) {
        session.tryNow();
        // Until the way back is proven.
        await clock.advance(2_000);
      }
      expect(doorbell.state.session.name).toBe("online");
    }
    expect(server.application).toBeGreaterThan(TIMES / 2);
    expect(clock.pending).toBe(before.timers);
    expect(listening.open).toBe(before.open);
    await session.signOut();
    expect([clock.pending, listening.open]).toEqual([0, 0]);
  }, 60_000);

  it("sign-ins that do not succeed", async () => {
    const listening = watch();
    const { clock, server, doorbell, open } = program();
    server.intercept = ({ url }) =>
      url.includes("oauthtoken") ? error(400, "BadRequest", "None") : undefined;
    for (let number = 1; number <= TIMES; number++) {
      const session = open();
      await clock.settle();
      expect(doorbell.state.session.name).not.toBe("online");
      await session.signOut();
    }
    expect([clock.pending, listening.open]).toEqual([0, 0]);
  }, 60_000);

  it("notifications that were wanted and were not, with an invitation ringing on them", async () => {
    const listening = watch();
    const { clock, doorbell, session } = rig();
    const services: ScriptedNotifications[] = [];
    const alerts = new Alerts(
      {
        openService: () => {
          const service = new ScriptedNotifications();
          services.push(service);
          return service;
        },
        canToast: true,
        answering: doorbell,
        clock,
        logger,
        messages: NOBODY_WRITES,
        wishes: () => LOUD,
        heard: () => undefined,
        open: () => undefined,
        changed: () => undefined,
      },
      doorbell.state,
    );
    const stop = doorbell.subscribe((state) => alerts.setState(state));
    doorbell.received([started()]);
    for (let number = 1; number <= TIMES; number++) {
      alerts.setNotifications(true);
      await clock.settle();
      services.at(-1)?.last.tell({ type: "shown" });
      alerts.setNotifications(false);
      await clock.settle();
    }
    expect(services).toHaveLength(TIMES);
    expect(services.every(({ abandoned, up }) => abandoned === 0 && up.length === 0)).toBe(true);
    stop();
    await alerts.dispose();
    session.lose();
    await clock.settle();
    expect([clock.pending, listening.open]).toEqual([0, 0]);
  }, 60_000);
});
