/**
 * The `sip:` address of somebody as another program is given it; null when there is none that is plain enough. Parameters
 * are left out, and whatever a program that reads it carelessly could take for something else is not handed on. Pure.
 */
export function handOverAddress(uri: string): string | null {
  const [, local, host] = /^sip:([^@;?]+)@([^@;?]+)(?:[;?].*)?$/i.exec(uri) ?? [];
  if (local === undefined || host === undefined || uri.length > LONGEST) return null;
  return /^[\w.+-]+$/.test(local) && HOST.test(host) ? `sip:${local}@${host}`.toLowerCase() : null;
}

const LONGEST = 256;
const HOST = /^[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)+$/i;
