import { readFileSync } from "node:fs";
import { join } from "node:path";
import { protocol, type ProtocolRequest, type ProtocolResponse, type Session } from "electron";

import type { SoundName } from "../platform/settings/sound-names.ts";
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

/**
 * Serves the files below `folder`, photos and sounds to the windows of a session. Not by `protocol.handle`, which reads
 * Node's whole fetch for the first request, and streams each answer: that kept the first window back for a twentieth of a
 * second (electron/electron#42612 is about the same). What takes its place is called deprecated, and is in Electron 45.
 */
export function serveAppScheme(session: Session, folder: string, { photo, sound }: ServedParts): void {
  session.protocol.registerBufferProtocol(APP_SCHEME, (request, answer) => {
    if (request.method !== "GET") return answer(NOT_FOUND);
    const own = ownSound(request.url);
    if (own !== null) return void sound(own).then((found) => answer(answerTo(request, found)));
    const id = photoId(request.url);
    if (id === null) return answer(answerTo(request, bundled(folder, request.url)));
    const found = photo(id);
    // It may have gone between what a page was told and what the page asks for. The page shows letters then; that is
    // no error for its console.
    answer(found ? answerTo(request, found) : nothing(204));
  });
}

const NOT_FOUND = nothing(404);

/** An answer without any data would be a failure of the network. */
function nothing(statusCode: number): ProtocolResponse {
  return { statusCode, data: Buffer.alloc(0) };
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
function answerTo(request: ProtocolRequest, served: Served | null): ProtocolResponse {
  if (served === null) return NOT_FOUND;
  const { type, bytes } = served;
  const headers = { ...headersFor(type), "Accept-Ranges": "bytes" };
  const asked = Object.entries(request.headers).find(([name]) => name.toLowerCase() === "range");
  const range = wantedRange(asked?.[1] ?? null, bytes.length);
  if (range === null) return { data: Buffer.from(bytes), headers };
  const [first, last] = range;
  return {
    statusCode: 206,
    data: Buffer.from(bytes.subarray(first, last + 1)),
    headers: { ...headers, "Content-Range": `bytes ${first}-${last}/${bytes.length}` },
  };
}
