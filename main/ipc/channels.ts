import type { RequestChannel, RequestChannels } from "../../preload/contract.ts";

/** Who may use each channel: exactly the roles of the contract. */
export const ROLES: {
  readonly [Name in RequestChannel]: Readonly<Record<RequestChannels[Name]["role"], true>>;
} = {
  "panel.read": { panel: true },
  "panel.drawn": { panel: true },
  "toast.read": { toast: true },
  "invitation.accept": { panel: true, toast: true },
  "invitation.decline": { panel: true, toast: true },
  "calling.invite": { panel: true },
  "calling.cancel": { panel: true },
  "calling.search": { panel: true },
  "calling.close": { panel: true },
  "calling.composing": { panel: true },
  "session.signIn": { panel: true },
  "session.signOut": { panel: true },
  "session.tryNow": { panel: true },
  "session.trust": { panel: true },
  "session.distrust": { panel: true },
  "session.showSignInPage": { panel: true },
  "settings.change": { panel: true },
  "quiet.set": { panel: true },
  "network.changed": { panel: true, toast: true, conversation: true },
  "history.clear": { panel: true },
  "history.seen": { panel: true },
  "history.copyAddress": { panel: true },
  "toast.dismiss": { toast: true },
  "toast.fit": { toast: true },
  "toast.showPanel": { toast: true },
  "conversations.show": { panel: true },
  "conversations.read": { conversation: true },
  "drafts.read": { conversation: true },
  "draft.write": { conversation: true },
  "conversation.select": { conversation: true },
  "conversation.typing": { conversation: true },
  "conversation.seen": { conversation: true },
  "conversation.leave": { conversation: true },
  "conversation.close": { conversation: true },
  "message.say": { conversation: true },
  "message.sayAgain": { conversation: true },
  "message.copy": { conversation: true },
  "message.openLink": { conversation: true },
  "meeting.copyLink": { conversation: true },
  "meeting.openLink": { conversation: true },
  "life.settingsShown": { panel: true },
  "life.startAtLogin": { panel: true },
  "life.testRing": { panel: true },
  "sound.choose": { panel: true },
  "sound.useOurs": { panel: true },
  "sound.try": { panel: true },
  "sound.unplayable": { toast: true },
};

/** Every channel that main answers. */
export const REQUEST_CHANNELS: readonly RequestChannel[] = Object.keys(ROLES).filter(isChannel);

export function isChannel(name: string): name is RequestChannel {
  return Object.hasOwn(ROLES, name);
}
