import { application } from "./application.ts";
import { applicationEnd } from "./application-end.ts";
import { authentication } from "./authentication.ts";
import { autodiscovery } from "./autodiscovery.ts";
import { availability } from "./availability.ts";
import { eventChannel } from "./event-channel.ts";
import { eventChannelFailures } from "./event-channel-failures.ts";
import { http } from "./http.ts";
import { invitationAnswer } from "./invitation-answer.ts";
import { invitationEnd } from "./invitation-end.ts";
import { invitationKinds } from "./invitation-kinds.ts";
import { invitationMessage } from "./invitation-message.ts";
import { invitation } from "./invitation.ts";
import type { Section } from "./rule.ts";
import { xml } from "./xml.ts";

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
  http,
  xml,
];

/** The tags that tests may have, as vitest wants them declared. */
export const tags = sections.flatMap(({ rules }) =>
  rules.map(({ id, rule }) => ({ name: id, description: rule })),
);
