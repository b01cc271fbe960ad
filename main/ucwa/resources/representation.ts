import { jsonOf } from "../http/http.ts";
import type { HttpAnswer } from "../http/http.ts";
import { olderDocument } from "./older-autodiscover.ts";
import { readXml } from "./xml-resource.ts";

/**
 * The document in an answer of UCWA, in the shape of its JSON form whether it came as JSON or as XML; undefined when
 * the answer is not UCWA's own, or holds no document. JSON is what is asked for; which of the two has come is told by
 * the first character, for a gateway may rename the type and not the content.
 * Reference: PayloadFormat, ErrorsAndInformationalMessages.
 */
export function representationOf(answer: HttpAnswer): Record<string, unknown> | undefined {
  if (!mayBeUcwa(answer)) return undefined;
  if (/^[\uFEFF\s]*</.test(answer.body)) return readXml(answer.body.replace(/^[\uFEFF\s]+/, ""));
  const document = jsonOf(answer);
  return document && (olderDocument(document) ?? document);
}

/**
 * A page or plain text is of a proxy or of the web server below, whatever it looks like. The samples of one page leave
 * out the `.com`, and the older autodiscover format has a type of its own. An answer without a type is looked into.
 */
export function mayBeUcwa({ headers }: Pick<HttpAnswer, "headers">): boolean {
  const type = (headers.get("content-type") ?? "").split(";", 1)[0]?.trim() ?? "";
  return type === "" || TYPES.test(type);
}

const TYPES = /^application\/(?:vnd\.microsoft\.(?:(?:com\.)?ucwa|rtc\.autodiscover)\+)?(?:json|xml)$/i;
