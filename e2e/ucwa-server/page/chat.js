// A conversation as its two sides see it: the people of this page at the left, the user at the right.

import { byId, element, setText, time } from "./elements.js";

/** How often the server is told that somebody is still typing; it forgets after ten seconds. */
const typingEveryMs = 5000;

/** A message that takes so long is worth a word. */
const patienceMs = 1500;

/** An empty chat of one call. `act(path, body)` asks the server to do something. */
export function chat(entry, act) {
  const box = element("div", "chat");
  const lines = element("ol", "lines");
  lines.setAttribute("aria-label", `Conversation of ${entry.other} and ${entry.user}`);
  lines.tabIndex = 0;
  box.append(lines, element("p", "typing"), composer(entry, act));
  return box;
}

function composer({ path, other }, act) {
  const form = element("form", "composer");
  form.autocomplete = "off";
  const field = element("input", "");
  field.maxLength = 5000;
  field.placeholder = `Write as ${other}`;
  field.setAttribute("aria-label", field.placeholder);
  const send = element("button", "", "Send");
  send.type = "submit";
  form.append(field, send);
  let toldAt = 0;
  field.addEventListener("input", () => {
    const begins = field.value !== "";
    if (begins && Date.now() - toldAt < typingEveryMs) return;
    toldAt = begins ? Date.now() : 0;
    void act(`${path}/typing`, { begins });
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text === "") return;
    field.value = "";
    toldAt = 0;
    void act(`${path}/messages`, { text });
  });
  return form;
}

/** Draws what was said and who is typing, and whether something can be said. */
export function fillChat(box, entry, now) {
  const lines = box.querySelector(".lines");
  const isAtEnd = lines.scrollHeight - lines.scrollTop - lines.clientHeight < 40;
  const before = lines.children.length;
  for (const [index, said] of entry.said.entries()) {
    const line = lines.children[index] ?? lines.appendChild(lineOf(said, entry.said[index - 1]));
    fillLine(line, said, now, entry);
  }
  if (isAtEnd && entry.said.length > before) lines.scrollTop = lines.scrollHeight;
  const last = entry.said.at(-1);
  if (before > 0 && entry.said.length > before && last.by === "user")
    setText(byId("announcements"), `${last.from.name}: ${last.text}`);
  lines.hidden = entry.said.length === 0;
  drawTyping(box.querySelector(".typing"), entry);
  const form = box.querySelector(".composer");
  form.hidden = entry.isWatched || entry.messaging !== "Connected";
  box.hidden = lines.hidden && form.hidden;
}

function lineOf({ by, from, text, format }, before) {
  const line = element("li", by === "user" ? "line is-user" : "line");
  const bubble = element("p", "bubble", text);
  bubble.dir = "auto";
  const goesOn = before?.by === by && before.from.uri === from.uri;
  const name = element("p", "name", goesOn ? "" : from.name || from.uri);
  if (format === "html") name.append(element("span", "tag", "HTML"));
  line.append(name, bubble, element("p", "fate"));
  return line;
}

function fillLine(line, said, now, entry) {
  line.classList.toggle("is-lost", said.status === "lost");
  setText(line.querySelector(".fate"), fateOf(said, now, entry));
}

function fateOf(said, now, { participants }) {
  const again = said.repeats > 0 ? ` · asked for ${said.repeats + 1} times, said once` : "";
  const at = time(said.at);
  switch (said.status) {
    case "lost":
      return said.by === "caller"
        ? `${at} · Lost: not fetched within 30\u00A0s${again}`
        : `${at} · Lost: it did not arrive${again}`;
    case "underWay":
      return now - said.at > patienceMs ? `${at} · not fetched yet${again}` : at + again;
    default: {
      const names = said.missedBy.map((uri) => participants.find((one) => one.uri === uri)?.name || uri);
      return at + again + (names.length > 0 ? ` · not received by ${names.join(", ")}` : "");
    }
  }
}

function drawTyping(row, { typing, user, participants, isWatched }) {
  const others = typing.others.map((uri) => participants.find((one) => one.uri === uri)?.name || uri);
  // What somebody of this page types is seen in the field already.
  const names = [...(typing.user ? [user] : []), ...(isWatched ? others : [])];
  row.hidden = names.length === 0;
  setText(row, names.length === 0 ? "" : `${names.join(" and ")} ${names.length > 1 ? "are" : "is"} typing`);
}
