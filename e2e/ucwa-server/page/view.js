// Draws the server's state. Texts come from people and clients: they are only ever set as text.

/**
 * What each state of an invitation is called, and its tone.
 * @type {Record<string, [words: string, tone: string]>}
 */
const states = {
  ringing: ["Ringing", "is-waiting"],
  connecting: ["Answered, connecting", "is-waiting"],
  inLobby: ["Waits in the lobby", "is-waiting"],
  connected: ["Connected", "is-good"],
  swallowed: ["Accepted, then silence", "is-bad"],
  declined: ["Declined", "is-bad"],
  missed: ["Nobody answered", "is-bad"],
  cancelled: ["Caller gave up", ""],
  answeredElsewhere: ["Answered elsewhere", ""],
  forwarded: ["Forwarded", ""],
  ended: ["Ended otherwise", ""],
  over: ["Conversation ended", ""],
  lost: ["Signed out meanwhile", "is-bad"],
};

/** What the kinds are called; a conversation in writing is what goes without saying. */
const kinds = {
  onlineMeeting: "Meeting",
  phoneAudio: "Phone call",
  audioVideo: "Audio and video",
  unknown: "Unknown kind",
};

const shownInvitations = 20;
const shownRequests = 40;
const shownBreaches = 20;

const byId = (id) => document.getElementById(id);

/** An invitation's state in words, with how long it has been ringing. */
export function words(invitation, now) {
  const text = states[invitation.state]?.[0] ?? invitation.state;
  if (invitation.state !== "ringing") return text;
  return `${text} ${Math.max(0, Math.floor((now - invitation.startedAt) / 1000))} s`;
}

/** Draws everything. `act(path)` is called by the buttons. */
export function draw(state, now, act) {
  drawUsers(state);
  drawInvitations(state.invitations.slice(-shownInvitations).toReversed(), now, act);
  drawBreaches(state);
  drawRequests(state.requests.slice(-shownRequests).toReversed());
}

function drawUsers({ users, origins }) {
  const select = document.querySelector("select[name=to]");
  const signedIn = users.filter((user) => user.endpoints > 0);
  byId("nobody").hidden = signedIn.length > 0;
  setText(byId("root"), `${origins.discovery}/`);
  const known = new Map([...select.options].map((option) => [option.value, option]));
  for (const user of users) {
    const option = known.get(user.uri) ?? select.appendChild(new Option("", user.uri));
    const where = user.endpoints > 1 ? `signed in, ${user.endpoints} times` : "signed in";
    setText(option, `${user.name} – ${user.endpoints > 0 ? where : "not signed in"}`);
    option.title = user.uri;
  }
  // Until someone chooses, the choice follows whoever is there to be rung.
  if (!select.dataset.chosen && signedIn[0] && !signedIn.some((user) => user.uri === select.value))
    select.value = signedIn[0].uri;
}

function drawInvitations(invitations, now, act) {
  const list = byId("invitations");
  byId("no-invitations").hidden = invitations.length > 0;
  const rows = new Map([...list.children].map((row) => [row.dataset.id, row]));
  let next = list.firstElementChild;
  for (const invitation of invitations) {
    const row = rows.get(invitation.id) ?? invitationRow(invitation, act);
    rows.delete(invitation.id);
    if (row === next) next = next.nextElementSibling;
    else list.insertBefore(row, next);
    fillRow(row, invitation, now);
  }
  for (const row of rows.values()) row.remove();
}

