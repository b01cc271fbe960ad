import { contextBridge } from "electron";

import { ask, follow, locale, onPlaced, tellOfNetwork } from "./bridge.ts";
import type { PanelBridge } from "./contract.ts";

const bridge: PanelBridge = {
  locale: locale(),
  subscribe: (listener) => follow("panel.state", () => ask("panel.read", null), listener),
  drawn: () => ask("panel.drawn", null),
  onPlaced,
  accept: (id) => ask("invitation.accept", { id }),
  decline: (id) => ask("invitation.decline", { id }),
  call: ({ to, subject, message, importance }) => ask("calling.invite", { to, subject, message, importance }),
  cancelCall: (id) => ask("calling.cancel", { id }),
  searchPeople: (query) => ask("calling.search", { query }),
  closeCall: (id) => ask("calling.close", { id }),
  composing: (number) => ask("calling.composing", { number }),
  signIn: ({ address, server, password, remember }) =>
    ask("session.signIn", { address, server, password, remember }),
  signOut: () => ask("session.signOut", null),
  tryNow: () => ask("session.tryNow", null),
  trust: (origin) => ask("session.trust", { origin }),
  distrust: (origin) => ask("session.distrust", { origin }),
  showSignInPage: () => ask("session.showSignInPage", null),
  changeSettings: (change) => ask("settings.change", change),
  setQuiet: (wanted) => ask("quiet.set", { for: wanted }),
  clearHistory: () => ask("history.clear", null),
  historySeen: () => ask("history.seen", null),
  copyAddress: (id) => ask("history.copyAddress", { id }),
  showConversations: () => ask("conversations.show", null),
  settingsShown: () => ask("life.settingsShown", null),
  startAtLogin: (wanted) => ask("life.startAtLogin", { wanted }),
  testRing: () => ask("life.testRing", null),
  chooseSound: (sound) => ask("sound.choose", { sound }),
  useOurSound: (sound) => ask("sound.useOurs", { sound }),
  trySound: (sound) => ask("sound.try", { sound }),
};

contextBridge.exposeInMainWorld("doorbell", bridge);
tellOfNetwork();
