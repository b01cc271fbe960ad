/** Node's codes by Chromium's name for the same failure. */
const NAMES: Readonly<Record<string, string>> = {
  ECONNREFUSED: "ERR_CONNECTION_REFUSED",
  ECONNRESET: "ERR_CONNECTION_RESET",
  EPIPE: "ERR_CONNECTION_RESET",
  ENOTFOUND: "ERR_NAME_NOT_RESOLVED",
  EAI_AGAIN: "ERR_NAME_NOT_RESOLVED",
  ETIMEDOUT: "ERR_CONNECTION_TIMED_OUT",
  EHOSTUNREACH: "ERR_ADDRESS_UNREACHABLE",
  ENETUNREACH: "ERR_INTERNET_DISCONNECTED",
  CERT_HAS_EXPIRED: "ERR_CERT_DATE_INVALID",
  CERT_NOT_YET_VALID: "ERR_CERT_DATE_INVALID",
  ERR_TLS_CERT_ALTNAME_INVALID: "ERR_CERT_COMMON_NAME_INVALID",
  DEPTH_ZERO_SELF_SIGNED_CERT: "ERR_CERT_AUTHORITY_INVALID",
  SELF_SIGNED_CERT_IN_CHAIN: "ERR_CERT_AUTHORITY_INVALID",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "ERR_CERT_AUTHORITY_INVALID",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "ERR_CERT_AUTHORITY_INVALID",
  ERR_SSL_WRONG_VERSION_NUMBER: "ERR_SSL_PROTOCOL_ERROR",
  EPROTO: "ERR_SSL_PROTOCOL_ERROR",
  HPE_INVALID_CONSTANT: "ERR_INVALID_HTTP_RESPONSE",
};

/** The error that Electron's `net` gives: `net::ERR_…` and nothing else. */
export function netError(error: Error & { readonly code?: string }): Error {
  // Node says "socket hang up" when a kept connection ends before a byte of the answer came.
  if (error.code === "ECONNRESET" && error.message === "socket hang up")
    return new Error("net::ERR_EMPTY_RESPONSE");
  return new Error(`net::${NAMES[error.code ?? ""] ?? "ERR_FAILED"}`);
}
