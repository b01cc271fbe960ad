import type { NotificationRequest } from "./notification-service.ts";

/** What a click on a toast says of itself: the form that Electron gives its own toasts, so that its events go on. */
export interface ToastActivation {
  readonly tag: string;
  /** The key of the button; null for the toast itself. */
  readonly key: string | null;
}

/**
 * A Windows toast with our buttons that stays and rings until it is answered, without a "Close" beside them; one in
 * passing goes to the Action Center as others do.
 * `sound`: not when only its text changes. Reference: toast schema, `scenario="incomingCall"`.
 */
export function windowsToastXml(request: NotificationRequest, tag: string, sound: boolean): string {
  const buttons = request.actions.map(({ key, label }, index) => {
    const style = key === "accept" ? "Success" : "Critical";
    // The key besides the place: what stands there now may be another button than the one that was pressed.
    const fields = `type=action&action=${index}&tag=${tag}&key=${encodeURIComponent(key)}`;
    return `<action content="${escape(label)}" arguments="${escape(fields)}" activationType="foreground" hint-buttonStyle="${style}"/>`;
  });
  const lines = [request.summary, ...request.body.split("\n")].slice(0, 3);
  const scenario = request.passing ? "" : ` scenario="incomingCall"`;
  const ring = request.passing ? "" : `<audio src="ms-winsoundevent:Notification.Looping.Call" loop="true"/>`;
  return [
    `<toast${scenario} useButtonStyle="true" activationType="foreground" launch="${escape(`type=click&tag=${tag}`)}">`,
    `<visual><binding template="ToastGeneric">${lines.map((line) => `<text>${escape(line)}</text>`).join("")}</binding></visual>`,
    sound ? ring : `<audio silent="true"/>`,
    `<actions>${buttons.join("")}</actions>`,
    `</toast>`,
  ].join("");
}

/** Reads the arguments that a toast of ours comes back with; null when they are none of ours. */
export function readToastActivation(text: string): ToastActivation | null {
  const fields = new URLSearchParams(text);
  const tag = fields.get("tag");
  const type = fields.get("type");
  if (tag === null || tag === "") return null;
  if (type === "click") return { tag, key: null };
  const key = fields.get("key") ?? "";
  return type === "action" && key !== "" ? { tag, key } : null;
}

function escape(text: string): string {
  return (
    text
      .toWellFormed()
      // oxlint-disable-next-line no-control-regex -- XML 1.0 cannot hold them, escaped or not
      .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
  );
}
