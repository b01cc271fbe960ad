import { ipcRenderer } from "electron";

import type {
  Answer,
  LocaleView,
  PushChannels,
  RequestChannel,
  RequestOf,
  ResponseOf,
  StateChannel,
} from "./contract.ts";

/** Asks main once. Never rejects: what a rejection of Electron's quotes is nothing for a page. */
export async function ask<Name extends RequestChannel>(
  channel: Name,
  request: RequestOf<Name>,
): Promise<Answer<ResponseOf<Name>>> {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- main's router answers with this type, or does not compile
    return (await ipcRenderer.invoke(channel, request)) as Answer<ResponseOf<Name>>;
  } catch {
    // In the language of the page, by main, which cannot be asked now.
    return { ok: false, error: { code: "failed", message: decodeURIComponent(argument("unanswered")) } };
  }
}

/** Tells the present state, then every later one; states that overtake each other are put in order by their number. */
export function follow<Name extends StateChannel, State extends PushChannels[Name]["payload"]>(
  push: Name,
  read: () => Promise<Answer<State>>,
  listener: (state: State) => void,
): () => void {
  let revision = -1;
  let following = true;
  const take = (state: State): void => {
    if (!following || state.revision <= revision) return;
    revision = state.revision;
    listener(state);
  };
  const onPush = (_event: unknown, state: State): void => take(state);
  ipcRenderer.on(push, onPush);
  void read().then((answer) => {
    if (answer.ok) take(answer.value);
  });
  return () => {
    following = false;
    ipcRenderer.off(push, onPush);
  };
}

/** Tells main of every change of the network: Electron tells pages alone. */
export function tellOfNetwork(): void {
  const tell = (): void => void ask("network.changed", null);
  window.addEventListener("online", tell);
  window.addEventListener("offline", tell);
}

/** Tells each time that the window came up or was moved by the program. */
export function onPlaced(listener: () => void): () => void {
  const channel: keyof PushChannels = "window.placed";
  const onPush = (): void => listener();
  ipcRenderer.on(channel, onPush);
  return () => {
    ipcRenderer.off(channel, onPush);
  };
}

/** What main has said about the page's language when it made the window. */
export function locale(): LocaleView {
  const [language, region] = argument("locale").split(",");
  return { language: language === "de" || language === "en-XA" ? language : "en", region: region || "en" };
}

/** What main has given the page along when it made the window; the last counts, because that one is main's. */
function argument(name: string): string {
  const start = `--doorbell-${name}=`;
  return (process.argv.findLast((one) => one.startsWith(start)) ?? start).slice(start.length);
}
