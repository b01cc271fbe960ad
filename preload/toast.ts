import { contextBridge } from "electron";

import { ask, follow, locale, onPlaced, tellOfNetwork } from "./bridge.ts";
import type { ToastBridge } from "./contract.ts";

const bridge: ToastBridge = {
  locale: locale(),
  subscribe: (listener) => follow("toast.state", () => ask("toast.read", null), listener),
  onPlaced,
  accept: (id) => ask("invitation.accept", { id }),
  decline: (id) => ask("invitation.decline", { id }),
  dismiss: (id) => ask("toast.dismiss", { id }),
  fit: (height) => ask("toast.fit", { height }),
  showPanel: () => ask("toast.showPanel", null),
  unplayable: (sound) => ask("sound.unplayable", { sound }),
};

contextBridge.exposeInMainWorld("doorbell", bridge);
tellOfNetwork();
