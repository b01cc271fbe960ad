import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../../testing/virtual-clock.ts";
import { FreedesktopNotifications } from "./freedesktop.ts";
import type { NotificationRequest } from "../notification-service.ts";
import { SILENT_LOGGER } from "../../../testing/rig.ts";
import { onPrivateBus, REQUEST, until } from "../testing/on-private-bus.ts";

const ACCEPTING: NotificationRequest = { ...REQUEST, body: "Accepting…", actions: [] };

/** The hint of one that takes another's place. */
const SILENT = ',"suppress-sound":{"signature":"b","value":true}';

const on = onPrivateBus();
const { stage, show, shown } = on;

describe("an answer that is written in the notification", () => {
  const reply = { label: "Reply", placeholder: "Reply to Lena" };
  const partsOf = (body: readonly unknown[] = []) => {
    const hints = body[6] as Record<string, { readonly value: unknown }>;
    return { actions: body[5], placeholder: hints["x-kde-reply-placeholder-text"]?.value };
  };

  it("is asked for and told where the service has a field for it", async () => {
    const service = await stage({ capabilities: ["actions", "body", "inline-reply"] });
    const { events } = await shown({ ...REQUEST, actions: [], openLabel: "Open", reply });
    expect(partsOf(service.called("Notify")[0])).toEqual({
      actions: ["inline-reply", "Reply", "default", "Open"],
      placeholder: "Reply to Lena",
    });
    service.reply(41, "In a minute");
    await until(() => events.length > 0);
    expect(events).toEqual([{ type: "answered", key: "reply", text: "In a minute" }]);
  });

  it("is neither asked for nor taken where the service has none, or none is wanted", async () => {
    const service = await stage({ capabilities: ["actions", "body"] });
    await shown({ ...REQUEST, actions: [], reply });
    expect(partsOf(service.called("Notify")[0])).toEqual({ actions: [], placeholder: undefined });
    const { events } = await shown({ ...REQUEST, summary: "Another" });
    service.reply(42, "Yes");
    service.invoke(42, "accept");
    await until(() => events.length > 0);
    expect(events).toEqual([{ type: "answered", key: "accept" }]);
  });
});

describe("the time of a notification", () => {
  it("is renewed for as long as it is up, at a service that lets critical ones expire, and nothing else changes", async () => {
    const service = await stage({ criticalExpires: true });
    const { events } = await shown();
    const [first] = service.called("Notify").map((body) => JSON.stringify(body));
    const renewals = () => service.called("Notify").filter(([, replaces]) => replaces === 41);
    for (let times = 1; times <= 15; times += 1) {
      await on.clock.advance(40_000);
      await until(() => renewals().length === times);
      // Answers come in order: with this one, that to the renewal is here.
      const { handle } = await shown();
      await handle.close();
    }
    expect(new Set(renewals().map((body) => JSON.stringify(body)))).toEqual(
      new Set([first?.replace('"Doorbell",0', '"Doorbell",41').replace("}},60000", `}${SILENT}},60000`)]),
    );
    expect(service.up).toEqual([41]);
    expect(events).toEqual([]);
  });

  it("is the service's own of one in passing, which is not renewed", async () => {
    const service = await stage();
    const { handle } = await shown({ ...REQUEST, urgency: "normal", passing: true });
    const [body] = service.called("Notify");
    expect(body?.[7]).toBe(-1);
    expect(body?.[6]).toMatchObject({ resident: { value: false } });
    expect(on.clock.pending).toBe(0);
    await handle.close();
    expect(service.up).toEqual([]);
  });

  it("is over a minute after its program has stopped", async () => {
    const service = await stage({ criticalExpires: true });
    const stopped = new FreedesktopNotifications({
      address: on.bus.address,
      clock: new VirtualClock(),
      logger: SILENT_LOGGER,
    });
    stopped.show(REQUEST, () => {});
    await until(() => service.up.length === 1);
    await on.clock.advance(60_000);
    expect(service.up).toEqual([]);
    await stopped.dispose();
  });

  it("begins anew with a change", async () => {
    const service = await stage({ criticalExpires: true });
    const { handle } = await shown();
    await on.clock.advance(30_000);
    handle.update(ACCEPTING);
    await until(() => service.called("Notify").length === 2);
    await shown();
    await on.clock.advance(39_999);
    expect(service.called("Notify")).toHaveLength(3);
    await on.clock.advance(1);
    await until(() => service.called("Notify").length === 5);
    expect(service.up).toEqual([41, 42]);
  });

  it("is not renewed while a change is under way, which does it", async () => {
    const service = await stage({ holds: ["Notify"] });
    const { handle, events } = show();
    await until(() => service.called("Notify").length === 1);
    service.release();
    await until(() => events.length === 1);
    handle.update(ACCEPTING);
    await until(() => service.called("Notify").length === 2);
    await on.clock.advance(40_000);
    const other = show();
    await until(() => service.called("Notify").length === 3);
    service.release();
    await until(() => other.events.length > 0);
    // Calls come in order: what the answers have led to comes before this.
    show();
    await until(() => service.called("Notify").length === 4);
    expect(service.called("Notify").map((body) => body[1])).toEqual([0, 41, 0, 0]);
    service.release();
    await on.clock.advance(40_000);
    await until(() => service.called("Notify").length >= 6);
  });

  it("that a renewal gives to one that the user dismissed meanwhile is taken back", async () => {
    const service = await stage({ holds: ["Notify"] });
    const { events } = show();
    await until(() => service.called("Notify").length === 1);
    service.release();
    await until(() => events.length === 1);
    await on.clock.advance(40_000);
    await until(() => service.called("Notify").length === 2);
    service.closed(41, 2);
    await until(() => events.length === 2);
    service.release();
    await until(() => service.called("CloseNotification").length === 1);
    await until(() => service.up.length === 0);
    expect(events.at(-1)).toEqual({ type: "closed", by: "user" });
  });
});

