/*
 * A small UCWA client in a browser, written from the protocol alone: all that it asks goes through the cross-domain
 * frames of the server. It signs in, waits for an invitation, accepts it, and ends the conversation.
 */

const state = document.getElementById("state");
const buttons = Object.fromEntries(
  ["accept", "end", "sign-out"].map((id) => [id, document.getElementById(id)]),
);
const waiting = new Map();
const frames = new Map();
const tokens = new Map();
/** The links of what goes on now: an invitation's, then its conversation's. */
let current = {};
/** After that, the request that waits for events is answered that there is no application. */
let leaving = false;

window.addEventListener("message", ({ data, source }) => {
  if (![...frames.values()].some((frame) => frame.contentWindow === source)) return;
  const answer = JSON.parse(data);
  waiting.get(answer.messageId)?.(answer);
  waiting.delete(answer.messageId);
});

/** Embeds the frame of an origin. */
async function embed(address) {
  const { origin } = new URL(address);
  if (frames.has(origin)) return;
  const frame = document.createElement("iframe");
  frame.hidden = true;
  frame.src = address;
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
  document.body.append(frame);
  await loaded;
  frames.set(origin, frame);
}

/** Asks through the frame of the address's origin, with its token; asks for a token where one is wanted. */
async function ask(type, address, data, contentType = "application/json") {
  const answer = await send(type, address, data, contentType);
  if (answer.status !== 401) return read(answer);
  const service = /MsRtcOAuth href="([^"]+)"/.exec(answer.headers)[1];
  const { username, password } = Object.fromEntries(new FormData(document.getElementById("sign-in")));
  const form = String(new URLSearchParams({ grant_type: "password", username, password }));
  const token = read(await send("post", service, form, "application/x-www-form-urlencoded"));
  tokens.set(new URL(address).origin, token.access_token);
  return read(await send(type, address, data, contentType));
}

function send(type, address, data, contentType) {
  const { origin } = new URL(address);
  const messageId = crypto.randomUUID();
  const request = { accepts: "application/json", type, url: address, messageId, headers: {} };
  if (data !== undefined) Object.assign(request, { data, contentType });
  if (tokens.has(origin)) request.headers.Authorization = `Bearer ${tokens.get(origin)}`;
  return new Promise((resolve) => {
    waiting.set(messageId, resolve);
    frames.get(origin).contentWindow.postMessage(JSON.stringify(request), origin);
  });
}

function read({ status, statusText, headers, responseText }) {
  if (statusText !== "success") {
    const reason = /^X-Ms-diagnostics:.*reason="([^"]*)"/m.exec(headers)?.[1];
    throw new Error(`${status} ${reason ?? ""}`);
  }
  return responseText === "" ? null : JSON.parse(responseText);
}

async function signIn(server) {
  await embed(new URL("/xframe", server).href);
  const root = await ask("get", server);
  await embed(root._links.xframe.href);
  const user = await ask("get", root._links.user.href);
  await embed(user._links.xframe.href);
  const applications = user._links.applications.href;
  const identity = { culture: "en-US", userAgent: "WebClient/1", endpointId: crypto.randomUUID() };
  const application = await ask("post", applications, JSON.stringify(identity));
  const at = (link) => new URL(link.href, applications).href;
  const { makeMeAvailable } = application._embedded.me._links;
  await ask("post", at(makeMeAvailable), JSON.stringify({ supportedModalities: ["Messaging"] }));
  buttons.accept.addEventListener("click", () => void ask("post", at(current.accept)));
  buttons.end.addEventListener("click", () => void ask("delete", at(current.self)));
  buttons["sign-out"].addEventListener("click", () => {
    leaving = true;
    void ask("delete", at(application._links.self)).then(() => show("Signed out"));
  });
  show("Signed in", "sign-out");
  for (let next = application._links.events; next;) {
    const content = await ask("get", at(next));
    for (const { events = [] } of content.sender ?? []) for (const event of events) await heed(event, at);
    next = content._links.next ?? content._links.resync ?? content._links.resume;
  }
}

async function heed({ link, type, status, _embedded: embedded }, at) {
  if (link.rel === "messagingInvitation" && type === "started") {
    const invitation = embedded?.messagingInvitation ?? (await ask("get", at(link)));
    current = invitation._links;
    show(`${invitation._embedded.from.name} calls`, "accept");
  } else if (link.rel === "messagingInvitation" && type === "completed" && status === "Success") {
    current = (await ask("get", at(current.conversation)))._links;
    show("Connected", "end");
  } else if (link.rel === "conversation" && type === "deleted") show("Ended", "sign-out");
}

function show(text, ...usable) {
  state.textContent = text;
  for (const [id, button] of Object.entries(buttons)) button.disabled = !usable.includes(id);
}

document.getElementById("sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  signIn(new FormData(event.target).get("server")).catch((error) => {
    if (!leaving) show(`Failed: ${error.message}`);
  });
});
