/** The object identifiers of SPNEGO and of Kerberos as its mechanism. Reference: RFC 4178, RFC 4121. */
const SPNEGO = Buffer.from("06062b0601050502", "hex");
const KERBEROS = Buffer.from("06092a864886f712010202", "hex");
/** What marks a request to a service (AP-REQ), and its outermost tag. */
const SERVICE_REQUEST = Buffer.from("01006e", "hex");

/**
 * Whether the credential of a Negotiate sign-in carries a Kerberos ticket for a service. Only its form is looked at:
 * this server has no key of the domain with which it could verify the ticket.
 */
export function carriesKerberosTicket(message: Buffer): boolean {
  // [APPLICATION 0], a length of one to four bytes, and the mechanism.
  if (message[0] !== 0x60 || message.indexOf(SPNEGO) < 2 || message.indexOf(SPNEGO) > 6) return false;
  const mechanism = message.indexOf(KERBEROS);
  return mechanism > 0 && message.indexOf(SERVICE_REQUEST, mechanism) > 0;
}