describe("closing and changing", () => {
  it("withdraws without telling our own closing as anybody's wish", async () => {
    const service = await stage();
    const { handle, events } = await shown();
    await Promise.all([handle.close(), handle.close()]);
    expect(service.called("CloseNotification")).toEqual([[41]]);
    service.closed(41, 3);
    await shown();
    expect(events).toEqual([]);
  });

  it("is bounded when the service does not confirm", async () => {
    const service = await stage({ holds: ["CloseNotification"] });
    const { handle } = await shown();
    const closed = handle.close();
    await until(() => service.called("CloseNotification").length === 1);
    await on.clock.advance(1_000);
    await closed;
  });

  it("replaces in place, and only when something changed", async () => {
    const service = await stage();
    const { handle, events } = await shown();
    handle.update({ ...REQUEST });
    handle.update(ACCEPTING);
    await until(() => service.called("Notify").length === 2);
    expect(service.called("Notify")[1]?.slice(1, 6)).toEqual([41, "", "Lene Aaling", "Accepting…", []]);
    expect(events).toEqual([]);
  });

  it("keeps changes that come before the answer to Notify, the last one alone", async () => {
    const service = await stage({ holds: ["Notify"] });
    const { handle } = show();
    await until(() => service.called("Notify").length === 1);
    handle.update({ ...REQUEST, body: "one" });
    handle.update(ACCEPTING);
    service.release();
    await until(() => service.called("Notify").length === 2);
    expect(service.called("Notify").map((body) => [body[1], body[4]])).toEqual([
      [0, "Profit &amp; &lt;loss&gt;\nHi Tosh"],
      [41, "Accepting…"],
    ]);
  });

  it("withdraws what a slow service puts up after it was closed", async () => {
    const service = await stage({ holds: ["Notify"] });
    const { handle } = show();
    await until(() => service.called("Notify").length === 1);
    const closed = handle.close();
    await on.clock.advance(1_500);
    await closed;
    service.release();
    await until(() => service.called("CloseNotification").length === 1);
    expect(service.called("CloseNotification")).toEqual([[41]]);
  });

  it("withdraws what a change puts up again after the user dismissed it", async () => {
    const service = await stage();
    const { handle, events } = await shown();
    service.closed(41, 2);
    handle.update(ACCEPTING);
    await until(() => service.called("CloseNotification").length === 1);
    expect(events).toEqual([{ type: "closed", by: "user" }]);
  });

  it("sends nothing for a notification that was closed in the turn it was shown", async () => {
    const service = await stage();
    await on.client.capabilities();
    await show().handle.close();
    await shown();
    expect(service.called("Notify")).toHaveLength(1);
  });
});
