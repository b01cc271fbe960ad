import { randomUUID } from "node:crypto";

import { toastOf, type Toast } from "./toast.ts";
import { forgetAtStart, has, pretended, whereItExists } from "./pretended-system.ts";
import {
  DoubleEmitter,
  electronEvent,
  refuseSubclass,
  strictClass,
  UnknownToDouble,
} from "./unknown-members.ts";

/** A notification as the system has it. Electron's object is held weakly, as Electron itself holds it. */
interface Native {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly silent: boolean;
  readonly buttons: readonly string[];
  /** What stands in the field for an answer; null where there is none. Windows has one only if its XML says so. */
  readonly field: string | null;
  /** Windows draws what its XML says; null on macOS. */
  readonly toast: Toast | null;
  /** Who is told; null when Electron has let go of it. */
  object: WeakRef<NotificationDouble> | null;
  place: "screen" | "center" | "nowhere";
}

/** What a person sees of a notification. */
export type SeenNotification = Pick<
  Native,
  "id" | "title" | "body" | "silent" | "buttons" | "field" | "toast"
>;

type Handler = (details: Electron.ActivationArguments) => void;
type CloseReason = NonNullable<Electron.NotificationCloseEventParams["reason"]>;

/** Oldest first: where Electron looks for an object by its identifier, it may find the older of two. */
const natives: Native[] = [];
const made: WeakRef<NotificationDouble>[] = [];
let handler: Handler | null = null;
/** A click that nobody was there to hear; the handler is told of it as soon as there is one. */
let waiting: Electron.ActivationArguments | null = null;

forgetAtStart(() => {
  natives.length = 0;
  made.length = 0;
  handler = null;
  waiting = null;
});

/** `Notification` of Windows and macOS. */
export class NotificationDouble
  extends DoubleEmitter
  implements Pick<Electron.Notification, "show" | "close" | "id">
{
  readonly id: string;
  readonly #options: Electron.NotificationConstructorOptions;
  #native: Native | null = null;

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super("Notification", ["show", "click", "action", "reply", "close", "failed"]);
    refuseSubclass(new.target, NotificationDouble);
    // There it may block the whole program.
    if (pretended().platform === "linux") throw new UnknownToDouble("Notification on Linux");
    const id = options.id ?? "";
    if (pretended().platform === "win32" && (/[&=\p{Cc}]/u.test(id) || id.length > 64))
      throw new Error("Windows takes no such notification id");
    this.id = id !== "" && has("Notification id") ? id : randomUUID();
    this.#options = options;
    made.push(new WeakRef(this));
  }

  static isSupported(): boolean {
    return pretended().notificationsSupported;
  }

  static get handleActivation(): (callback: Handler) => void {
    return whereItExists("Notification.handleActivation", (callback: Handler): void => {
      handler = callback;
      if (waiting !== null) callback(waiting);
      waiting = null;
    });
  }

  /** One that has been shown before is closed first. */
  show(): void {
    this.close();
    const { title = "", body = "", silent = false, actions = [], toastXml } = this.#options;
    const { hasReply = false, replyPlaceholder = "" } = this.#options;
    const toast = pretended().platform === "win32" && toastXml !== undefined ? toastOf(toastXml) : null;
    const refusal = refusalOf(toast, toastXml);
    if (refusal !== null) {
      queueMicrotask(() => this.emit("failed", electronEvent({}), refusal));
      return;
    }
    const drawn = pretended().platform === "win32" ? (toast?.buttons.map(({ label }) => label) ?? []) : null;
    const native: Native = {
      id: this.id,
      title,
      body,
      silent,
      buttons: drawn ?? actions.map(({ text = "Show" }) => text),
      field: hasReply && pretended().platform === "darwin" ? replyPlaceholder : null,
      toast,
      object: new WeakRef(this),
      place: "screen",
    };
    // What has the same identifier is replaced, whoever showed it.
    for (const other of natives) if (other.id === native.id) other.place = "nowhere";
    natives.push(native);
    this.#native = native;
    queueMicrotask(() => tell(native, "show", electronEvent({})));
  }

  close(): void {
    const native = this.#native;
    this.#native = null;
    if (native === null || native.object === null) return;
    const wasSeen = native.place === "screen";
    native.place = "nowhere";
    if (pretended().platform === "darwin") {
      // macOS tells of it in the same breath, whoever closed it, and gives no reason.
      forget(native, () => this.emit("close", electronEvent({})));
      return;
    }
    // Windows keeps the entry of a toast that was closed, though nobody is told through it any more.
    native.object = null;
    if (wasSeen) queueMicrotask(() => this.emit("close", closeEvent("applicationHidden")));
  }
}
strictClass("Notification", NotificationDouble);
// A static member with another signature than Electron's does not compile.
NotificationDouble satisfies Pick<typeof Electron.Notification, "isSupported" | "handleActivation">;

/** How many of Electron's objects somebody still holds, if the garbage has just been collected. */
export function heldNotifications(): number {
  return made.filter((object) => object.deref() !== undefined).length;
}

