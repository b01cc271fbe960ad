// Every call in either direction, with its conversation.

import { chat, fillChat } from "./chat.js";
import { byId, element, setText } from "./elements.js";

/**
 * What each state is called, and its tone.
 * @type {Record<string, [words: string, tone: string]>}
 */
const states = {
  ringing: ["Ringing", "is-waiting"],
  calling: ["Rings here", "is-waiting"],
  connecting: ["Answered, connecting", "is-waiting"],
  inLobby: ["Waits in the lobby", "is-waiting"],
  connected: ["Connected", "is-good"],
  swallowed: ["Accepted, then silence", "is-bad"],
  declined: ["Declined", "is-bad"],
  failed: ["Came to nothing", "is-bad"],
  missed: ["Nobody answered", "is-bad"],
  cancelled: ["Caller gave up", ""],
  answeredElsewhere: ["Answered elsewhere", ""],
  forwarded: ["Forwarded", ""],
  ended: ["Ended otherwise", ""],
  over: ["Conversation ended", ""],
  lost: ["Signed out meanwhile", "is-bad"],
};

/** What a user's call that came to nothing ended in. */
const failures = { Declined: "Declined", Timeout: "Nobody answered", Unreachable: "Not reached" };

/** What the kinds are called; a conversation in writing is what goes without saying. */
const kinds = {
  onlineMeeting: "Meeting",
  phoneAudio: "Phone call",
  audioVideo: "Audio and video",
  unknown: "Unknown kind",
};

const shown = 20;

/** What is the same of all first words of users. */
const opening = { by: "user", format: "plain", status: "delivered", repeats: 0, missedBy: [] };

/** Draws the newest of them. `act(path, body)` asks the server to do something. */
export function drawConversations(state, now, act) {
  const list = byId("invitations");
  const all = entriesOf(state).slice(0, shown);
  byId("no-invitations").hidden = all.length > 0;
  const rows = new Map([...list.children].map((row) => [row.dataset.id, row]));
  let next = list.firstElementChild;
  for (const entry of all) {
    const row = rows.get(entry.id) ?? rowOf(entry, act);
    rows.delete(entry.id);
    if (row === next) next = next.nextElementSibling;
    else list.insertBefore(row, next);
    fillRow(row, entry, now);
  }
  for (const row of rows.values()) row.remove();
}

/**
 * Calls in both directions as one list, newest first. What only adds to a conversation has a row of its own while it
 * waits for an answer, which nobody gives in a meeting.
 */
function entriesOf({ invitations, outgoing, users }) {
  const isMeeting = ({ threadId }) =>
    invitations.some((one) => one.threadId === threadId && one.details.kind === "onlineMeeting");
  // What a user has called with is no message on this side; it stands at the head of what is said.
  const firstWords = (one) =>
    one.words === null || !["connected", "over"].includes(one.state)
      ? []
      : [{ ...opening, at: one.startedAt, text: one.words, from: { uri: one.from, name: nameOf(one.from) } }];
  const nameOf = (uri) => users.find((user) => user.uri === uri)?.name ?? uri;
  const betweenUsers = new Set(outgoing.map(({ rang }) => rang));
  const incoming = invitations.map((one) => ({
    ...one,
    path: `invitations/${one.id}`,
    words: one.message,
    kind: kinds[one.details.kind],
    other: one.anonymous ? "Somebody anonymous" : one.caller.name || one.caller.uri,
    behalf: one.onBehalfOf ? `, on behalf of ${one.onBehalfOf.name}` : "",
    user: one.to.name,
    said: [
      ...one.said,
      ...outgoing.filter(({ joins, threadId }) => joins && threadId === one.threadId).flatMap(firstWords),
    ].toSorted((a, b) => a.at - b.at),
    isOutgoing: false,
    isWatched: betweenUsers.has(one.id),
  }));
  const own = outgoing
    .filter((one) => one.rang === null && (!one.joins || (one.state === "calling" && !isMeeting(one))))
    .map((one) => ({
      ...one,
      path: `outgoing/${one.id}`,
      other: (one.acceptedBy ?? one.to).name,
      behalf: "",
      said: [...firstWords(one), ...one.said],
      user: nameOf(one.from),
      isOutgoing: true,
      isWatched: false,
    }));
  return [...incoming, ...own].toSorted((a, b) => b.startedAt - a.startedAt);
}

