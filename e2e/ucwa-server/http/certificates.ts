// The x509 library builds on it and leaves it to its users to bring it along.
// oxlint-disable-next-line import/no-unassigned-import -- it is there for what it adds to `Reflect`
import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import type { CertificateKind } from "./certificate-kinds.ts";

/** A certificate made for one run of a server. All texts are PEM. */
export interface ServerCertificate {
  readonly key: string;
  /** The server's certificate, and its authority's where it has one. */
  readonly chain: string;
  /** What a client has to trust. A self-signed certificate is its own authority; no client should be given it. */
  readonly authority: string;
  /** SHA-256 of the server's certificate, in hexadecimal with colons. */
  readonly fingerprint: string;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const dayMs = 86_400_000;

/**
 * Makes a certificate authority that is thrown away with the process, and a certificate for these names and
 * addresses. Valid for a week by the machine's clock: nothing is kept that would be worth stealing.
 */
export async function makeCertificate(
  kind: CertificateKind,
  names: readonly string[],
): Promise<ServerCertificate> {
  const now = Date.now();
  const authorityKeys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=UCWA test server authority",
    notBefore: new Date(now - 2 * dayMs),
    notAfter: new Date(now + 7 * dayMs),
    keys: authorityKeys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });
  const shown = kind === "wrongHost" ? ["elsewhere.invalid"] : names;
  const content = {
    subject: `CN=${shown[0] ?? "localhost"}`,
    notBefore: new Date(now - 2 * dayMs),
    notAfter: new Date(kind === "expired" ? now - dayMs : now + 7 * dayMs),
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        shown.map((name) => ({ type: isAddress(name) ? ("ip" as const) : ("dns" as const), value: name })),
      ),
    ],
  };
  const selfSigned = kind === "selfSigned";
  const certificate = await x509.X509CertificateGenerator.create({
    ...content,
    issuer: selfSigned ? content.subject : authority.subject,
    publicKey: keys.publicKey,
    signingKey: selfSigned ? keys.privateKey : authorityKeys.privateKey,
  });
  const thumbprint = Buffer.from(await certificate.getThumbprint("SHA-256"))
    .toString("hex")
    .toUpperCase();
  const pem = certificate.toString("pem");
  return {
    key: x509.PemConverter.encode(await crypto.subtle.exportKey("pkcs8", keys.privateKey), "PRIVATE KEY"),
    chain: selfSigned ? pem : `${pem}\n${authority.toString("pem")}\n`,
    authority: `${selfSigned ? pem : authority.toString("pem")}\n`,
    fingerprint: thumbprint.match(/../g)?.join(":") ?? thumbprint,
  };
}

function isAddress(name: string): boolean {
  return /^[\d.]+$/.test(name) || name.includes(":");
}
