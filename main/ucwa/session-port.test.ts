import { describe, it } from "vitest";
import { APPLICATION, INVITATION, resource, snapshot } from "../testing/invitation-events.ts";
import { conflict, found, gone, refused, taken, unreachable } from "../testing/rig.ts";
import { error, html, json, POOL, ScriptedServer } from "../testing/servers/scripted-server.ts";
import { ScriptedSession } from "../testing/scripted-session.ts";
import { photoBehaviours } from "../testing/behaviours/photo-behaviours.ts";
import {
  inWords,
  sessionBehaviours,
  type Say,
  type SessionStand,
} from "../testing/behaviours/session-behaviours.ts";
import { signedIn } from "../testing/signed-in.ts";
import { VirtualClock } from "../testing/virtual-clock.ts";
import type { CommandOutcome, InvitationLookup, PhotoLookup, ResourceLookup } from "./session-port.ts";

const silence = (): Promise<never> => new Promise(() => {});

const POSTS: Readonly<Record<Say, () => Promise<CommandOutcome>>> = {
  taken,
  made: () => Promise.resolve({ outcome: "taken", location: `${INVITATION}9` }),
  found: taken,
  gone,
  conflict,
  refused: refused(403),
  unreachable,
  silence,
};
const GETS: Readonly<
  Record<Say, { lookUp: () => Promise<InvitationLookup>; read: () => Promise<ResourceLookup> }>
> = {
  taken: { lookUp: unreachable, read: unreachable },
  made: { lookUp: unreachable, read: unreachable },
  found: {
    lookUp: found(snapshot()),
    read: () => Promise.resolve({ outcome: "found", resource: resource({}) }),
  },
  gone: { lookUp: gone, read: gone },
  conflict: { lookUp: unreachable, read: unreachable },
  refused: { lookUp: refused(403), read: refused(403) },
  unreachable: { lookUp: unreachable, read: unreachable },
  silence: { lookUp: silence, read: silence },
};

const PHOTO = `${APPLICATION}/photos/ada@example.test`;
const ETAG = '"1"';
const FRESH_MS = 3_600_000;

function photoLookup(said: Say, etag: string | null): Promise<PhotoLookup> {
  switch (said) {
    case "found":
      return Promise.resolve(
        etag === ETAG
          ? { outcome: "unchanged", freshForMs: FRESH_MS }
          : { outcome: "found", bytes: Uint8Array.of(1), etag: ETAG, freshForMs: FRESH_MS },
      );
    case "gone":
    case "refused":
      return Promise.resolve({ outcome: "none" });
    case "silence":
      return silence();
    default:
      return unreachable();
  }
}

async function scripted(): Promise<SessionStand> {
  const clock = new VirtualClock();
  const told: string[] = [];
  const sent: string[] = [];
  const session = new ScriptedSession(clock, {
    stateChanged: (state) => told.push(inWords(state)),
    generationEnded: (generation) => told.push(`ended ${generation}`),
  });
  let said: Say = "silence";
  session.onPost = () => {
    sent.push("POST");
    return POSTS[said]();
  };
  session.onSend = () => {
    sent.push("POST");
    return POSTS[said]();
  };
  session.onDelete = () => {
    sent.push("DELETE");
    return POSTS[said]();
  };
  session.onLookUp = () => {
    sent.push("GET");
    return GETS[said].lookUp();
  };
  session.onRead = () => {
    sent.push("GET");
    return GETS[said].read();
  };
  session.onPhoto = (_href, etag) => {
    sent.push("GET");
    return photoLookup(said, etag);
  };
  return {
    session,
    clock,
    timers: () => clock.pending,
    resource: INVITATION,
    photo: PHOTO,
    say: (answer) => (said = answer),
    sent: () => sent,
    told: () => told,
    lose: async () => session.lose(),
    recover: async () => session.recover(),
  };
}

const ANSWERS: Readonly<Record<Say, () => Response | Promise<never>>> = {
  taken: () => new Response(null, { status: 204 }),
  made: () => new Response(null, { status: 201, headers: { Location: "/calls/7" } }),
  found: () => json(200, { rel: "messagingInvitation" }),
  gone: () => error(404, "NotFound", "ResourceNotFound"),
  conflict: () => error(409, "Conflict", "None"),
  refused: () => error(403, "Forbidden", "None"),
  unreachable: () => html(503),
  silence,
};

function pictureAnswer(etag: string | undefined): Response {
  const headers = {
    ETag: ETAG,
    Date: new Date(0).toUTCString(),
    Expires: new Date(FRESH_MS).toUTCString(),
    "Content-Type": "image/jpeg",
  };
  return etag === ETAG
    ? new Response(null, { status: 304, headers })
    : new Response(Uint8Array.of(0xff, 0xd8), { headers });
}

async function real(): Promise<SessionStand> {
  const server = new ScriptedServer();
  const { clock, session, told } = await signedIn(server);
  const href = `${POOL}${server.base}/resource`;
  // A message that is sent carries its operation id in the query.
  const isOf = (url: string): boolean => url === href || url === `${href}?operationId=7%20%26%208`;
  const photo = `${POOL}${server.base}/photos/ada@example.test`;
  const isPhoto = (url: string): boolean => url.startsWith(photo);
  let said: Say = "silence";
  let away = false;
  server.intercept = (request) => {
    if (isPhoto(request.url) && said === "found") return pictureAnswer(request.headers["If-None-Match"]);
    if (isOf(request.url) || isPhoto(request.url)) return ANSWERS[said]();
    return away && request.url.endsWith("/applications") ? html(503) : undefined;
  };
  const before = told.length;
  return {
    session,
    clock,
    timers: () => clock.pending,
    resource: href,
    photo,
    say: (answer) => (said = answer),
    sent: () => server.requests.filter(({ url }) => isOf(url) || isPhoto(url)).map(({ method }) => method),
    told: () => told.slice(before),
    lose: async () => {
      away = true;
      server.kill();
      session.tryNow();
      await clock.advance(2_000);
    },
    recover: async () => {
      away = false;
      session.tryNow();
      // An application that died young has its successor prove itself.
      await clock.advance(2_000);
    },
  };
}

describe.each([
  ["the session", real],
  ["the session that tests script", scripted],
])("%s", (_name, stand) => {
  it.each([...sessionBehaviours, ...photoBehaviours].map(({ name, run }) => [name, run] as const))(
    "%s",
    async (_behaviour, run) => {
      await run(await stand());
    },
  );
});
