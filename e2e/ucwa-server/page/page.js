import { drawTrouble, trouble } from "./trouble.js";
import { draw } from "./view.js";

const form = document.getElementById("invite");
const outcome = document.getElementById("outcome");
const link = document.getElementById("link");

let state = null;
/** The server's clock runs on between two answers; it may be moved, so it is asked, not assumed. */
let clockOffset = 0;

function redraw() {
  if (!state) return;
  draw(state, Date.now() + clockOffset, act);
  drawTrouble(state);
}

async function control(method, path, body) {
  const response = await fetch(`/_control/${path}`, {
    method,
    ...(body && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
  });
  if (response.ok) return;
  const { error } = await response.json();
  throw new Error(error);
}

function say(text, failed) {
  outcome.textContent = text;
  outcome.classList.toggle("failed", failed);
}

async function act(path, body) {
  try {
    await control("POST", path, body);
    say("", false);
  } catch (error) {
    say(error.message, true);
  }
}

function invitation() {
  const given = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
  return {
    to: given.to,
    kind: given.kind,
    from: { uri: given.uri, name: given.name },
    subject: given.subject,
    message: given.message === "" ? null : given.message,
    format: given.format,
    importance: given.importance,
    ...(given.onBehalfOf && { onBehalfOf: { uri: given.onBehalfOf } }),
  };
}

form.elements.to.addEventListener("change", (event) => {
  event.target.dataset.chosen = "yes";
  redraw();
});

form.elements.presence.addEventListener("change", ({ target }) => {
  const whose = encodeURIComponent(form.elements.to.value);
  control("PUT", `people/${whose}/presence`, { availability: target.value }).catch((error) =>
    say(error.message, true),
  );
});

/** Whoever calls from here can be found and called by the users, too; their calls ring on this page. */
async function beListed() {
  const [uri, name] = [form.elements.uri, form.elements.name].map(({ value }) => value.trim());
  await control("PUT", `people/${encodeURIComponent(uri)}`, { name: name || uri, answers: "ignore" });
}

async function invite() {
  try {
    await beListed();
    await control("POST", "invitations", invitation());
    say("It rings.", false);
  } catch (error) {
    say(error.message, true);
  }
}

trouble(control, (text) => say(text, true));

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void invite();
});

function linkState(text, tone) {
  if (link.textContent !== text) link.textContent = text;
  link.className = `pill ${tone}`;
}

async function follow() {
  let version = 0;
  for (;;) {
    try {
      const response = await fetch(`/_control/state?after=${version}`);
      if (!response.ok) throw new Error(String(response.status));
      state = await response.json();
      version = state.version;
      clockOffset = state.now - Date.now();
      linkState("Live", "is-good");
      redraw();
      // A busy server is not asked more than ten times a second.
      await new Promise((resolve) => setTimeout(resolve, 100));
    } catch {
      version = 0;
      linkState("Server stopped", "is-bad");
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

setInterval(() => {
  if (state && [...state.invitations, ...state.outgoing].some(isChanging)) redraw();
}, 500);
void beListed().catch((error) => say(error.message, true));
void follow();

/** Whether it looks otherwise by time alone: it rings, or a message waits. */
function isChanging({ state: standing, said }) {
  return ["ringing", "calling"].includes(standing) || said.some(({ status }) => status === "underWay");
}
