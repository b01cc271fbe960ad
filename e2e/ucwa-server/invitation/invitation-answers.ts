import { invalidParameter, noContent, problem, resourceNotFound } from "../http/endpoint.ts";
import type { Answer, Endpoint, Exchange } from "../http/endpoint.ts";
import type { Application } from "../application/served-application.ts";
import { readInput, textInQuery, textOf } from "../resources/input.ts";
import { declineReasons } from "./invitation-content.ts";
import type { DeclineReason, InvitationContent } from "./invitation-content.ts";
import { operationsOf } from "./invitation-kinds.ts";
import type { AnswerOperation } from "./invitation-kinds.ts";
import { mediaType } from "../http/message.ts";

/** The invitation that is answered. */
export interface Answerable {
  readonly application: Application;
  readonly content: InvitationContent;
  readonly phase: "ringing" | "answering" | "connected" | "ended";
}

/** What an answer that is valid and in time does. */
export interface Effects {
  accept(): void;
  decline(reason: DeclineReason): void;
}

/**
 * The addresses with which an endpoint answers an invitation, by path under it.
 * Reference: accept, decline, acceptWithAnswer, acceptWithPhoneAudio, sendProvisionalAnswer
 */
export function answerEndpoints(
  invitation: Answerable,
  effects: Effects,
): [path: string, endpoint: Endpoint][] {
  const { content, application } = invitation;
  return operationsOf(content.details, application.availability).map((name) => [
    `/${name}`,
    {
      name,
      mayAdd: ["sessionContext", "processedOfferId"],
      takesBody: ["decline", "acceptWithAnswer", "sendProvisionalAnswer"].includes(name),
      POST: (exchange) => answer(name, invitation, effects, exchange),
    },
  ]);
}

function answer(name: AnswerOperation, invitation: Answerable, effects: Effects, exchange: Exchange): Answer {
  switch (name) {
    case "accept":
    case "acceptWithPhoneAudio":
      return refusal(invitation) ?? done(() => effects.accept());
    case "acceptWithAnswer":
      return refuseMedia(invitation, exchange) ?? refusal(invitation) ?? done(() => effects.accept());
    // It rings on: this only lets media flow before the answer.
    case "sendProvisionalAnswer":
      return refuseMedia(invitation, exchange) ?? refusal(invitation) ?? noContent;
    case "decline":
      return decline(invitation, effects, exchange);
  }
}

function decline(invitation: Answerable, effects: Effects, { request }: Exchange): Answer {
  const { breaches } = invitation.application.context;
  const read = readInput(request, breaches);
  if (!read.ok) return read.answer;
  const given = textOf(read.input, "reason", 100);
  const reason = given === undefined ? "Unknown" : declineReasons.find((one) => one === given);
  if (!reason) {
    breaches.record("invalidInput", request);
    return invalidParameter("reason", `one of ${declineReasons.join(", ")}`);
  }
  return refusal(invitation) ?? done(() => effects.decline(reason));
}

/** An answer with media carries a session description and says which offer it is for. */
function refuseMedia({ application }: Answerable, { request, url }: Exchange): Answer | null {
  const { breaches } = application.context;
  const refuse = (rule: "contentType" | "invalidInput", refused: Answer): Answer => {
    breaches.record(rule, request);
    return refused;
  };
  if (!textInQuery(url, "sessionContext", 50))
    return refuse("invalidInput", invalidParameter("sessionContext", "a text of 1 to 50 characters"));
  if (textInQuery(url, "processedOfferId", 100) === null)
    return refuse("invalidInput", invalidParameter("processedOfferId", "a text of 1 to 100 characters"));
  const type = mediaType(request.headers.get("content-type"));
  if (type !== "application/sdp" && type !== "multipart/alternative")
    return refuse(
      "contentType",
      problem(415, "UnsupportedMediaType", "An answer with media is a session description."),
    );
  if (request.body.length === 0)
    return refuse("invalidInput", invalidParameter("body", "a session description"));
  return null;
}

/** Answered here already: conflict. Over: it is not there any more. */
function refusal({ phase }: Answerable): Answer | null {
  switch (phase) {
    case "ringing":
      return null;
    case "answering":
    case "connected":
      return problem(409, "None", "The invitation has been answered already.");
    case "ended":
      return resourceNotFound;
  }
}

function done(effect: () => void): Answer {
  effect();
  return noContent;
}
