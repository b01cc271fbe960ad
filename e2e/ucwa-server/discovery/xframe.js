/*
 * Asks this server for pages of other web origins, which a browser lets speak to it in no other way. A page posts a
 * request as JSON and is posted the answer as JSON. The frame names the page's origin in X-Ms-Origin, as the browser
 * knows it, and the server decides by that. Reference: CrossDomainCommunication, Cross-domain IFRAME
 */

/** Browsers give names of headers in lower case; pages were written when they gave them as they had come. */
const spellings = {
  etag: "ETag",
  "www-authenticate": "WWW-Authenticate",
  "x-ms-diagnostics": "X-Ms-diagnostics",
};

window.addEventListener("message", ({ data, origin, source }) => {
  const asked = requestIn(data);
  // An opaque origin is on no list, and no answer can be addressed to it.
  if (asked === null || source === null || origin === "null") return;
  const answer = (content) =>
    source.postMessage(JSON.stringify({ ...content, messageId: asked.messageId }), origin);
  try {
    forward(asked, origin, answer);
  } catch {
    answer(unanswered);
  }
});

const unanswered = { status: 0, statusText: "error", responseText: "", headers: "" };

/** The request in a message; the example of the reference wraps it once more. Null for anything else. */
function requestIn(data) {
  try {
    const message = JSON.parse(data);
    const asked = message.request ?? message;
    return typeof asked.url === "string" ? asked : null;
  } catch {
    return null;
  }
}

function forward(asked, origin, answer) {
  const url = new URL(asked.url, window.location.href);
  // Where applications live elsewhere, they have a frame of their own.
  if (url.origin !== window.location.origin) return answer(unanswered);
  const method = (asked.type ?? "GET").toUpperCase();
  let data = asked.data ?? "";
  if (typeof data !== "string")
    data = asked.processData === false ? JSON.stringify(data) : String(new URLSearchParams(data));
  if (method === "GET" && data !== "") url.search += (url.search === "" ? "" : "&") + data;
  const headers = new Headers(asked.headers ?? {});
  const accepts = asked.accepts ?? asked.accept;
  if (accepts !== undefined) headers.set("Accept", accepts);
  if (asked.contentType) headers.set("Content-Type", asked.contentType);
  else if (data !== "" && method !== "GET" && !headers.has("Content-Type"))
    headers.set("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");
  if (asked.cache === false) headers.set("Cache-Control", "no-cache");
  headers.set("X-Ms-Origin", origin);
  headers.set("X-Requested-With", "XMLHttpRequest");
  const request = new XMLHttpRequest();
  request.open(method, url.href);
  for (const [name, value] of headers) request.setRequestHeader(name, value);
  const { withCredentials = false, timeout = 0 } = asked.xhrFields ?? {};
  Object.assign(request, { withCredentials, timeout });
  request.addEventListener("loadend", () =>
    answer({
      status: request.status,
      // INFERRED: the published examples compare it with this word, not with HTTP's own.
      statusText: request.status >= 200 && request.status < 300 ? "success" : "error",
      responseText: request.responseText,
      headers: request.getAllResponseHeaders().replaceAll(/^[^:\r\n]+/gm, spelled),
    }),
  );
  request.send(method === "GET" ? null : data);
}

function spelled(name) {
  const known = spellings[name.toLowerCase()];
  return known ?? name.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase());
}
