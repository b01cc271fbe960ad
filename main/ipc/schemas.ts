import { z } from "zod";

import type { RequestChannel, RequestOf } from "../../preload/contract.ts";

const nothing = z.null();
const target = z.strictObject({ id: z.string().min(1).max(200) });
const trayIcon = z.enum(["auto", "light", "dark", "colour"]);

/** What a window may send on each channel; leaving one out, or reading it as something else, does not compile. */
export const REQUEST_SCHEMAS: { readonly [Name in RequestChannel]: z.ZodType<RequestOf<Name>> } = {
  "panel.read": nothing,
  "toast.read": nothing,
  "invitation.accept": target,
  "invitation.decline": target,
  "session.signIn": z.strictObject({
    address: z.string().max(1000),
    server: z.string().max(2000),
    password: z.string().max(1000),
    remember: z.boolean(),
  }),
  "session.signOut": nothing,
  "session.tryNow": nothing,
  "session.trust": z.strictObject({ origin: z.string().min(1).max(2000) }),
  "session.distrust": z.strictObject({ origin: z.string().min(1).max(2000) }),
  "session.showSignInPage": nothing,
  // exactOptional: a key with undefined in it is not a key left out.
  "settings.change": z.strictObject({
    notifications: z.boolean().exactOptional(),
    trayIcon: trayIcon.exactOptional(),
  }),
  "network.changed": nothing,
  "history.clear": nothing,
  "history.seen": nothing,
  "toast.dismiss": target,
  "toast.fit": z.strictObject({ height: z.int().min(0).max(10_000) }),
};
