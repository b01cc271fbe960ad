import type { HeaderPairs, ServerRequest, ServerResponse } from "./message.ts";
import type { EventPackage, Reason, Resource } from "../resources/served-resource.ts";

/** What a handler answers. The core writes it in the media type that was asked for and registers its links. */
export type Answer =
  | {
      readonly kind: "resource";
      readonly status: number;
      readonly resource: Resource;
      readonly headers?: HeaderPairs;
    }
  | { readonly kind: "events"; readonly content: EventPackage }
  | { readonly kind: "empty"; readonly status: number; readonly headers?: HeaderPairs }
  | {
      readonly kind: "problem";
      readonly status: number;
      readonly reason: Reason;
      readonly headers?: HeaderPairs;
    }
  | { readonly kind: "response"; readonly response: ServerResponse };

/** What a handler is given beside its own state. */
export interface Exchange {
  readonly request: ServerRequest;
  readonly url: URL;
}

/** Answers one method of one endpoint. */
export type Handler = (exchange: Exchange) => Answer | Promise<Answer>;

/** An address that answers: what it is called (for faults and the request list) and what it understands. */
export interface Endpoint {
  readonly name: string;
  readonly GET?: Handler;
  readonly POST?: Handler;
  readonly PUT?: Handler;
  readonly DELETE?: Handler;
  /** Query parameters that a client may add to the link. Everything else in a query belongs to the server. */
  readonly mayAdd?: readonly string[];
  /** Whether a POST carries a body; without it, one is a breach. */
  readonly takesBody?: boolean;
}

/** What answers this method, if anything does. */
export function handlerOf(endpoint: Endpoint, method: string): Handler | undefined {
  switch (method) {
    case "GET":
    case "POST":
    case "PUT":
    case "DELETE":
      return endpoint[method];
    default:
      return undefined;
  }
}

/** 204, the receipt of most operations. */
export const noContent: Answer = { kind: "empty", status: 204 };

/** A resource with status 200. */
export function ok(resource: Resource, headers: HeaderPairs = []): Answer {
  return { kind: "resource", status: 200, resource, headers };
}

const codes = {
  400: "BadRequest",
  403: "Forbidden",
  404: "NotFound",
  405: "MethodNotAllowed",
  408: "ClientTimeout",
  409: "Conflict",
  410: "Gone",
  412: "PreconditionFailed",
  413: "EntityTooLarge",
  415: "UnsupportedMediaType",
  428: "PreconditionRequired",
  429: "TooManyRequests",
  500: "ServiceFailure",
  503: "ServiceUnavailable",
  504: "Timeout",
} as const satisfies Record<number, string>;

/** The statuses that carry a UCWA error. */
export type ProblemStatus = keyof typeof codes;

/** Whether UCWA has an error code for this status. */
export function isProblemStatus(status: number): status is ProblemStatus {
  return Object.hasOwn(codes, status);
}

/** An error with the code that belongs to its status. Reference: ErrorsAndInformationalMessages */
export function problem(
  status: ProblemStatus,
  subcode?: string,
  message = "An error occurred. Please retry. If the problem persists, contact your support team.",
  parameters?: Reason["parameters"],
): Answer & { kind: "problem" } {
  const reason = { code: codes[status], ...(subcode !== undefined && { subcode }), message };
  return { kind: "problem", status, reason: parameters === undefined ? reason : { ...reason, parameters } };
}

/** 400 for a parameter with a value that cannot be. Reference: GenericSynchronousErrors */
export function invalidParameter(name: string, why: string): Answer & { kind: "problem" } {
  return problem(400, "ParameterValidationFailure", `The parameter ${name} is not valid: ${why}`, [
    { name, reason: why },
  ]);
}

/** 404 for a resource that was, or never was; not to be mistaken for a lost application. */
export const resourceNotFound = problem(404, "ResourceNotFound", "The resource does not exist.");
