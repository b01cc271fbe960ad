import { describe, expect, it } from "vitest";
import {
  challenge,
  error,
  html,
  json,
  links,
  POOL,
  ScriptedServer,
  TOKEN_PATH,
} from "../testing/servers/scripted-server.ts";
import { last, PASSWORD, signIn } from "../testing/signed-in.ts";

describe("a pool behind a balancer of loads", () => {
  it("finds the client's requests at the front end that has its application, by the cookie that it set", async () => {
    const server = new ScriptedServer();
    const cookies: (string | undefined)[] = [];
    server.intercept = ({ url, headers, method }) => {
      if (!url.startsWith(`${POOL}/ucwa/`)) return undefined;
      if (url.endsWith("/applications")) {
        if (headers["Authorization"] === undefined) return undefined;
        const application = {
          rel: "application",
          ...links({ self: server.base, events: `${server.base}/events?ack=1` }),
          _embedded: {
            me: { rel: "me", ...links({ makeMeAvailable: `${server.base}/me/makeMeAvailable` }) },
          },
        };
        return json(201, application, { "Set-Cookie": "balancer=front-end-1; Path=/; Secure; HttpOnly" });
      }
      cookies.push(headers["Cookie"]);
      if (headers["Cookie"] === "balancer=front-end-1") return undefined;
      return method === "DELETE" ? undefined : error(404, "NotFound", "ApplicationNotFound");
    };
    const { clock, session, names } = signIn(server);
    await clock.settle();
    expect(names().at(-1)).toBe("online");
    await session.signOut();
    expect(cookies.length).toBeGreaterThan(2);
    expect(new Set(cookies)).toEqual(new Set(["balancer=front-end-1"]));
    server.application = 2;
    session.start();
    await clock.settle();
    const afterwards = server.requests.findLast(({ url }) =>
      url.endsWith("/user?originalDomain=contoso.example"),
    );
    expect(afterwards?.headers["Cookie"]).toBeUndefined();
  });
});

describe("a fault of something that was handed in", () => {
  it("is told, and the sign-in is tried again", async () => {
    const server = new ScriptedServer();
    let faults = 2;
    const { clock, session, states, logged } = signIn(server, {
      password: async () => {
        if (faults-- > 0) throw new TypeError("of a keyring");
        return PASSWORD;
      },
    });
    await clock.settle();
    expect(last(states)).toMatchObject({
      name: "reconnecting",
      reason: "fault",
      detail: "Something in Doorbell failed.",
      technical: "TypeError",
    });
    expect(logged).toContain('session fault {"error":"TypeError"}');
    await clock.advance(10_000);
    expect(last(states).name).toBe("online");
    await session.signOut();
    expect(last(states).name).toBe("signedOut");
  });
});

describe("signing out", () => {
  it(
    "deletes the application, leaves nothing waiting and nothing parked",
    { tags: ["delete-application"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, session, names, seen } = signIn(server);
      await clock.settle();
      await session.signOut();
      expect(server.sent("DELETE", server.base)).toHaveLength(1);
      expect(names().at(-1)).toBe("signedOut");
      expect(seen).toEqual(["1 ended"]);
      expect(clock.pending).toBe(0);
    },
  );

  it("is not held up by a server that does not answer", async () => {
    const server = new ScriptedServer();
    const { clock, session, names } = signIn(server);
    await clock.settle();
    server.intercept = ({ method }) =>
      method === "DELETE" ? new Promise<never>(() => undefined) : undefined;
    const done = session.signOut();
    await clock.advance(3_000);
    await done;
    expect(names().at(-1)).toBe("signedOut");
  });

  it("works in the middle of signing in", async () => {
    const server = new ScriptedServer();
    server.intercept = () => new Promise<never>(() => undefined);
    const { clock, session, names } = signIn(server);
    await clock.settle();
    await session.signOut();
    expect(names()).toEqual(["discovering", "signedOut"]);
    expect(clock.pending).toBe(0);
  });
});

describe("secrets", () => {
  it("are kept from the log by a search for the server too: it names no domain", async () => {
    const server = new ScriptedServer();
    server.intercept = () => html(404);
    const { clock, logged } = signIn(server, { server: null });
    await clock.advance(60_000);
    expect(logged.join("\n")).toContain("discovery name failed");
    expect(logged.join("\n")).not.toContain("contoso");
  });

  it(
    "reach neither the log nor any state, and a token no address and no body",
    { tags: ["token-secret"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, session, states, logged } = signIn(server);
      await clock.settle();
      server.kill();
      server.revokeTokens();
      session.tryNow();
      await clock.advance(10_000);
      server.intercept = ({ url }) =>
        url.includes(TOKEN_PATH) ? json(400, { error: "invalid_grant" }) : challenge(POOL);
      session.tryNow();
      await clock.advance(10_000);
      await session.signOut();
      const sent = server.requests.map(({ url, body }) => url + body).join("\n");
      expect(sent).not.toContain("cwt=");
      const told = JSON.stringify(states) + logged.join("\n");
      expect(told).not.toContain("cwt=");
      expect(told).not.toContain(PASSWORD);
      expect(told).not.toContain("tosh@");
      expect(states.some((state) => state.name === "attention")).toBe(true);
    },
  );
});