function invitationRow(invitation, act) {
  const row = document.createElement("li");
  row.dataset.id = invitation.id;
  const behalf = invitation.onBehalfOf ? `, on behalf of ${invitation.onBehalfOf.name}` : "";
  const caller = invitation.anonymous
    ? "Somebody anonymous"
    : invitation.caller.name || invitation.caller.uri;
  const importance = invitation.importance === "Normal" ? [] : [invitation.importance];
  row.append(
    element("p", "who", `${caller}${behalf} → ${invitation.to.name}`),
    element("span", "state", ""),
    element(
      "p",
      "what",
      [kinds[invitation.details.kind], ...importance, invitation.subject, invitation.message]
        .filter(Boolean)
        .join(" · ") || "Without a message",
    ),
  );
  const actions = element("div", "actions", "");
  const button = (name, label, path) => {
    const one = element("button", "", label);
    one.type = "button";
    one.dataset.action = name;
    // What a screen reader says names the invitation too: there may be several.
    one.setAttribute("aria-label", `${label}: ${caller} to ${invitation.to.name}`);
    one.addEventListener("click", () => act(`invitations/${invitation.id}/${path}`));
    actions.append(one);
  };
  button("cancel", "Give up", "cancel");
  button("phone", "Answer the phone", "answerPhone");
  button("admit", "Let in", "admit");
  button("elsewhere", "Answer elsewhere", "answerElsewhere");
  button("hangUp", "Hang up", "cancel");
  row.append(actions);
  return row;
}

function fillRow(row, invitation, now) {
  const badge = row.querySelector(".state");
  const text = words(invitation, now);
  setText(badge, text);
  if (row.dataset.state !== invitation.state) {
    const isNews = row.dataset.state !== undefined || invitation.state === "ringing";
    row.dataset.state = invitation.state;
    badge.className = `state ${states[invitation.state]?.[1] ?? ""}`;
    if (isNews) setText(byId("announcements"), `${row.querySelector(".who").textContent}: ${text}`);
  }
  const shown = {
    cancel: ["ringing", "connecting", "inLobby"].includes(invitation.state),
    phone: invitation.state === "ringing" && invitation.details.kind === "phoneAudio",
    admit: invitation.state === "inLobby",
    elsewhere: invitation.state === "ringing",
    hangUp: invitation.state === "connected",
  };
  for (const button of row.querySelectorAll("button")) {
    const hidden = !shown[button.dataset.action];
    // Whoever uses the keyboard must not be thrown back to the top of the page.
    if (hidden && button === document.activeElement) document.querySelector("button.primary").focus();
    button.hidden = hidden;
  }
  row.querySelector(".actions").hidden = !Object.values(shown).some(Boolean);
}

function drawBreaches({ breaches, breachCount }) {
  byId("no-breaches").hidden = breachCount > 0;
  byId("breach-count").hidden = breachCount === 0;
  setText(byId("breach-count"), String(breachCount));
  byId("breaches").replaceChildren(
    ...breaches
      .slice(-shownBreaches)
      .toReversed()
      .map((breach) => {
        const row = document.createElement("li");
        const title = element("p", "", "");
        title.append(element("strong", "", breach.rule), ` at ${time(breach.at)}`);
        const where = element("p", "", "");
        where.append(element("code", "", `${breach.method} ${shortened(breach.address)}`));
        row.append(title, element("p", "", breach.text), where);
        return row;
      }),
  );
}

function drawRequests(requests) {
  byId("no-requests").hidden = requests.length > 0;
  byId("requests-frame").hidden = requests.length === 0;
  const body = byId("requests");
  const newest = requests.map((one) => `${one.number}${one.status}`).join();
  // Unchanged rows are left alone, so that their text can be selected.
  if (body.dataset.shown === newest) return;
  body.dataset.shown = newest;
  body.replaceChildren(
    ...requests.map((request) => {
      const row = document.createElement("tr");
      const what = element("td", "", "");
      what.append(element("b", "", `${request.method} ${request.endpoint}`));
      what.append(
        element("small", "", [shortened(request.address), request.user].filter(Boolean).join(" · ")),
      );
      row.append(element("td", "", time(request.at)), what, element("td", "", answer(request)));
      return row;
    }),
  );
}

function answer({ status }) {
  if (status === null) return "waiting";
  return status === 0 ? "cut off" : String(status);
}

function shortened(address) {
  const url = new URL(address);
  return url.pathname.replace(/^\/ucwa\/oauth\/v1\/applications\//, "…/") + url.search;
}

function time(at) {
  return new Date(at).toLocaleTimeString([], { timeStyle: "medium", hourCycle: "h23" });
}

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

/** Setting the same text again would make screen readers repeat it and drop selections. */
function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}
