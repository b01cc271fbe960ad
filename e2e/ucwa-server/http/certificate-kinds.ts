/** What is wrong with the server's certificate, for tests of clients; `good` is trusted by whoever trusts the CA. */
export const certificateKinds = ["good", "expired", "wrongHost", "selfSigned"] as const;

/** Which certificate a server shows. */
export type CertificateKind = (typeof certificateKinds)[number];
