import { SOUND_NAMES, type SoundName } from "../platform/settings/sound-names.ts";

/** The scheme that the windows load from: our own files, and nothing else of this computer. */
export const APP_SCHEME = "app";
export const APP_HOST = "doorbell";

/** What a page may load and do: its own scripts, styles, pictures and sounds. No network, no form, no frame. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "media-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  png: "image/png",
  wav: "audio/wav",
};

export interface AppFile {
  /** Below the folder of the windows' files, with `/` between its parts. */
  readonly path: string;
  readonly type: string;
}

/** The URL of a page, such as `panel.html`. */
export function appUrl(page: string): string {
  return `${APP_SCHEME}://${APP_HOST}/${page}`;
}

/** Where a page finds the photo of this id, by its own address. */
export function photoPath(id: string): string {
  return `photos/${id}`;
}

/** The id of the photo that a URL of our scheme names; null when it names none. */
export function photoId(url: string): string | null {
  return /^\/photos\/(\d{1,15})$/.exec(pathOf(url) ?? "")?.[1] ?? null;
}

/** Where a page finds a sound that Doorbell brings. */
export function ourSoundPath(sound: SoundName): string {
  return `sounds/${sound}.wav`;
}

/** Where a page finds what the person wants to hear in its place. */
export function ownSoundPath(sound: SoundName): string {
  return `sounds/own/${sound}`;
}

/** The sound of the person's own that a URL of our scheme names; null when it names none. */
export function ownSound(url: string): SoundName | null {
  const path = pathOf(url)?.slice(1);
  return SOUND_NAMES.find((sound) => path === ownSoundPath(sound)) ?? null;
}

/** From the first to the last byte that a `Range` asks for, of so many; null for all, and for what cannot be had. */
export function wantedRange(range: string | null, length: number): readonly [number, number] | null {
  const { from, to } = /^bytes=(?<from>\d{1,12})-(?<to>\d{0,12})$/.exec(range ?? "")?.groups ?? {};
  if (from === undefined) return null;
  const first = Number(from);
  const last = to ? Math.min(Number(to), length - 1) : length - 1;
  return first > last ? null : [first, last];
}

/**
 * What goes with everything that a page loads. No `Cross-Origin-Opener-Policy`: nothing opens a page of ours but the
 * program, and no page opens another, while Chromium, which learns of that policy with the answer alone, would start a
 * second process for each page and throw the first one away.
 */
export function headersFor(type: string): Readonly<Record<string, string>> {
  return {
    "Content-Type": type,
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), display-capture=()",
  };
}

/** Of a URL of our scheme and host; null for any other. */
function pathOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, host, username, port, pathname } = new URL(url);
  return protocol !== `${APP_SCHEME}:` || host !== APP_HOST || username !== "" || port !== ""
    ? null
    : pathname;
}

/**
 * The file that a URL of our scheme names, or null when there can be none. Every part of the path is a plain name of
 * letters, digits, `-`, `_` and dots inside, so nothing leads upwards, to another drive or to a hidden file.
 */
export function appFile(url: string): AppFile | null {
  const path = pathOf(url)?.slice(1) ?? "";
  if (!/^(?:\w[\w-]*\/)*\w[\w-]*(?:\.[\w-]+)+$/.test(path)) return null;
  const type = TYPES[path.slice(path.lastIndexOf(".") + 1)];
  if (type === undefined) return null;
  return { path, type };
}
