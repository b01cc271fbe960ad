import { readFileSync } from "node:fs";
import { join } from "node:path";
import { protocol, type Session } from "electron";

import type { SoundName } from "../platform/settings/sound-settings.ts";
import { APP_SCHEME, appFile, headersFor, ownSound, photoId, wantedRange } from "./app-scheme.ts";

/** Before the app is ready: the scheme has origins of its own, counts as secure, and sounds can be played from it. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, stream: true } },
  ]);
}

interface Served {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** What the windows load besides the files of the bundle; null for what is no longer there. */
export interface ServedParts {
  /** By the id that a window was told. */
  readonly photo: (id: string) => Served | null;
  /** The one of the person's own. Never rejects. */
  readonly sound: (sound: SoundName) => Promise<Served | null>;
}

/** Serves the files below `folder`, photos and sounds to the windows of a session. */
export function serveAppScheme(session: Session, folder: string, { photo, sound }: ServedParts): void {
  session.protocol.handle(APP_SCHEME, (request) => {
    if (request.method !== "GET") return new Response(null, { status: 404 });
    const own = ownSound(request.url);
    if (own !== null) return sound(own).then((found) => answer(request, found));
    const id = photoId(request.url);
    if (id === null) return answer(request, bundled(folder, request.url));
    const found = photo(id);
    // It may have gone between what a page was told and what the page asks for. The page shows letters then; that is
    // no error for its console.
    return found ? answer(request, found) : new Response(null, { status: 204 });
  });
}

function bundled(folder: string, url: string): Served | null {
  const file = appFile(url);
  if (file === null) return null;
  try {
    // Each is small, and read at a start; a read that waits for its turn would come behind all else that starts.
    return { type: file.type, bytes: readFileSync(join(folder, file.path)) };
  } catch {
    return null;
  }
}

/** What is played comes in parts as Chromium wants them: only then can it go back to the beginning. */
function answer(request: Request, served: Served | null): Response {
  if (served === null) return new Response(null, { status: 404 });
  const { type, bytes } = served;
  const headers = { ...headersFor(type), "Accept-Ranges": "bytes" };
  const range = wantedRange(request.headers.get("Range"), bytes.length);
  if (range === null) return new Response(new Uint8Array(bytes), { headers });
  const [first, last] = range;
  return new Response(new Uint8Array(bytes.subarray(first, last + 1)), {
    status: 206,
    headers: { ...headers, "Content-Range": `bytes ${first}-${last}/${bytes.length}` },
  });
}
