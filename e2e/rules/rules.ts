import { application } from "./subjects/application.ts";
import { applicationEnd } from "./subjects/application-end.ts";
import { authentication } from "./subjects/authentication.ts";
import { autodiscovery } from "./subjects/autodiscovery.ts";
import { availability } from "./subjects/availability.ts";
import { eventChannel } from "./subjects/event-channel.ts";
import { eventChannelFailures } from "./subjects/event-channel-failures.ts";
import { http } from "./subjects/http.ts";
import { invitationAnswer } from "./subjects/invitation-answer.ts";
import { invitationEnd } from "./subjects/invitation-end.ts";
import { invitationKinds } from "./subjects/invitation-kinds.ts";
import { invitationMessage } from "./subjects/invitation-message.ts";
import { invitation } from "./subjects/invitation.ts";
import { people } from "./subjects/people.ts";
import type { Section } from "./rule.ts";
import { xml } from "./subjects/xml.ts";

/** The rules of the protocol that client and server are held to, as far as Doorbell has to do with it. */
export const sections: readonly Section[] = [
  autodiscovery,
  authentication,
  application,
  availability,
  applicationEnd,
  eventChannel,
  eventChannelFailures,
  invitation,
  invitationMessage,
  invitationAnswer,
  invitationEnd,
  invitationKinds,
  people,
  http,
  xml,
];

/** The tags that tests may have, as vitest wants them declared. */
export const tags = sections.flatMap(({ rules }) =>
  rules.map(({ id, rule }) => ({ name: id, description: rule })),
);
