import { readFile } from "node:fs/promises";
import { respond } from "../http/message.ts";
import type { ServerRequest, ServerResponse } from "../http/message.ts";

const files: Readonly<Record<string, readonly [file: string, type: string]>> = {
  "/": ["index.html", "text/html; charset=utf-8"],
  "/_page/page.js": ["page.js", "text/javascript; charset=utf-8"],
  "/_page/chat.js": ["chat.js", "text/javascript; charset=utf-8"],
  "/_page/conversations.js": ["conversations.js", "text/javascript; charset=utf-8"],
  "/_page/elements.js": ["elements.js", "text/javascript; charset=utf-8"],
  "/_page/trouble.js": ["trouble.js", "text/javascript; charset=utf-8"],
  "/_page/view.js": ["view.js", "text/javascript; charset=utf-8"],
  "/_page/page.css": ["page.css", "text/css; charset=utf-8"],
  "/_page/icon.svg": ["icon.svg", "image/svg+xml"],
};

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * The page that rings the bell, from the files in `page/`; `null` when the request is for something else.
 * `/` is the page only for who asks for HTML: for a UCWA client it is the root of discovery.
 */
export async function servePage(request: ServerRequest, url: URL): Promise<ServerResponse | null> {
  const found = files[url.pathname];
  if (!found || request.method !== "GET") return null;
  const [file, type] = found;
  if (url.pathname === "/" && !(request.headers.get("accept") ?? "").includes("text/html")) return null;
  const content = await readFile(new URL(file, import.meta.url));
  return respond(200, type, content, [
    ["Content-Security-Policy", policy],
    ["Cache-Control", "no-store"],
    ["Referrer-Policy", "no-referrer"],
    ["X-Content-Type-Options", "nosniff"],
  ]);
}
