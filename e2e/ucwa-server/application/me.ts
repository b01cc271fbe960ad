import { announceReady, isReady, meWhenReady } from "../faults/unready-user.ts";
import { invalidParameter, noContent, ok, problem } from "../http/endpoint.ts";
import type { Answer, Exchange } from "../http/endpoint.ts";
import type { Application } from "./served-application.ts";
import { readInput, textOf } from "../resources/input.ts";
import { publishable, readAvailability } from "./me-availability.ts";
import { OwnPresence } from "./me-presence.ts";
import { mountPhoto, photoHref } from "../people/people-photo.ts";
import type { Resource } from "../resources/served-resource.ts";
import { addressOf } from "../sign-in/users.ts";

/** The signed-in user, before and after being made available. Reference: me */
export function meResource(application: Application): Resource {
  const { base, user, availability } = application;
  const me = `${base}/me`;
  return {
    rel: "me",
    properties: { name: user.name, uri: user.uri, emailAddresses: [addressOf(user.uri)] },
    links: {
      self: { href: me },
      ...(availability === null
        ? isReady(application) && { makeMeAvailable: { href: `${me}/makeMeAvailable` } }
        : {
            note: { href: `${me}/note` },
            presence: { href: `${me}/presence` },
            location: { href: `${me}/location` },
            reportMyActivity: { href: `${base}/reportMyActivity` },
          }),
      photo: { href: photoHref(application, user.uri) },
    },
  };
}

/** Makes the addresses under `me` answer. `announceCommunication` says that the communication resource has changed. */
export function mountMe(application: Application, announceCommunication: () => void): void {
  const { context } = application;
  const me = { rel: "me", href: `${application.base}/me` };
  const link = (rel: string): { rel: string; href: string } => ({ rel, href: `${me.href}/${rel}` });
  const updated = (rel: string): void =>
    application.announce({ sender: me, link: link(rel), type: "updated" });
  const presence = new OwnPresence(application, () => updated("presence"));
  application.whenActive(() => presence.active());
  let note = "";

  const whenAvailable =
    (handler: (exchange: Exchange) => Answer) =>
    (exchange: Exchange): Answer =>
      application.availability === null
        ? problem(409, "MakeMeAvailableRequired", "The user has not been made available.")
        : handler(exchange);

  application.mount("/me", { name: "me", GET: () => meWhenReady(application, meResource(application)) });
  announceReady(application);
  mountPhoto(application, application.user.uri);

  application.mount("/me/makeMeAvailable", {
    name: "makeMeAvailable",
    takesBody: true,
    POST: ({ request }) => {
      if (application.user.anonymous) return anonymousNotAllowed;
      if (application.availability !== null)
        return problem(409, "AlreadyExists", "The user has been made available already.");
      const read = readInput(request, context.breaches);
      if (!read.ok) return read.answer;
      const availability = readAvailability(read.input, context.switches.allowedModalities);
      if ("refusal" in availability) return availability.refusal;
      const { signInAs, inactiveTimeoutMs, ...wanted } = availability.wanted;
      application.availability = wanted;
      application.active();
      presence.begin(signInAs, inactiveTimeoutMs);
      application.announce(
        { sender: me, link: me, type: "updated" },
        ...["presence", "note", "location"].map((rel) => ({
          sender: me,
          link: link(rel),
          type: "added" as const,
        })),
      );
      announceCommunication();
      return noContent;
    },
  });

  const report = whenAvailable(() => {
    application.active();
    return noContent;
  });
  application.mount("/reportMyActivity", {
    name: "reportMyActivity",
    POST: (exchange) => (application.user.anonymous ? anonymousNotAllowed : report(exchange)),
  });

  application.mount("/me/presence", {
    name: "presence",
    takesBody: true,
    GET: whenAvailable(() =>
      ok({
        rel: "presence",
        properties: { availability: presence.shown, activity: presence.activity },
        links: { self: { href: link("presence").href } },
      }),
    ),
    POST: whenAvailable(({ request }) => {
      const read = readInput(request, context.breaches);
      if (!read.ok) return read.answer;
      const wanted = textOf(read.input, "availability", 100);
      const published = publishable.find((one) => one === wanted) ?? null;
      if (wanted !== undefined && published === null)
        return invalidParameter("availability", `one of ${publishable.join(", ")}`);
      // Without a value, the server goes back to what it finds out by itself.
      presence.publish(published);
      return noContent;
    }),
  });

  application.mount("/me/note", {
    name: "note",
    takesBody: true,
    GET: whenAvailable(() =>
      ok({
        rel: "note",
        properties: { message: note, type: "Personal" },
        links: { self: { href: link("note").href } },
      }),
    ),
    POST: whenAvailable(({ request }) => {
      const read = readInput(request, context.breaches);
      if (!read.ok) return read.answer;
      const message = textOf(read.input, "message", 500);
      if (message === null) return invalidParameter("message", "a text of at most 500 characters");
      note = message ?? "";
      updated("note");
      return noContent;
    }),
  });

  application.mount("/me/location", {
    name: "location",
    GET: whenAvailable(() =>
      ok({ rel: "location", properties: { location: "" }, links: { self: { href: link("location").href } } }),
    ),
  });
}

/** Guests of a meeting are not to be called. Reference: makeMeAvailable, reportMyActivity */
const anonymousNotAllowed = problem(403, "AnonymousNotAllowed", "This is not for anonymous users.");
