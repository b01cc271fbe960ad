import { expect, it } from "vitest";
import type { Invitation } from "../../invitations/invitation.ts";
import { SILENT_LOGGER } from "../../testing/rig.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import { Ringer } from "./ringer.ts";
import { invitation } from "./testing/ringing-invitation.ts";
import { ABLE, ScriptedNotifications } from "./testing/scripted-notifications.ts";

const PICTURE = "file:///run/user/1000/doorbell/photos-7/1.jpg";

function stand() {
  const clock = new VirtualClock();
  const service = new ScriptedNotifications();
  const files = new Map<string, string>();
  const listeners = new Set<() => void>();
  const ringer = new Ringer(
    {
      answering: { accept: () => new Promise(() => {}), decline: () => new Promise(() => {}) },
      clock,
      logger: SILENT_LOGGER,
      report: () => undefined,
      toast: false,
      photos: {
        of: (uri) => files.get(uri) ?? null,
        subscribe: (listener) => {
          listeners.add(listener);
          return () => undefined;
        },
      },
    },
    service,
  );
  const ring = async (...invitations: readonly Invitation[]) => {
    ringer.update({ session: { name: "online", generation: 1 }, invitations, conversations: [] });
    await clock.settle();
  };
  const come = async (uri: string) => {
    files.set(uri, PICTURE);
    for (const listener of listeners) listener();
    await clock.settle();
  };
  return { clock, service, ringer, ring, come };
}

it("A ring shows the caller's photo at once when it is here.", async () => {
  const { service, ring, come, clock } = stand();
  await clock.settle();
  await come(invitation().from.uri);
  await ring(invitation());
  expect(service.last.request.picture).toBe(PICTURE);
  expect(service.last.updates).toEqual([]);
});

it("A photo that comes while it rings is put into what is up, once, and nothing rings again.", async () => {
  const { service, ring, come, clock } = stand();
  await clock.settle();
  await ring(invitation());
  expect(service.last.request).not.toHaveProperty("picture");
  await come("sip:somebody.else@contoso.example");
  expect(service.last.updates).toEqual([]);
  await come(invitation().from.uri);
  await come(invitation().from.uri);
  expect(service.shown).toHaveLength(1);
  expect(service.last.updates.map(({ picture }) => picture)).toEqual([PICTURE]);
});

it("What a service would fold away with its buttons for a photo keeps them, and the next ring has the photo.", async () => {
  const { service, ring, come, clock } = stand();
  if (!ABLE.available) throw new Error("It is.");
  await clock.settle();
  service.announce({
    available: true,
    capabilities: { ...ABLE.capabilities, profile: { foldsChanged: true } },
  });
  await clock.settle();
  await ring(invitation());
  await come(invitation().from.uri);
  expect(service.last.updates).toEqual([]);
  await ring(invitation({ canAccept: false }));
  expect(service.last.updates.map(({ picture }) => picture)).toEqual([undefined]);
  await ring();
  await ring(invitation({ id: "i2" }));
  expect(service.last.request.picture).toBe(PICTURE);
});

it("Nobody's photo is shown who does not want to be known, nor after the end.", async () => {
  const { service, ring, come, clock, ringer } = stand();
  await clock.settle();
  const { from } = invitation();
  await come(from.uri);
  await ring(invitation({ from: { ...from, anonymous: true } }));
  expect(service.last.request).not.toHaveProperty("picture");
  await ring(invitation());
  await ringer.dispose();
  await come(from.uri);
  expect(service.up).toEqual([]);
});
