import { describe, expect, it } from "vitest";
import type { NotificationRequest } from "../notification-service.ts";
import { StagedService } from "../testing/staged-service.ts";
import { onPrivateBus, REQUEST, until } from "../testing/on-private-bus.ts";

/** Where a click beside the buttons leads somewhere. */
const OPENING: NotificationRequest = { ...REQUEST, openLabel: "Open" };

const on = onPrivateBus();
const { stage, show, shown } = on;

describe("showing", () => {
  it("sends a notification with its hints and buttons", async () => {
    const service = await stage();
    await shown();
    const [body] = service.called("Notify");
    const hints = { urgency: 2, category: "im.received", resident: true, "desktop-entry": "doorbell" };
    expect(body?.slice(0, 6)).toEqual([
      "Doorbell",
      0,
      "",
      "Lene Aaling",
      "Profit &amp; &lt;loss&gt;\nHi Tosh",
      ["accept", "Accept", "decline", "Decline"],
    ]);
    const sent = body?.[6] as Record<string, { value: unknown }>;
    expect(Object.fromEntries(Object.entries(sent).map(([key, { value }]) => [key, value]))).toEqual(hints);
    expect(body?.[7]).toBe(60_000);
  });

  it("asks its service for no sound where Doorbell plays its own", async () => {
    const service = await stage();
    await shown({ ...REQUEST, silent: true });
    const hints = service.called("Notify")[0]?.[6] as Record<string, { value: unknown }>;
    expect(hints["suppress-sound"]?.value).toBe(true);
  });

  it("has the photo of who calls in the place of the icon, which is no second ring when it comes", async () => {
    const service = await stage();
    const { handle } = await shown();
    handle.update({ ...REQUEST, picture: "file:///run/user/1000/doorbell/photos-7/1.jpg" });
    await until(() => service.called("Notify").length === 2);
    const sent = service.called("Notify").map(([, replaces, icon, , , , hints]) => {
      const silent = (hints as Record<string, { value: unknown }>)["suppress-sound"]?.value;
      return { replaces, icon, silent };
    });
    expect(sent).toEqual([
      { replaces: 0, icon: "", silent: undefined },
      { replaces: 41, icon: "file:///run/user/1000/doorbell/photos-7/1.jpg", silent: true },
    ]);
  });

  it("offers a click beside the buttons only where it leads somewhere", async () => {
    const service = await stage();
    const nowhere = await shown();
    const somewhere = await shown(OPENING);
    expect(service.called("Notify").map((body) => body[5])).toEqual([
      ["accept", "Accept", "decline", "Decline"],
      ["accept", "Accept", "decline", "Decline", "default", "Open"],
    ]);
    service.invoke(41, "default");
    service.invoke(42, "default");
    await until(() => somewhere.events.length === 1);
    expect(somewhere.events).toEqual([{ type: "opened" }]);
    expect(nowhere.events).toEqual([]);
  });

  it("leaves the body plain where the service reads no markup, and the buttons out where it has none", async () => {
    const service = await stage({ capabilities: ["body"] });
    await shown();
    expect(service.called("Notify")[0]?.slice(4, 6)).toEqual(["Profit & <loss>\nHi Tosh", []]);
  });

  it("survives texts that no bus carries", async () => {
    const service = await stage();
    await shown({ ...REQUEST, summary: "A\0B\uD800C", body: "x\u0007y" });
    expect(service.called("Notify")[0]?.slice(3, 5)).toEqual(["AB\uFFFDC", "xy"]);
  });

  it("fails when the service refuses", async () => {
    await stage({ refuses: ["Notify"] });
    const { events } = show();
    await until(() => events.length > 0);
    expect(events).toEqual([
      { type: "failed", detail: "The notification service refused the notification." },
    ]);
  });

  it("tells after a second that a slow service may still bring it, and then that it has", async () => {
    const service = await stage({ holds: ["Notify"] });
    const { events } = show();
    await until(() => service.called("Notify").length === 1);
    await on.clock.advance(1_000);
    expect(events).toEqual([{ type: "failed", detail: expect.any(String), mayStillAppear: true }]);
    service.release();
    await until(() => events.length === 2);
    service.invoke(41, "accept");
    await until(() => events.length === 3);
    expect(events.slice(1)).toEqual([{ type: "shown" }, { type: "answered", key: "accept" }]);
  });

  it("sends what waits as soon as a service that was slow to start answers", async () => {
    const service = await stage({ holds: ["GetCapabilities"] });
    const { events } = show();
    await until(() => service.called("GetCapabilities").length === 1);
    await on.clock.advance(1_000);
    expect(events).toMatchObject([{ type: "failed", mayStillAppear: true }]);
    service.release();
    await until(() => events.length === 2);
    expect(events[1]).toEqual({ type: "shown" });
  });
});

describe("what the user does", () => {
  it("is told for the right notification and the keys that were offered", async () => {
    const service = await stage();
    const { events } = await shown(OPENING);
    const other = await shown(OPENING);
    service.invoke(41, "selfdestruct");
    service.invoke(99, "accept");
    service.invoke(41, "default");
    service.invoke(41, "decline");
    await until(() => events.length === 2);
    expect(events).toEqual([{ type: "opened" }, { type: "answered", key: "decline" }]);
    expect(other.events).toEqual([]);
  });

  it("is not believed from a connection that does not own the service's name", async () => {
    const service = await stage();
    const { events } = await shown(OPENING);
    const impostor = StagedService.impostor(on.bus.address, on.clock);
    on.services.push(impostor);
    impostor.invoke(41, "accept");
    impostor.closed(41, 2);
    service.signal("ActionInvoked", "s", ["garbage"]);
    service.signal("ActivationToken", "us", [41, "token"]);
    service.invoke(41, "default");
    await until(() => events.length === 1);
    expect(events).toEqual([{ type: "opened" }]);
  });

  it.each([
    [1, "service"],
    [2, "user"],
    [3, "service"],
    [4, "service"],
  ] as const)(
    "closed for reason %i is told as closed by the %s, and nothing after it",
    async (reason, by) => {
      const service = await stage();
      const { events } = await shown();
      service.closed(41, reason);
      service.closed(41, 2);
      const after = await shown();
      service.invoke(42, "accept");
      await until(() => after.events.length === 1);
      expect(events).toEqual([{ type: "closed", by }]);
    },
  );
});

describe("a stranger on the bus", () => {
  it("who calls us is refused, and harms nothing", async () => {
    const service = await stage();
    await shown();
    const call = { path: "/", interface: "org.freedesktop.DBus.Peer", member: "Ping" };
    await expect(service.callBack(call)).rejects.toMatchObject({
      type: "org.freedesktop.DBus.Error.UnknownMethod",
    });
  });
});
