import { z } from "zod";

/**
 * What passes between the program and the process that asks the keyring: one question, word that the keyring is being
 * asked, one answer. Both sides check what they are sent. The secret passes here and nowhere else.
 */

const account = z.string().min(1).max(3_000);
/** More than any password field takes. UTF-16 code units. */
const secret = z.string().max(10_000);

export const KEYRING_QUESTION = z.discriminatedUnion("ask", [
  z.strictObject({ ask: z.literal("get"), account }),
  z.strictObject({ ask: z.literal("set"), account, secret }),
  z.strictObject({ ask: z.literal("delete"), account }),
]);
export type KeyringQuestion = z.infer<typeof KEYRING_QUESTION>;

/**
 * - `asking`: the library is loaded and the keyring has the question; from here on a person may be what is waited for.
 * - `secret`: the answer to `get`; null where the keyring gave none, which may mean that it stayed locked.
 * - `done`: the answer to `set` and `delete`; `changed` is false where there was nothing that could be deleted.
 * - `failed`: the library could not be loaded, or the keyring refused. Its own text might quote the call and goes no
 *   further.
 */
export const KEYRING_MESSAGE = z.discriminatedUnion("say", [
  z.strictObject({ say: z.literal("asking") }),
  z.strictObject({ say: z.literal("secret"), secret: secret.nullable() }),
  z.strictObject({ say: z.literal("done"), changed: z.boolean() }),
  z.strictObject({ say: z.literal("failed"), why: z.enum(["library", "refused"]) }),
]);
export type KeyringMessage = z.infer<typeof KEYRING_MESSAGE>;
