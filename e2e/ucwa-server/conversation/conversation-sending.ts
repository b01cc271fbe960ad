import { invalidParameter, problem } from "../http/endpoint.ts";
import type { Answer, Exchange } from "../http/endpoint.ts";
import type { Application } from "../application/served-application.ts";
import type { MessageFormat } from "../resources/message-uri.ts";
import { textInQuery } from "../resources/input.ts";
import { mediaType } from "../http/message.ts";

/** What the user says in a conversation. */
export interface SentMessage {
  readonly text: string;
  readonly format: MessageFormat;
  readonly operationId: string | null;
}

/** Reads a message that is sent: raw text of one of the negotiated formats. Reference: sendMessage */
export function readMessage(
  application: Application,
  { request, url }: Exchange,
): { readonly message: SentMessage } | { readonly refusal: Answer } {
  const { breaches } = application.context;
  const type = mediaType(request.headers.get("content-type"));
  const formats = application.availability?.supportedMessageFormats ?? [];
  if (type !== "text/plain" && !(type === "text/html" && formats.includes("Html"))) {
    breaches.record("contentType", request);
    const why = "A message is text/plain, or text/html where that was negotiated.";
    return { refusal: problem(415, "UnsupportedMediaType", why) };
  }
  if (request.body.length === 0) return { refusal: invalidParameter("message", "it is empty") };
  // The page requires it; the recording sends another name instead, so its absence is let pass with a note.
  const operationId = textInQuery(url, "operationId", 50);
  if (operationId === null)
    return { refusal: invalidParameter("operationId", "a text of at most 50 characters") };
  if (operationId === undefined) breaches.record("operationIdMissing", request);
  const text = new TextDecoder().decode(request.body);
  return {
    message: { text, format: type === "text/html" ? "html" : "plain", operationId: operationId ?? null },
  };
}
