import { invalidParameter, problem } from "../http/endpoint.ts";
import type { Answer } from "../http/endpoint.ts";
import type { Availability } from "./served-application.ts";
import { listOf, textOf } from "../resources/input.ts";
import type { Input } from "../resources/input.ts";

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

/** What a user may publish of themselves. Reference: makeMeAvailable, presence */
export const publishable = ["Online", "Busy", "DoNotDisturb", "BeRightBack", "Away", "Offwork"] as const;

/** What a user may publish of themselves. */
export type Publishable = (typeof publishable)[number];

/** What a client asks for when it makes the user available. */
export interface WantedAvailability extends Availability {
  /** `null`: the server finds out by itself. */
  readonly signInAs: Publishable | null;
  /** How long without activity until the user counts as inactive; `null`: as long as usual. */
  readonly inactiveTimeoutMs: number | null;
}

/** How long without activity until the user counts as inactive, unless a client says otherwise. */
export const usualInactiveTimeoutMs = 5 * 60_000;

/** Reads what availability a client wants. Reference: makeMeAvailable */
export function readAvailability(
  input: Input,
  allowed: readonly string[],
): { readonly wanted: WantedAvailability } | { readonly refusal: Answer } {
  const refuse = (name: string, why: string): { refusal: Answer } => ({
    refusal: invalidParameter(name, why),
  });
  const supportedModalities = listOf(input, "supportedModalities", modalities);
  if (supportedModalities === null) return refuse("supportedModalities", `out of ${modalities.join(", ")}`);
  if (supportedModalities?.some((modality) => !allowed.includes(modality)))
    return { refusal: modalityForbidden(allowed) };
  const supportedMessageFormats = listOf(input, "supportedMessageFormats", messageFormats);
  if (supportedMessageFormats === null)
    return refuse("supportedMessageFormats", `out of ${messageFormats.join(", ")}`);
  const signInAs = textOf(input, "signInAs", 100);
  const published = publishable.find((one) => one === signInAs) ?? null;
  if (signInAs !== undefined && published === null)
    return refuse("signInAs", `one of ${publishable.join(", ")}`);
  const audioPreference = textOf(input, "audioPreference", 100);
  if (audioPreference !== undefined && audioPreference !== "PhoneAudio" && audioPreference !== "VoipAudio")
    return refuse("audioPreference", "PhoneAudio or VoipAudio");
  const phoneNumber = textOf(input, "phoneNumber", 100);
  if (phoneNumber === null) return refuse("phoneNumber", "a text of at most 100 characters");
  for (const name of ["inactiveTimeout", "voipFallbackToPhoneAudioTimeOut"])
    if (timeSpanMs(textOf(input, name, 100)) === null) return refuse(name, "such as PT5M or 00:05:00");
  return {
    wanted: {
      supportedModalities: supportedModalities ?? [],
      supportedMessageFormats: supportedMessageFormats ?? ["Plain"],
      audioPreference: audioPreference ?? null,
      phoneNumber: phoneNumber ?? null,
      signInAs: published,
      inactiveTimeoutMs: timeSpanMs(textOf(input, "inactiveTimeout", 100)) ?? null,
    },
  };
}

/** 403 for a modality that the deployment does not let applications have. */
export function modalityForbidden(allowed: readonly string[]): Answer {
  return problem(403, "None", `Only the modalities ${allowed.join(", ")} are allowed.`);
}

/**
 * A span of time in milliseconds; `undefined` when it is absent, `null` when it is something else.
 * INFERRED: no page shows how one is written; both usual forms are taken.
 */
function timeSpanMs(text: string | undefined | null): number | undefined | null {
  if (text === undefined || text === null) return text;
  const match =
    /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text) ??
    /^(?:(\d+)\.)?(\d\d):(\d\d):(\d\d)$/.exec(text);
  if (!match) return null;
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return ((((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000;
}
