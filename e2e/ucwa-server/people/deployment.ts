import * as z from "zod";

/** How the people behave who are called from here and are no users of this server. */
export const calleeBehaviours = ["answer", "decline", "ignore"] as const;

/**
 * What the photo of anybody answers: 404, a picture, 403, 504, a picture after ten seconds, one of five megabytes, or
 * what is no picture. Reference: contactPhoto
 */
export const photoAnswers = ["none", "shown", "forbidden", "unavailable", "slow", "huge", "broken"] as const;

/** What the contact of anybody answers: the resource, 403, 504, or the resource after ten seconds. Reference: contact */
export const contactAnswers = ["shown", "forbidden", "unavailable", "slow"] as const;

/** What a search answers: who is there, nobody, more than anybody wants, the same after ten seconds, or 504. Reference: search */
export const searchAnswers = ["found", "none", "many", "slow", "failing"] as const;

/** How a message from somebody else is told: completed at once, as recorded, started as its page has it, or both. */
export const messageEventKinds = ["completed", "started", "both"] as const;

/** What becomes of messages to people who are no users of this server: they arrive, or their sender is told later or at once. */
export const sentMessageFates = ["delivered", "lost", "refused"] as const;

/** What deployments and their policies decide, beside how they write it down. */
export interface DeploymentSwitches {
  /** What applications may make the user available for. Reference: makeMeAvailable */
  allowedModalities: readonly string[];
  callees: (typeof calleeBehaviours)[number];
  sentMessages: (typeof sentMessageFates)[number];
  messageEvents: (typeof messageEventKinds)[number];
  /** Formatted messages come without their plain form. */
  htmlOnly: boolean;
  photos: (typeof photoAnswers)[number];
  contacts: (typeof contactAnswers)[number];
  search: (typeof searchAnswers)[number];
  /** User agents that begin so are refused, and their applications end. Reference: ApplicationDashboard */
  bannedUserAgents: readonly string[];
  /** Operations merge like resources do: one that is over before it is read shows only its completion. */
  mergeOperations: boolean;
  /** The 201 of an operation comes after the event that tells of its start. Reference: OperationResource */
  receiptLast: boolean;
  /** A server of 2013: `answer` and `answeredByContact` instead of `accept` and `acceptedByContact`. */
  oldServer: boolean;
  /** An address with doubled slashes, such as `//ucwa/…`, is taken for the one without. It stays a breach. */
  doubledSlashes: boolean;
  /** The newest revision that inputs may ask for. Reference: Versioning */
  revision: number;
}

/** As a plain deployment decides. */
export const plainDeployment: DeploymentSwitches = {
  allowedModalities: ["Messaging", "PhoneAudio"],
  callees: "answer",
  sentMessages: "delivered",
  messageEvents: "completed",
  htmlOnly: false,
  photos: "none",
  contacts: "shown",
  search: "found",
  bannedUserAgents: [],
  mergeOperations: false,
  receiptLast: false,
  oldServer: false,
  doubledSlashes: false,
  revision: 2,
};

/** What the control API takes of them. */
export const deploymentSchema = z.object({
  allowedModalities: z.array(z.string().max(100)).max(20),
  callees: z.enum(calleeBehaviours),
  sentMessages: z.enum(sentMessageFates),
  messageEvents: z.enum(messageEventKinds),
  htmlOnly: z.boolean(),
  photos: z.enum(photoAnswers),
  contacts: z.enum(contactAnswers),
  search: z.enum(searchAnswers),
  bannedUserAgents: z.array(z.string().min(1).max(100)).max(20),
  mergeOperations: z.boolean(),
  receiptLast: z.boolean(),
  oldServer: z.boolean(),
  doubledSlashes: z.boolean(),
  revision: z.number().min(1).max(100),
});