function refusalOf(toast: Toast | null, toastXml: string | undefined): string | null {
  const { notificationsForbidden, platform, signed } = pretended();
  if (platform === "win32" && toastXml !== undefined && toast === null) return "XML: Invalid XML";
  if (has("Notification signature") && !signed) return "Notifications are not allowed for this application";
  return notificationsForbidden;
}

function tell(native: Native, event: string, ...args: readonly unknown[]): void {
  native.object?.deref()?.emit(event, ...args);
}

function forget(native: Native, last: () => void): void {
  last();
  native.object = null;
  natives.splice(natives.indexOf(native), 1);
}

function closeEvent(reason: CloseReason): Electron.Event<Electron.NotificationCloseEventParams> {
  return electronEvent(has("Notification close reason") ? { reason } : {});
}

/** The object that Electron finds by an identifier; its own notification may be another, shown later. */
const objectOf = (id: string): Native | undefined => natives.find((native) => native.id === id);

const actionEvent = (actionIndex: number): Electron.Event<Electron.NotificationActionEventParams> =>
  electronEvent({ actionIndex, selectionIndex: -1 });

/** Windows: what was clicked says so by its arguments, to the object and to the program's handler. */
function activate(native: Native, text: string): void {
  const fields = new URLSearchParams(text);
  const type = fields.get("type") ?? "click";
  const actionIndex = Number(fields.get("action") ?? -1);
  const tellObject = (): void => {
    if (type !== "action" || !has("Notification action")) tell(native, "click", electronEvent({}));
    else {
      const found = objectOf(fields.get("tag") ?? "");
      if (found !== undefined) tell(found, "action", actionEvent(actionIndex), actionIndex, -1);
    }
  };
  const tellHandler = (): void => {
    if (!has("Notification.handleActivation")) return;
    const details = { type, arguments: text, ...(type === "action" ? { actionIndex } : {}) };
    if (handler === null) waiting = details;
    else handler(details);
  };
  // The toast is taken away by the click itself, and nobody is told that it closed.
  native.place = "nowhere";
  for (const next of pretended().handlerFirst ? [tellHandler, tellObject] : [tellObject, tellHandler]) next();
  if (type === "click") native.object = null;
}

/** The person in front of the screen. Each of these is about the notification that was shown last. */
export const desktop = {
  /** What is on the screen, oldest first. */
  get shown(): readonly SeenNotification[] {
    return natives.filter(({ place }) => place === "screen");
  },

  /** What the Action Center or the Notification Center has kept. */
  get kept(): readonly SeenNotification[] {
    return natives.filter(({ place }) => place === "center");
  },

  press(label: string): void {
    const native = lastShown();
    const index = native.buttons.indexOf(label);
    if (index < 0) throw new Error(`There is no button ${label}.`);
    if (native.toast !== null) {
      activate(native, native.toast.buttons[index]?.arguments ?? "");
      return;
    }
    native.place = "nowhere";
    const found = objectOf(native.id);
    if (found !== undefined) tell(found, "action", actionEvent(index), index, -1);
  },

  /** Written into the field for an answer. */
  reply(text: string): void {
    const native = lastShown();
    if (native.field === null) throw new Error("There is no field for an answer.");
    native.place = "nowhere";
    const found = objectOf(native.id);
    if (found !== undefined) tell(found, "reply", electronEvent({ reply: text }), text);
  },

  /** Beside the buttons. */
  click(): void {
    const native = lastShown();
    if (native.toast !== null) {
      activate(native, native.toast.launch);
      return;
    }
    native.place = "nowhere";
    const found = objectOf(native.id) ?? native;
    forget(found, () => tell(found, "click", electronEvent({})));
  },

  /** On an entry that the Action Center kept, of this run or of one before. Its arguments, as the toast had them. */
  clickKept(text: string): void {
    const native = natives.find(({ place }) => place === "center");
    activate(native ?? { ...NOTHING_KEPT }, text);
  },

  dismiss(): void {
    closeSeen("nowhere", "userCanceled");
  },

  /** The system takes it from the screen, for reasons of its own. */
  hide(): void {
    closeSeen("nowhere", "applicationHidden");
  },

  /** The system takes it from the screen and keeps it. macOS says nothing then. */
  timeOut(): void {
    closeSeen("center", "timedOut");
  },
};

const NOTHING_KEPT: Native = {
  id: "",
  title: "",
  body: "",
  silent: true,
  buttons: [],
  field: null,
  toast: null,
  object: null,
  place: "nowhere",
};

function lastShown(): Native {
  const native = natives.findLast(({ place }) => place === "screen");
  if (native === undefined) throw new Error("There is no notification on the screen.");
  return native;
}

function closeSeen(place: "center" | "nowhere", reason: CloseReason): void {
  const native = lastShown();
  native.place = place;
  if (pretended().platform === "win32") tell(native, "close", closeEvent(reason));
  else if (reason === "userCanceled") tell(objectOf(native.id) ?? native, "close", electronEvent({}));
}
