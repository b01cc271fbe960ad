import { instanceSuffix } from "./served-application.ts";
import type { Application } from "./served-application.ts";
import { applicationsPath } from "../discovery/discovery-endpoints.ts";
import { meResource } from "./me.ts";
import type { HeaderPairs } from "../http/message.ts";
import { hex } from "../random.ts";
import type { Resource } from "../resources/served-resource.ts";

/** An application as one of its instances sees it. Reference: application */
export function applicationResource(
  application: Application,
  communication: Resource,
  instanceId: string,
): Resource {
  const { base, identity, id } = application;
  const channel = application.channels.get(instanceId);
  return {
    rel: "application",
    properties: {
      culture: identity.culture,
      userAgent: identity.userAgent,
      ...(identity.type !== null && { type: identity.type }),
      endpointId: identity.endpointId,
      id,
      ...(instanceId !== "" && { instanceId }),
      etag: id.slice(0, 10),
    },
    links: {
      self: { href: base + instanceSuffix(instanceId, "?") },
      policies: { href: `${base}/policies` },
      ...(channel && { events: { href: channel.eventsHref } }),
    },
    embedded: {
      me: meResource(application),
      people: peopleResource(application),
      onlineMeetings: onlineMeetingsResource(application),
      communication,
    },
  };
}

/** The cookie that fetches photos, fresh with every representation of the application. Reference: MeDashboard */
export function photoCookie({ context, id }: Application): HeaderPairs {
  const value = hex(context.random, 24);
  return [["Set-Cookie", `cwt_ucwa=${value}; path=${applicationsPath}/${id}/photos; secure; HttpOnly`]];
}

/** Reference: people */
export function peopleResource({ base }: Application): Resource {
  const href = `${base}/people`;
  return {
    rel: "people",
    properties: {},
    links: {
      self: { href },
      search: { href: `${href}/search` },
      presenceSubscriptions: { href: `${href}/presenceSubscriptions` },
    },
  };
}

/** Meetings cannot be scheduled here: the resource is there and offers nothing. Reference: onlineMeetings */
export function onlineMeetingsResource({ base }: Application): Resource {
  return { rel: "onlineMeetings", properties: {}, links: { self: { href: `${base}/onlineMeetings` } } };
}

/** Reference: policies */
export function policiesResource({ base, context }: Application): Resource {
  return {
    rel: "policies",
    properties: {
      htmlMessaging: "Enabled",
      photos: context.switches.photos === "shown" ? "Enabled" : "Disabled",
      saveMessagingHistory: "Disabled",
    },
    links: { self: { href: `${base}/policies` } },
  };
}
