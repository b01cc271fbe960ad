import { mediaType, respond } from "../http/message.ts";
import type { ServerResponse } from "../http/message.ts";
import type { Link } from "../resources/served-resource.ts";

const type = "application/vnd.microsoft.rtc.autodiscover+xml";

/** Whether a client asks for the format that was there before UCWA. */
export function wantsAutodiscoverXml(accept: string | null): boolean {
  return (accept ?? "").split(",").some((part) => mediaType(part) === type);
}

/** The tokens that stand for UCWA's rels; the older format has no others. INFERRED: no UCWA page describes it. */
const tokens: Readonly<Record<string, string>> = {
  self: "Self",
  user: "User",
  redirect: "Redirect",
  applications: "Ucwa",
  xframe: "XFrame",
};

/** Root or user in the older autodiscover format: links with tokens, and from where the client is seen to come. */
export function autodiscoverXml(rel: "root" | "user", links: Readonly<Record<string, Link>>): ServerResponse {
  const element = rel === "root" ? "Root" : "User";
  const lines = Object.entries(links).map(
    ([name, { href }]) =>
      `    <Link token="${tokens[name] ?? name}" href="${href.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}" />`,
  );
  const body = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<AutodiscoverResponse AccessLocation="Internal">',
    `  <${element}>`,
    ...lines,
    `  </${element}>`,
    "</AutodiscoverResponse>",
    "",
  ].join("\n");
  return respond(200, `${type}; v=1`, body);
}