function inWords(entry, now) {
  const [text] = states[entry.state] ?? [entry.state];
  if (entry.state === "failed") return failures[entry.subcode] ?? `${text}: ${entry.subcode}`;
  if (entry.state !== "ringing" && entry.state !== "calling") return text;
  return `${text} ${Math.max(0, Math.floor((now - entry.startedAt) / 1000))} s`;
}

function rowOf(entry, act) {
  const row = element("li", "");
  row.dataset.id = entry.id;
  const [from, to] = entry.isOutgoing ? [entry.user, entry.other] : [entry.other, entry.user];
  row.append(
    element("p", "who", `${from}${entry.behalf} → ${to}`),
    element("span", "state"),
    element("p", "what"),
    chat(entry, act),
  );
  const actions = element("div", "actions");
  for (const [name, label, path, body] of buttonsOf(entry)) {
    const button = element("button", name === "answer" ? "good-button" : "", label);
    button.type = "button";
    button.dataset.action = name;
    // What a screen reader says names the call too: there may be several.
    button.setAttribute("aria-label", `${label}: ${from} to ${to}`);
    button.addEventListener("click", () => act(`${entry.path}/${path}`, body));
    actions.append(button);
  }
  row.append(actions);
  return row;
}

/**
 * The buttons of a call: their names, what stands on them, and what they ask for.
 * @returns {[name: string, label: string, path: string, body?: object][]}
 */
function buttonsOf({ isOutgoing }) {
  if (isOutgoing)
    return [
      ["answer", "Answer", "answer", {}],
      ["decline", "Decline", "fail", { subcode: "Declined" }],
      ["hangUp", "Hang up", "hangUp"],
    ];
  return [
    ["cancel", "Give up", "cancel"],
    ["phone", "Answer the phone", "answerPhone"],
    ["admit", "Let in", "admit"],
    ["elsewhere", "Answer elsewhere", "answerElsewhere"],
    ["hangUp", "Hang up", "cancel"],
  ];
}

/** What it is about; the first words only until they are in the conversation. */
function about({ kind, importance, subject, words, said }) {
  const told = [kind, importance === "Normal" ? "" : importance, subject, said.length > 0 ? "" : words];
  return told.filter(Boolean).join(" · ") || (said.length > 0 ? "" : "Without a message");
}

function fillRow(row, entry, now) {
  const what = about(entry);
  setText(row.querySelector(".what"), what);
  row.querySelector(".what").hidden = what === "";
  const badge = row.querySelector(".state");
  const text = inWords(entry, now);
  setText(badge, text);
  if (row.dataset.state !== entry.state) {
    const isNews = row.dataset.state !== undefined || ["ringing", "calling"].includes(entry.state);
    row.dataset.state = entry.state;
    badge.className = `state ${states[entry.state]?.[1] ?? ""}`;
    if (isNews) setText(byId("announcements"), `${row.querySelector(".who").textContent}: ${text}`);
  }
  fillChat(row.querySelector(".chat"), entry, now);
  const { state, isWatched } = entry;
  const offered = {
    answer: state === "calling",
    decline: state === "calling",
    cancel: !isWatched && ["ringing", "connecting", "inLobby"].includes(state),
    phone: state === "ringing" && entry.details?.kind === "phoneAudio",
    admit: state === "inLobby",
    elsewhere: !isWatched && state === "ringing",
    hangUp: !isWatched && state === "connected",
  };
  const buttons = [...row.querySelectorAll(".actions button")];
  for (const button of buttons) {
    const hidden = !offered[button.dataset.action];
    if (hidden && button === document.activeElement) focusInstead(row);
    button.hidden = hidden;
  }
  row.querySelector(".actions").hidden = buttons.every(({ hidden }) => hidden);
}

/** Whoever uses the keyboard must not be thrown back to the top of the page. */
function focusInstead(row) {
  const field = row.querySelector(".composer:not([hidden]) input");
  (field ?? document.querySelector("button.primary")).focus();
}
