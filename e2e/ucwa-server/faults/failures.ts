import { problem } from "../http/endpoint.ts";
import type { Answer, ProblemStatus } from "../http/endpoint.ts";
import { tokenFailure, unauthorized } from "../sign-in/challenges.ts";
import type { Context } from "../context.ts";
import { originRefused } from "../discovery/cross-domain.ts";
import { respond } from "../http/message.ts";

interface Documented {
  readonly status: ProblemStatus;
  /** `null`: the answer has a code and no subcode. */
  readonly subcode: string | null;
  /** Where the code is not the one that belongs to the status. */
  readonly code?: string;
  /** A 400 names what is wrong. Reference: ErrorsAndInformationalMessages */
  readonly parameter?: string;
}

const named = (status: ProblemStatus, ...subcodes: string[]): Record<string, Documented> =>
  Object.fromEntries(subcodes.map((subcode) => [subcode, { status, subcode }]));

/**
 * The failures with a body of UCWA's own, by the name that the reference calls them. Reference:
 * GenericSynchronousErrors, ErrorsAndInformationalMessages, ApplicationDashboard, EventChannelDetails
 */
const documented: Readonly<Record<string, Documented>> = {
  BadRequest: { status: 400, subcode: null },
  ...named(400, "DeserializationFailure"),
  ParameterValidationFailure: {
    status: 400,
    subcode: "ParameterValidationFailure",
    parameter: "operationId",
  },
  Forbidden: { status: 403, subcode: null },
  ...named(403, "AnonymousNotAllowed", "MobileApplicationNoLongerAllowed"),
  NotFound: { status: 404, subcode: null },
  ...named(404, "ApplicationNotFound", "ResourceNotFound", "APIVersionNotSupported", "VersionNotSupported"),
  MethodNotAllowed: { status: 405, subcode: null },
  ClientTimeout: { status: 408, subcode: null },
  Conflict: { status: 409, subcode: "None" },
  ...named(409, "AlreadyExists", "MakeMeAvailableRequired", "PGetReplaced", "TooManyGroups"),
  Gone: { status: 410, subcode: null },
  ...named(410, "CannotRedirect", "InactiveApplicationExpired", "TooManyApplications", "UserAgentNotAllowed"),
  PreconditionFailed: { status: 412, subcode: null },
  EntityTooLarge: { status: 413, subcode: null },
  UnsupportedMediaType: { status: 415, subcode: null },
  PreconditionRequired: { status: 428, subcode: null },
  TooManyRequests: { status: 429, subcode: null },
  ServiceFailure: { status: 500, subcode: null },
  ...named(500, "CallbackChannelError", "InvalidExchangeServerVersion"),
  // INFERRED: the reference has this as a code and names no status for it.
  ExchangeServiceFailure: { status: 500, subcode: null, code: "ExchangeServiceFailure" },
  ServiceUnavailable: { status: 503, subcode: null },
  ServiceTimeout: { status: 504, subcode: "ServiceTimeout" },
  // INFERRED: seen on one page without a status of their own.
  ...named(500, "MaxEventCountReached"),
  ...named(400, "UnprocessableEntity"),
};

const page = (status: number, title: string): Answer => ({
  kind: "response",
  response: respond(status, "text/html", `<!DOCTYPE html><title>${title}</title><h1>${title}</h1>`),
});

/** The failures of the sign-in service, of the layer that checks tokens, and of what stands in front of the server. */
const elsewhere: Readonly<Record<string, (context: Context, origin: string) => Answer>> = {
  Unauthorized: (context, origin) => unauthorized(context, origin, "expired"),
  InvalidToken: (context, origin) => unauthorized(context, origin, "unknown"),
  TokenOfAnotherPool: (context, origin) => unauthorized(context, origin, "wrongOrigin"),
  OriginNotAllowed: () => originRefused,
  NotFoundPage: () => page(404, "404 - File or directory not found."),
  BadGateway: () => page(502, "502 - Bad Gateway"),
  GatewayTimeoutPage: () => page(504, "504 - Gateway Time-out"),
  invalid_request: () => tokenFailure("invalid_request", 28_000, "The request is malformed."),
  invalid_grant: () => tokenFailure("invalid_grant", 28_020, "No valid security token."),
  unsupported_grant_type: () =>
    tokenFailure("unsupported_grant_type", 28_029, "Authentication type not allowed."),
  invalid_scope: () => tokenFailure("invalid_scope", 28_000, "The scope is not valid."),
  server_error: () => tokenFailure("server_error", 28_000, "The service failed."),
};

/** Every failure that can be asked for by name. */
export const failureNames: readonly string[] = [...Object.keys(documented), ...Object.keys(elsewhere)];

/** The answer that this name stands for at this origin; `null` for a name that means nothing. */
export function namedFailure(name: string, context: Context, origin: string): Answer | null {
  if (Object.hasOwn(elsewhere, name)) return elsewhere[name]?.(context, origin) ?? null;
  const failure = Object.hasOwn(documented, name) ? documented[name] : undefined;
  if (!failure) return null;
  const { status, subcode, code, parameter } = failure;
  const parameters =
    parameter === undefined ? undefined : [{ name: parameter, reason: "The value is not valid." }];
  const made = problem(status, subcode ?? undefined, undefined, parameters);
  return code === undefined ? made : { ...made, reason: { ...made.reason, code } };
}
