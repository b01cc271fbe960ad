import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { Message, sessionBus } from "@particle/dbus-next";
import { jpeg } from "../../../main/people/testing/pictures.ts";
import { Channel } from "../channel.ts";
import { links, invitationBody } from "../packages.ts";
import { answer, serveRaw, type RawRequest } from "../raw-http.ts";
import type { Command, Report } from "../server.ts";
import { nowMicros } from "../time.ts";

// The other side of every measurement, in a process of its own: a server that says no more than the client has to
// hear, and a notification service that notes when it was called.

const channels = new Map<string, Channel>();
let applications = 100_000;
let origin = "";
let pool = "";

const [front, back] = await Promise.all([listen(), listen()]);
[origin, pool] = [front, back];
report({ type: "listening", root: `${origin}/`, pool });
process.on("message", (command: Command) => void obey(command));
process.on("disconnect", () => process.exit(0));

async function listen(): Promise<string> {
  const server = createServer((socket) => serveRaw(socket, (request) => respond(socket, request)));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port }: AddressInfo = Object(server.address());
  return `http://127.0.0.1:${port}`;
}

async function obey(command: Command): Promise<void> {
  switch (command.do) {
    case "emit":
      channelOf(command.base).emit(command.packages, command.held, (sentAt) => {
        if (command.told) report({ type: "sent", sentAt });
      });
      if (command.held) report({ type: "prepared" });
      return;
    case "release":
      channelOf(command.base).release();
      return;
    case "tellApplication": {
      const base = `/ucwa/oauth/v1/applications/${applications}`;
      report({ type: "application", base, parked: channelOf(base).isParked });
      return;
    }
    case "takeNotifications":
      await takeNotifications(command.address);
      report({ type: "prepared" });
      return;
  }
}

function respond(socket: Socket, request: RawRequest): void {
  const { method, path, authorized } = request;
  const receivedAt = { "X-Received": nowMicros() };
  const json = (status: number, body: object) => answer(socket, status, JSON.stringify(body));
  if (path === "/") return json(200, { _links: links({ user: `${origin}/user` }) });
  if (path === "/token") {
    return json(200, {
      access_token: "cwt=AAEBHAEFAAAAAAAFFQAAAbench",
      token_type: "Bearer",
      expires_in: 28_800,
    });
  }
  if (!authorized) return challenge(socket);
  if (path === "/user")
    return json(200, { _links: links({ applications: `${pool}/ucwa/oauth/v1/applications` }) });
  if (path === "/ucwa/oauth/v1/applications") return json(201, application(++applications));
  const [, base = "", rest = ""] = /^(\/ucwa\/oauth\/v1\/applications\/\d+)(.*)$/.exec(path) ?? [];
  if (method === "GET" && rest.startsWith("/events")) return channelOf(base).park(socket);
  if (method === "GET" && rest === "/me") return json(200, me(base));
  const invitation = /^\/communication\/messagingInvitations\/(\d+)$/.exec(rest);
  if (method === "GET" && invitation) return json(200, invitationBody(base, Number(invitation[1])));
  const who = /^\/people\/(\w+-\d+@[\w.]+)$/.exec(rest)?.[1];
  if (who !== undefined)
    return json(200, { rel: "contact", _links: links({ contactPhoto: `${base}/photos/${who}` }) });
  const photo = /^\/photos\/(\w+)-/.exec(rest)?.[1];
  if (photo !== undefined) return answerPhoto(socket, photo);
  if (method === "DELETE") channels.delete(base);
  // Whatever is posted is taken.
  return answer(socket, method === "GET" ? 404 : 204, "", receivedAt);
}

const PICTURE = Buffer.concat([jpeg(96, 96), Buffer.alloc(5_000)]);
const HUGE = Buffer.concat([jpeg(96, 96), Buffer.alloc(4 * 1024 * 1024)]);

function answerPhoto(socket: Socket, photo: string): void {
  const type = { "Content-Type": "image/jpeg" };
  if (photo === "shown") answer(socket, 200, PICTURE, type);
  if (photo === "huge") answer(socket, 200, HUGE, type);
  if (photo === "absent") answer(socket, 404, JSON.stringify({ code: "NotFound" }));
  if (photo === "forbidden") answer(socket, 403, JSON.stringify({ code: "Forbidden" }));
}

function challenge(socket: Socket): void {
  const { localPort } = socket;
  const href = `http://127.0.0.1:${localPort}/token`;
  answer(socket, 401, "", {
    "WWW-Authenticate": `Bearer trusted_issuers="bench", client_id="bench", MsRtcOAuth href="${href}",grant_type="password"`,
  });
}

function application(number: number): object {
  const base = `/ucwa/oauth/v1/applications/${number}`;
  return {
    rel: "application",
    culture: "en-US",
    userAgent: "bench",
    _links: links({ self: base, policies: `${base}/policies`, events: `${base}/events?ack=0000001` }),
    _embedded: {
      me: {
        rel: "me",
        name: "Ben Summer",
        uri: "sip:ben@bench.example",
        _links: links({ self: `${base}/me`, makeMeAvailable: `${base}/me/makeMeAvailable` }),
      },
    },
  };
}

function me(base: string): object {
  return {
    rel: "me",
    name: "Ben Summer",
    uri: "sip:ben@bench.example",
    _links: links({ self: `${base}/me`, reportMyActivity: `${base}/me/reportMyActivity` }),
  };
}

function channelOf(base: string): Channel {
  const channel = channels.get(base) ?? new Channel(base);
  channels.set(base, channel);
  return channel;
}

async function takeNotifications(address: string): Promise<void> {
  const bus = sessionBus({ busAddress: address, authMethods: ["EXTERNAL"] });
  const name = "org.freedesktop.Notifications";
  let last = 0;
  bus.addMethodHandler((call: Message) => {
    if (call.interface !== name) return false;
    const receivedAt = nowMicros();
    bus.send(Message.newMethodReturn(call, ...replyTo(call.member, () => ++last)));
    if (rings(call)) report({ type: "notified", receivedAt });
    return true;
  });
  await bus.requestName(name, 0);
}

/** What was missed is told as well, without buttons. */
function rings({ member, body }: Message): boolean {
  const actions: unknown = body[5];
  return member === "Notify" && Array.isArray(actions) && actions.includes("accept");
}

function replyTo(member: string, nextId: () => number): [signature?: string, body?: unknown[]] {
  switch (member) {
    case "GetServerInformation":
      return ["ssss", ["Bench", "Doorbell", "1.0", "1.2"]];
    case "GetCapabilities":
      return ["as", [["actions", "body", "body-markup"]]];
    case "Notify":
      return ["u", [nextId()]];
    default:
      return [];
  }
}

function report(message: Report): void {
  process.send?.(message);
}
