/**
 * Whether an address is of UCWA before its first version, as early builds of Lync Server 2013 have it. Nothing answers
 * an invitation there (`answer` stood for `accept`), so it is refused at sign-in. Reference: Versioning.
 */
export function isEarlyVersion(url: string): boolean {
  const path = URL.parse(url)?.pathname ?? "";
  return /\/ucwa\/(?:oauth\/)?v0(?:\/|$)/i.test(path) || /\/applications\((?:'|%27)/i.test(path);
}
