import { ok } from "../http/endpoint.ts";
import type { Endpoint } from "../http/endpoint.ts";
import type { Roster } from "./conversation-participants.ts";
import { localParticipantResource, modalityRels, modalityResource } from "./conversation-resources.ts";
import type { ConversationView } from "./conversation-resources.ts";

/** What only shows a conversation, by path under it: everything but messaging and whoever else is in it. */
export function readingEndpoints(
  view: ConversationView,
  roster: Roster,
): [path: string, endpoint: Endpoint][] {
  const { href } = view;
  const local = view.local.href;
  return [
    ...modalityRels
      .filter((rel) => rel !== "messaging")
      .map((rel): [string, Endpoint] => [
        `/${rel}`,
        { name: rel, GET: () => ok(modalityResource(view, rel)) },
      ]),
    [
      "/participants",
      {
        name: "participants",
        GET: () =>
          ok({
            rel: "participants",
            properties: {},
            links: { self: { href: `${href}/participants` } },
            embedded: { participant: roster.present.map((one) => roster.resource(one, true)) },
          }),
      },
    ],
    [local.slice(href.length), { name: "participant", GET: () => ok(localParticipantResource(view)) }],
    [
      `${local.slice(href.length)}/messaging`,
      {
        name: "participantMessaging",
        GET: () =>
          ok({
            rel: "participantMessaging",
            properties: {},
            links: { self: { href: `${local}/messaging` }, participant: { href: local } },
          }),
      },
    ],
  ];
}
