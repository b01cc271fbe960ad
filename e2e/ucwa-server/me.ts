import { invalidParameter, noContent, ok, problem } from "./answer.ts";
import type { Answer, Exchange } from "./answer.ts";
import type { Application } from "./application.ts";
import { listOf, readInput, textOf } from "./input.ts";
import type { Input } from "./input.ts";
import type { Resource } from "./resource.ts";
import { addressOf } from "./users.ts";

/** Reference: makeMeAvailable */
export const modalities = [
  "Audio",
  "Video",
  "PhoneAudio",
  "ApplicationSharing",
  "Messaging",
  "DataCollaboration",
  "PanoramicVideo",
] as const;

/** Reference: makeMeAvailable */
export const messageFormats = ["Plain", "Html"] as const;

const availabilities = ["Online", "Busy", "DoNotDisturb", "BeRightBack", "Away", "Offwork"];

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
        ? { makeMeAvailable: { href: `${me}/makeMeAvailable` } }
        : {
            note: { href: `${me}/note` },
            presence: { href: `${me}/presence` },
            location: { href: `${me}/location` },
            reportMyActivity: { href: `${base}/reportMyActivity` },
          }),
    },
  };
}

/** Makes the addresses under `me` answer. `announceCommunication` says that the communication resource has changed. */
export function mountMe(application: Application, announceCommunication: () => void): void {
  const me = { rel: "me", href: `${application.base}/me` };
  let shown = "Online";
  let note = "";

  const whenAvailable =
    (handler: (exchange: Exchange) => Answer) =>
    (exchange: Exchange): Answer =>
      application.availability === null
        ? problem(409, "MakeMeAvailableRequired", "The user has not been made available.")
        : handler(exchange);

  application.mount("/me", { name: "me", GET: () => ok(meResource(application)) });

  application.mount("/me/makeMeAvailable", {
    name: "makeMeAvailable",
    takesBody: true,
    POST: ({ request }) => {
      if (application.availability !== null)
        return problem(409, "AlreadyExists", "The user has been made available already.");
      const read = readInput(request, application.context.breaches);
      if (!read.ok) return read.answer;
      const refusal = refuseAvailability(read.input);
      if (refusal) return refusal;
      const { input } = read;
      application.availability = {
        supportedModalities: listOf(input, "supportedModalities", modalities) ?? [],
        supportedMessageFormats: listOf(input, "supportedMessageFormats", messageFormats) ?? ["Plain"],
        audioPreference: textOf(input, "audioPreference", 100) ?? null,
        phoneNumber: textOf(input, "phoneNumber", 100) ?? null,
      };
      shown = textOf(input, "signInAs", 100) ?? "Online";
      application.active();
      application.announce(
        { sender: me, link: me, type: "updated" },
        ...["presence", "note", "location"].map((rel) => ({
          sender: me,
          link: { rel, href: `${me.href}/${rel}` },
          type: "added" as const,
        })),
      );
      announceCommunication();
      return noContent;
    },
  });

  application.mount("/reportMyActivity", {
    name: "reportMyActivity",
    POST: whenAvailable(() => {
      application.active();
      return noContent;
    }),
  });

  application.mount("/me/presence", {
    name: "presence",
    takesBody: true,
    GET: whenAvailable(() =>
      ok({
        rel: "presence",
        properties: { availability: shown, activity: shown },
        links: { self: { href: `${me.href}/presence` } },
      }),
    ),
    POST: whenAvailable(({ request }) => {
      const read = readInput(request, application.context.breaches);
      if (!read.ok) return read.answer;
      const wanted = textOf(read.input, "availability", 100);
      if (wanted === null || (wanted !== undefined && !availabilities.includes(wanted)))
        return invalidParameter("availability", `one of ${availabilities.join(", ")}`);
      // Without a value, the server goes back to what it finds out by itself.
      shown = wanted ?? "Online";
      application.announce({
        sender: me,
        link: { rel: "presence", href: `${me.href}/presence` },
        type: "updated",
      });
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
        links: { self: { href: `${me.href}/note` } },
      }),
    ),
    POST: whenAvailable(({ request }) => {
      const read = readInput(request, application.context.breaches);
      if (!read.ok) return read.answer;
      const message = textOf(read.input, "message", 500);
      if (message === null) return invalidParameter("message", "a text of at most 500 characters");
      note = message ?? "";
      application.announce({ sender: me, link: { rel: "note", href: `${me.href}/note` }, type: "updated" });
      return noContent;
    }),
  });

  application.mount("/me/location", {
    name: "location",
    GET: whenAvailable(() =>
      ok({ rel: "location", properties: { location: "" }, links: { self: { href: `${me.href}/location` } } }),
    ),
  });
}

function refuseAvailability(input: Input): Answer | null {
  const wanted = listOf(input, "supportedModalities", modalities);
  if (wanted === null)
    return invalidParameter("supportedModalities", `a list out of ${modalities.join(", ")}`);
  if (wanted?.some((modality) => modality !== "Messaging" && modality !== "PhoneAudio"))
    return problem(403, "None", "Only the modalities Messaging and PhoneAudio are allowed.");
  if (listOf(input, "supportedMessageFormats", messageFormats) === null)
    return invalidParameter("supportedMessageFormats", `a list out of ${messageFormats.join(", ")}`);
  const signInAs = textOf(input, "signInAs", 100);
  if (signInAs === null || (signInAs !== undefined && !availabilities.includes(signInAs)))
    return invalidParameter("signInAs", `one of ${availabilities.join(", ")}`);
  const audio = textOf(input, "audioPreference", 100);
  if (audio === null || (audio !== undefined && !["PhoneAudio", "VoipAudio"].includes(audio)))
    return invalidParameter("audioPreference", "PhoneAudio or VoipAudio");
  if (textOf(input, "phoneNumber", 100) === null)
    return invalidParameter("phoneNumber", "a text of at most 100 characters");
  for (const name of ["inactiveTimeout", "voipFallbackToPhoneAudioTimeOut"]) {
    const span = textOf(input, name, 100);
    // INFERRED: no page shows how a span of time is written; both usual forms are taken.
    if (
      span === null ||
      (span !== undefined && !/^(P(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?|\d\d:\d\d:\d\d)$/.test(span))
    )
      return invalidParameter(name, "a span of time such as PT5M or 00:05:00");
  }
  return null;
}
