import { Notification } from "electron";

import { texts } from "../../../locales/texts.ts";
import type { Logger, Random } from "../../platform/ports.ts";
import {
  REPLY,
  type Capability,
  type NotificationEvent,
  type NotificationHandle,
  type NotificationRequest,
  type NotificationService,
} from "./notification-service.ts";
import { readToastActivation, windowsToastXml } from "./windows-toast-xml.ts";

export interface ElectronNotificationsOptions {
  readonly platform: "win32" | "darwin";
  readonly random: Random;
  readonly logger: Logger;
}

type Listener = (event: NotificationEvent) => void;

/**
 * Native notifications on Windows and macOS, through Electron's class. On Linux that class may block the whole program
 * when no service answers; it is never used there. Owns a strong reference to each notification until its end, because
 * Electron forgets the events of one that is collected.
 */
export class ElectronNotifications implements NotificationService {
  readonly #options: ElectronNotificationsOptions;
  readonly #live = new Map<string, LiveNotification>();
  /** A press on a button is told as such. */
  readonly #actions: boolean;

  constructor(options: ElectronNotificationsOptions) {
    this.#options = options;
    this.#actions = options.platform === "darwin" || this.#watchActivations();
  }

  async capabilities(): Promise<Capability> {
    if (!Notification.isSupported())
      return { available: false, reason: "noService", detail: texts.notifications.problems.noneHere };
    const name = this.#options.platform === "win32" ? "Windows" : "macOS";
    return { available: true, capabilities: { name, actions: this.#actions, body: true, bodyMarkup: false } };
  }

  show(request: NotificationRequest, listener: Listener): NotificationHandle {
    const tag = this.#options.random.uuid();
    const notification = new LiveNotification({
      tag,
      platform: this.#options.platform,
      request,
      tell: listener,
      gone: () => this.#live.delete(tag),
    });
    this.#live.set(tag, notification);
    // In a microtask, so that no event comes before the caller holds the handle.
    queueMicrotask(() => notification.draw({ isNew: true }));
    return notification;
  }

  /** The service of these systems is part of them: it neither comes nor goes. */
  onAvailability(): () => void {
    return () => undefined;
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.#live.values()].map((notification) => notification.close()));
  }

  /**
   * Clicks that reach no object: in the Action Center, or on a toast whose object Electron has let go. False before
   * Electron 42, which tells a press on a button of our toasts as a click beside the buttons, or not at all.
   */
  #watchActivations(): boolean {
    if (typeof Notification.handleActivation !== "function") {
      const sentence = "This Electron is too old for buttons on the notifications of Windows.";
      this.#options.logger.warn("electron.tooOld", { sentence });
      return false;
    }
    Notification.handleActivation(({ arguments: text }) => {
      const activation = readToastActivation(text);
      if (activation !== null) this.#live.get(activation.tag)?.clicked(activation.key);
    });
    return true;
  }
}

interface LiveNotificationOptions {
  readonly tag: string;
  readonly platform: "win32" | "darwin";
  readonly request: NotificationRequest;
  readonly tell: Listener;
  readonly gone: () => void;
}

/** One notification; a change of its text replaces Electron's object under the same tag. */
class LiveNotification implements NotificationHandle {
  readonly #options: LiveNotificationOptions;
  #request: NotificationRequest;
  #shown: Notification | null = null;
  #closed = false;

  constructor(options: LiveNotificationOptions) {
    this.#options = options;
    this.#request = options.request;
  }

  draw({ isNew }: { readonly isNew: boolean }): void {
    if (this.#closed) return;
    const { tag, platform, tell } = this.#options;
    const request = this.#request;
    const sound = isNew && request.silent !== true;
    // The old one first: by their tag macOS would find it instead of the new one, and an Electron that does not know
    // the tag would leave it on the screen, ringing on.
    this.#withdraw();
    const notification = new Notification({
      id: tag,
      title: request.summary,
      body: request.body,
      silent: !sound,
      actions: request.actions.map(({ label }) => ({ type: "button", text: label })),
      ...(request.reply !== undefined && { hasReply: true, replyPlaceholder: request.reply.placeholder }),
      ...(platform === "win32" ? { toastXml: windowsToastXml(request, tag, sound) } : {}),
    });
    this.#shown = notification;
    notification.on("show", () => tell({ type: "shown" }));
    notification.on("click", () => this.clicked(null));
    notification.on("action", ({ actionIndex }) => this.clicked(request.actions[actionIndex]?.key ?? ""));
    notification.on("reply", (_details, text) => {
      if (this.#closed || this.#request.reply === undefined) return;
      tell({ type: "answered", key: REPLY, text });
      this.#end({ type: "closed", by: "user" });
    });
    // Without a reason it was the person: macOS gives none.
    notification.on("close", ({ reason }) =>
      this.#end({
        type: "closed",
        by: reason === undefined || reason === "userCanceled" ? "user" : "service",
      }),
    );
    notification.on("failed", () =>
      this.#end({ type: "failed", detail: texts.notifications.problems.notOfDoorbell }),
    );
    notification.show();
  }

  /**
   * On the button of that key, or beside the buttons. The same click may be told twice, by the object and by the
   * program's own handler. It takes the notification off the screen, of which neither system tells.
   */
  clicked(key: string | null): void {
    if (this.#closed) return;
    const offered = key === null || this.#request.actions.some((action) => action.key === key);
    if (key === null) this.#options.tell({ type: "opened" });
    else if (offered) this.#options.tell({ type: "answered", key });
    // On a button that is no longer offered, the person wanted something: what is offered now has to be shown again.
    this.#end({ type: "closed", by: offered ? "user" : "service" });
  }

  update(request: NotificationRequest): void {
    this.#request = request;
    if (this.#shown !== null) this.draw({ isNew: false });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#options.gone();
    this.#withdraw();
  }

  #end(event: NotificationEvent): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#options.gone();
    // The Action Center keeps a toast that has left the screen; there its buttons would do nothing.
    this.#withdraw();
    this.#options.tell(event);
  }

  /** Its listeners first, so that our own closing is never taken for the person's wish. */
  #withdraw(): void {
    this.#shown?.removeAllListeners();
    this.#shown?.close();
  }
}
