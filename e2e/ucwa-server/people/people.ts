import { ok, problem } from "../http/endpoint.ts";
import type { Answer } from "../http/endpoint.ts";
import type { Application } from "../application/served-application.ts";
import { late } from "./late.ts";
import { mountPhoto, photoHref } from "./people-photo.ts";
import type { Person } from "./person.ts";
import type { Resource } from "../resources/served-resource.ts";
import { addressOf } from "../sign-in/users.ts";

/** An address as a segment of a path; the servers leave the at sign as it is. */
export function segment(uri: string): string {
  return encodeURIComponent(addressOf(uri)).replaceAll("%40", "@");
}

/** The addresses of a person's contact resource in an application. */
export function contactHrefs(
  application: Application,
  uri: string,
): { contact: string; contactPresence: string; contactPhoto: string } {
  const contact = `${application.base}/people/${segment(uri)}`;
  return {
    contact,
    contactPresence: `${contact}/presence`,
    contactPhoto: photoHref(application, uri),
  };
}

/** Makes a person's contact, presence and photo addresses answer. Reference: contact, contactPresence */
export function mountContact(application: Application, person: Person): void {
  const path = `/people/${segment(person.uri)}`;
  // Who is known by more than their address stays so when somebody only knows the address.
  if (person.name === "" && application.endpoints.has(application.base + path)) return;
  application.mount(path, { name: "contact", GET: () => contact(application, person) });
  application.mount(`${path}/presence`, {
    name: "contactPresence",
    GET: () => ok(presenceResource(application, person.uri)),
  });
  mountPhoto(application, person.uri);
}

function contact(application: Application, person: Person): Answer | Promise<Answer> {
  const { context } = application;
  const answer = ok(contactResource(application, person));
  switch (context.directory.find(person.uri)?.contact ?? context.switches.contacts) {
    case "shown":
      return answer;
    case "forbidden":
      return problem(403, "None", "This contact may not be looked up.");
    case "unavailable":
      return problem(504, "ServiceTimeout", "The contact could not be looked up in time.");
    case "slow":
      return late(context, answer);
  }
}

/** Reference: contact */
export function contactResource(application: Application, person: Person): Resource {
  const hrefs = contactHrefs(application, person.uri);
  const { title, department, company } = application.context.directory.find(person.uri) ?? {};
  return {
    rel: "contact",
    properties: {
      uri: person.uri,
      sourceNetwork: person.sourceNetwork,
      emailAddresses: [addressOf(person.uri)],
      // Whoever calls from a telephone has an address that says so.
      type: person.uri.endsWith(";user=phone") ? "Phone" : "User",
      name: person.name,
      ...(person.phoneNumber !== undefined && { workPhoneNumber: person.phoneNumber }),
      ...(title !== undefined && { title }),
      ...(department !== undefined && { department }),
      ...(company !== undefined && { company }),
      etag: "1",
    },
    links: {
      self: { href: hrefs.contact },
      contactPhoto: { href: hrefs.contactPhoto },
      contactPresence: { href: hrefs.contactPresence },
    },
  };
}

/** What somebody shows of themselves; it needs no subscription. Reference: contactPresence */
export function presenceResource(application: Application, uri: string): Resource {
  const { availability, activity, deviceType } = application.context.presences.of(uri);
  return {
    rel: "contactPresence",
    properties: {
      availability,
      ...(activity !== null && { activity }),
      deviceType,
      lastActive: new Date(application.createdAt),
    },
    links: { self: { href: contactHrefs(application, uri).contactPresence } },
  };
}

/** Somebody of whom only the address is known. */
export function strangerAt(uri: string): Person {
  return { uri, name: "", sourceNetwork: "SameEnterprise" };
}

/** Reference: participant, from */
export interface ParticipantView extends Person {
  readonly anonymous: boolean;
  readonly self: string;
  readonly conversation: string;
}

/** A remote participant. The photo's link appears only once the invitation is answered. Reference: participant */
export function participantResource(
  application: Application,
  view: ParticipantView,
  photo: boolean,
): Resource {
  const hrefs = contactHrefs(application, view.uri);
  return {
    rel: "participant",
    properties: {
      sourceNetwork: view.sourceNetwork,
      anonymous: view.anonymous,
      name: view.name,
      uri: view.uri,
    },
    links: {
      self: { href: view.self },
      conversation: { href: view.conversation },
      // Nobody can look up someone who does not say who they are.
      ...(!view.anonymous && {
        contact: { href: hrefs.contact },
        contactPresence: { href: hrefs.contactPresence },
        ...(photo && { contactPhoto: { href: hrefs.contactPhoto } }),
      }),
    },
  };
}
