import { expect, it } from "vitest";

import { jpeg } from "../people/testing/pictures.ts";
import { APPLICATION, caller, invitationResource, resource, started } from "../testing/invitation-events.ts";
import { rig } from "../testing/rig.ts";

const ADA = "sip:ada@example.test";

function withPhotos(more: Parameters<typeof rig>[0]) {
  const made = rig(more);
  made.session.onRead = async () => ({
    outcome: "found",
    resource: resource({ rel: "contact", links: { contactPhoto: `${APPLICATION}/photos/ada` } }),
  });
  made.session.onPhoto = async () => ({
    outcome: "found",
    bytes: jpeg(48, 48),
    etag: null,
    freshForMs: null,
  });
  return made;
}

it("A caller's photo is asked for after the call has been told to every surface, and forgotten at a sign-out.", async () => {
  const { doorbell, session, clock, only } = withPhotos({ drawsPhotos: true });
  doorbell.received([started()]);
  expect(only().state).toBe("ringing");
  expect(session.asked).toEqual([]);
  await clock.advance(1_000);
  expect(doorbell.photos.of(ADA)).not.toBeNull();
  await session.signOut();
  expect(doorbell.photos.of(ADA)).toBeNull();
});

it("Nobody's photo is asked for where no surface draws it, nor that of a caller who does not want to be known.", async () => {
  const plain = withPhotos({});
  plain.doorbell.received([started()]);
  await plain.clock.advance(1_000);
  expect(plain.session.asked).toEqual([]);

  const anonymous = resource({
    rel: "participant",
    properties: { ...caller().properties, anonymous: true },
    links: { contact: `${APPLICATION}/people/ada` },
  });
  const drawing = withPhotos({ drawsPhotos: true });
  drawing.doorbell.received([started({ resource: invitationResource({ from: anonymous }) })]);
  await drawing.clock.advance(1_000);
  expect(drawing.only().from.anonymous).toBe(true);
  expect(drawing.session.photosAsked).toEqual([]);
});
