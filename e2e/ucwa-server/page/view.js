// Draws the server's state. Texts come from people and clients: they are only ever set as text.

import { drawConversations } from "./conversations.js";
import { byId, element, setText, time } from "./elements.js";

const shownRequests = 40;
const shownBreaches = 20;

/** Draws everything. `act(path, body)` is called by the buttons. */
export function draw(state, now, act) {
  drawUsers(state);
  drawConversations(state, now, act);
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
  const shown = users.find(({ uri }) => uri === select.value)?.presence;
  document.querySelector("select[name=presence]").value = shown?.availability ?? "Online";
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
