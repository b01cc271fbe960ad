import { FakePages, PASSIVE, SAYS, stand } from "./stand.ts";

type Says = Parameters<typeof stand>[0]["says"];

/** A sign-in whose page has just been opened. */
export async function atPage(...afterwards: Says) {
  const pages = new FakePages();
  const at = stand({ grants: PASSIVE, pages, says: [SAYS.page, ...afterwards] });
  const ended = at.end();
  await at.clock.settle();
  return { ...at, pages, ended };
}

/** Gives a token. */
export const token = () => SAYS.token();
/** A connection that broke. */
export const reset = () =>
  Promise.reject(Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNRESET" } }));
