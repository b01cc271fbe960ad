import { readFileSync } from "node:fs";
import { join } from "node:path";
import { protocol, type Session } from "electron";

import { APP_SCHEME, appFile, headersFor, photoId } from "./app-scheme.ts";

/** Before the app is ready: the scheme has origins of its own and counts as secure. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true } },
  ]);
}

/** A photo by the id that a window was told; null when it is no longer there. */
export type PhotoById = (id: string) => { readonly type: string; readonly bytes: Uint8Array } | null;

/** Serves the files below `folder`, and photos, to the windows of a session. */
export function serveAppScheme(session: Session, folder: string, photoById: PhotoById): void {
  session.protocol.handle(APP_SCHEME, (request) => {
    const id = request.method === "GET" ? photoId(request.url) : null;
    const photo = id === null ? null : photoById(id);
    if (photo !== null)
      return new Response(new Uint8Array(photo.bytes), { headers: { ...headersFor(photo.type) } });
    const file = request.method === "GET" ? appFile(request.url) : null;
    if (file === null) return new Response(null, { status: 404 });
    try {
      // Each is small, and read at a start; a read that waits for its turn would come behind all else that starts.
      const body = readFileSync(join(folder, file.path));
      return new Response(new Uint8Array(body), { headers: { ...file.headers } });
    } catch {
      return new Response(null, { status: 404 });
    }
  });
}
