import { z } from "zod";

import { LANGUAGES } from "../../locales/language.ts";
import { QUIET_HOURS } from "../platform/settings/quiet-settings.ts";
import { SOUND_NAMES } from "../platform/settings/sound-names.ts";
import { SOUND_SWITCHES, SOUND_VOLUME } from "../platform/settings/sound-settings.ts";
import type { RequestChannel, RequestOf } from "../../preload/contract.ts";
import { LONGEST_TEXT } from "../ucwa/resources/safe-text.ts";

const nothing = z.null();
const id = z.string().min(1).max(200);
const target = z.strictObject({ id });
const conversation = z.strictObject({ conversation: id });
const message = z.strictObject({ conversation: id, message: id });
/** What is written may be too long to be sent, and is kept all the same. */
const LONGEST_DRAFT = 100_000;
const sound = z.strictObject({ sound: z.enum(SOUND_NAMES) });
const trayIcon = z.enum(["auto", "light", "dark", "colour"]);

/** What a window may send on each channel; leaving one out, or reading it as something else, does not compile. */
export const REQUEST_SCHEMAS: { readonly [Name in RequestChannel]: z.ZodType<RequestOf<Name>> } = {
  "panel.read": nothing,
  "panel.drawn": nothing,
  "toast.read": nothing,
  "invitation.accept": target,
  "invitation.decline": target,
  "calling.invite": z.strictObject({
    to: z.string().max(1000),
    subject: z.string().max(1000),
    message: z.string().max(100_000),
    importance: z.enum(["Normal", "Urgent", "Emergency"]),
  }),
  "calling.cancel": target,
  "calling.search": z.strictObject({ query: z.string().max(1000) }),
  "calling.close": target,
  "calling.composing": z.strictObject({ number: z.int() }),
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
    language: z.enum(["auto", ...LANGUAGES]).exactOptional(),
    trayIcon: trayIcon.exactOptional(),
    afterAccept: z.enum(["here", "handOver"]).exactOptional(),
    personLinks: z.boolean().exactOptional(),
    quietHours: QUIET_HOURS.exactOptional(),
    followSystemFocus: z.boolean().exactOptional(),
    followPresence: z.boolean().exactOptional(),
    soundVolume: SOUND_VOLUME.exactOptional(),
    soundsOn: SOUND_SWITCHES.exactOptional(),
  }),
  "quiet.set": z.strictObject({ for: z.enum(["15min", "1h", "tomorrow", "untilTurnedOff", "off"]) }),
  "network.changed": nothing,
  "history.clear": nothing,
  "history.seen": nothing,
  "history.copyAddress": target,
  "toast.dismiss": target,
  "toast.fit": z.strictObject({ height: z.int().min(0).max(10_000) }),
  "toast.showPanel": nothing,
  "conversations.show": nothing,
  "conversations.read": nothing,
  "drafts.read": nothing,
  "draft.write": z.strictObject({ conversation: id, text: z.string().max(LONGEST_DRAFT) }),
  "conversation.select": conversation,
  "conversation.typing": conversation,
  "conversation.seen": conversation,
  "conversation.leave": conversation,
  "conversation.close": conversation,
  "message.say": z.strictObject({ conversation: id, text: z.string().max(LONGEST_TEXT) }),
  "message.sayAgain": message,
  "message.copy": message,
  "message.openLink": z.strictObject({ conversation: id, message: id, link: z.int().min(0).max(10_000) }),
  "meeting.copyLink": conversation,
  "meeting.openLink": conversation,
  "life.settingsShown": nothing,
  "life.startAtLogin": z.strictObject({ wanted: z.boolean() }),
  "life.testRing": nothing,
  "sound.choose": sound,
  "sound.useOurs": sound,
  "sound.try": sound,
  "sound.unplayable": sound,
};
