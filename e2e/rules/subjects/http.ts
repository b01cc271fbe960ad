import type { Section } from "../rule.ts";

const PROGRAM_ERROR =
  "It answers a mistake that Doorbell does not make; the server's list of breaches would show it.";
const NEVER_PUT = "Doorbell changes no resource by PUT.";
const NO_BATCH = "A notifier needs no batch.";

/** Errors, headers, versions, media types. */
export const http: Section = {
  title: "Errors and HTTP",
  rules: [
    {
      id: "error-body",
      page: "ErrorsAndInformationalMessages",
      rule: "An error has a code, and may have a subcode and a message.",
    },
    {
      id: "error-message-localised",
      page: "applications, ErrorsAndInformationalMessages",
      rule: "Messages are in the language of the application's culture.",
      noClient: "Doorbell shows the message as it comes.",
      noServer: "The server speaks one language.",
    },
    {
      id: "error-parameters",
      page: "ErrorsAndInformationalMessages",
      rule: "400 may name the parameters that are wrong.",
      noClient: PROGRAM_ERROR,
    },
    {
      id: "error-debug-info",
      page: "ErrorsAndInformationalMessages",
      rule: "Nothing may depend on debugInfo.",
      noServer: "What to depend on is the client's.",
    },
    {
      id: "error-subcode-context",
      page: "ErrorsAndInformationalMessages",
      rule: "A subcode means different things for different resources.",
      noServer: "To tell them apart is the client's.",
    },
    {
      id: "error-not-ucwa",
      page: "ErrorsAndInformationalMessages",
      rule: "An error that is a page of HTML comes from somebody on the way and not from UCWA.",
    },
    {
      id: "error-statuses",
      page: "ErrorsAndInformationalMessages",
      rule: "Each status goes with its code.",
    },
    {
      id: "error-deserialization",
      page: "GenericSynchronousErrors",
      rule: "A body that cannot be parsed is answered 400 DeserializationFailure.",
      noClient: PROGRAM_ERROR,
    },
    {
      id: "error-entity-too-large",
      page: "GenericSynchronousErrors",
      rule: "A body that is too large is answered 413.",
      noClient: PROGRAM_ERROR,
    },
    {
      id: "error-method",
      page: "GenericSynchronousErrors",
      rule: "A method that a resource does not have is answered 405.",
      noClient: PROGRAM_ERROR,
    },
    {
      id: "error-mobile",
      page: "GenericSynchronousErrors",
      rule: "MobileApplicationNoLongerAllowed: the user has lost the right; stop and say so.",
    },
    {
      id: "error-parameter-validation",
      page: "GenericSynchronousErrors",
      rule: "A parameter that is not valid is answered 400 ParameterValidationFailure.",
      noClient: PROGRAM_ERROR,
    },
    {
      id: "error-preconditions",
      page: "GenericSynchronousErrors",
      rule: "A PUT is answered 428 without If-Match and 412 with an old one.",
      noClient: NEVER_PUT,
    },
    {
      id: "error-resource-not-found",
      page: "GenericSynchronousErrors",
      rule: "ResourceNotFound: this resource is gone, and what is known of it may be dropped.",
    },
    {
      id: "error-service-failure",
      page: "GenericSynchronousErrors",
      rule: "ServiceFailure and ServiceTimeout pass: what was only read is asked for again.",
    },
    {
      id: "error-media-type",
      page: "GenericSynchronousErrors",
      rule: "A body of another media type is answered 415.",
      noClient: PROGRAM_ERROR,
    },
    {
      id: "error-version",
      page: "GenericSynchronousErrors, Versioning",
      rule: "A version that the server does not have is refused, and asked for without its header.",
    },
    {
      id: "error-exchange",
      page: "GenericSynchronousErrors",
      rule: "ExchangeServiceFailure takes photos and logs away, and nothing else.",
    },
    {
      id: "retry-reads",
      page: "INFERRED",
      rule: "GET and reports of activity may be repeated; a message or an invitation must not.",
      noServer: "What to repeat is the client's.",
    },
    {
      id: "throttling",
      page: "BatchingRequests",
      rule: "429: too many requests are outstanding; later.",
    },
    {
      id: "header-accept",
      page: "HTTP",
      rule: "Every request says which media type it takes.",
    },
    {
      id: "header-content-type",
      page: "HTTP",
      rule: "A body goes with its media type, and a POST without a body says so by its length.",
    },
    {
      id: "header-server-names",
      page: "Versioning",
      rule: "Answers name the version and the machine that gave them, for logs alone.",
      noClient: "Doorbell reads neither.",
    },
    {
      id: "header-no-origin",
      page: "CrossDomainCommunication",
      rule: "`X-Ms-Origin` is a browser's: it is checked against a list, and native code leaves it out.",
    },
    {
      id: "options-unsupported",
      page: "HTTP",
      rule: "A preflight request is not answered, so no page of a browser can ask.",
      noClient: "Doorbell asks from its main process, where there are no preflight requests.",
    },
    {
      id: "revision-absent",
      page: "Versioning",
      rule: "A link without a revision is of the first.",
      noServer: "To read it so is the client's.",
    },
    {
      id: "revision-header",
      page: "Versioning",
      rule: "The input of a later revision is sent with the header that asks for it.",
    },
    {
      id: "new-properties",
      page: "Versioning",
      rule: "New properties may appear at any time and hurt nobody.",
    },
    {
      id: "early-builds",
      page: "peer",
      rule: "Builds of Lync Server 2013 have other words and paths, and are told apart.",
    },
    {
      id: "media-types-equal",
      page: "PayloadFormat",
      rule: "`application/json` and `application/vnd.microsoft.com.ucwa+json` are the same, and so for XML.",
    },
    {
      id: "object-or-list",
      page: "PayloadFormat",
      rule: "A rel holds one link or resource, or a list of them.",
    },
    {
      id: "json-dates",
      page: "PayloadFormat",
      rule: "Dates in JSON are milliseconds in a wrapper with escaped slashes.",
      noClient: "Doorbell reads no date that a server sends: an invitation came when it was heard.",
    },
    {
      id: "input-links-ignored",
      page: "PayloadFormat",
      rule: "Links and embedded resources in what is sent are passed over.",
      noClient: NEVER_PUT,
    },
    {
      id: "batch",
      page: "BatchingRequests",
      rule: "Several requests may travel as one, answered in any order.",
      noClient: NO_BATCH,
      noServer: "The server has no batch and hands out no link to it.",
    },
    {
      id: "etag-put",
      page: "PayloadFormat, HTTP",
      rule: "PUT replaces the whole of a resource, unknown properties too, and its etag changes.",
      noClient: NEVER_PUT,
    },
    {
      id: "etag-embedded",
      page: "PayloadFormat",
      rule: "A change of what is embedded does not change the etag of what holds it.",
      noClient: NEVER_PUT,
    },
  ],
};
