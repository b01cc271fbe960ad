import { ok, problem } from "./answer.ts";
import type { Application } from "./application.ts";
import type { Resource } from "./resource.ts";
import { addressOf } from "./users.ts";

/** Where a person is, seen from the user's organisation. Reference: SourceNetwork */
export const sourceNetworks = ["SameEnterprise", "Federated", "PublicCloud", "Everyone", "Unknown"] as const;

/** Reference: SourceNetwork */
export type SourceNetwork = (typeof sourceNetworks)[number];

/** Someone who is spoken of: a caller, or a colleague. */
export interface Person {
  readonly uri: string;
  readonly name: string;
  readonly sourceNetwork: SourceNetwork;
}

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
    contactPhoto: `${application.base}/photos/${segment(uri)}`,
  };
}

/** Makes a person's contact, presence and photo addresses answer. Reference: contact, contactPresence, contactPhoto */
export function mountContact(application: Application, person: Person): void {
  const path = `/people/${segment(person.uri)}`;
  const hrefs = contactHrefs(application, person.uri);
  application.mount(path, {
    name: "contact",
    GET: () => {
      const { contact: self, contactPresence, contactPhoto } = hrefs;
      return ok({
        rel: "contact",
        properties: {
          uri: person.uri,
          sourceNetwork: person.sourceNetwork,
          emailAddresses: [addressOf(person.uri)],
          type: "User",
          name: person.name,
          etag: "1",
        },
        links: {
          self: { href: self },
          contactPhoto: { href: contactPhoto },
          contactPresence: { href: contactPresence },
        },
      });
    },
  });
  application.mount(`${path}/presence`, {
    name: "contactPresence",
    GET: () =>
      ok({
        rel: "contactPresence",
        properties: { availability: "Online", deviceType: "PC", lastActive: new Date(application.createdAt) },
        links: { self: { href: hrefs.contactPresence } },
      }),
  });
  // The link is there for everybody; nobody here has a picture. That is how a deployment without photos answers.
  application.mount(`/photos/${segment(person.uri)}`, {
    name: "contactPhoto",
    mayAdd: ["size"],
    GET: () => problem(404, "None", "The user has no photo."),
  });
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
