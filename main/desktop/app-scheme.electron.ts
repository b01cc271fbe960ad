import { readFileSync } from "node:fs";
import { join } from "node:path";
import { protocol, type Session } from "electron";

import { APP_SCHEME, appFile } from "./app-scheme.ts";

/** Before the app is ready: the scheme has origins of its own and counts as secure. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true } },
  ]);
}

/** Serves the files below `folder` to the windows of a session. */
export function serveAppScheme(session: Session, folder: string): void {
  session.protocol.handle(APP_SCHEME, (request) => {
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
