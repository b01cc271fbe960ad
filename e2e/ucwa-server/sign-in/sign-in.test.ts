import { createHmac } from "node:crypto";
import { createMD4 } from "hash-wasm";
import { describe, expect, it } from "vitest";
import { memoryFetch } from "../http/memory-fetch.ts";
import { origins, reply, virtualServer } from "../testing/client.ts";
import type { Reply } from "../testing/client.ts";
import { demoUsers } from "./users.ts";

const md4 = await createMD4();
const json = { Accept: "application/json" };
const windows = { grant_type: "urn:microsoft.rtc:windows" };
const passive = { grant_type: "urn:microsoft.rtc:passive" };
const userPath = `${origins.discovery}/Autodiscover/AutodiscoverService.svc/root/oauth/user`;

function start(options: Parameters<typeof virtualServer>[0] = {}) {
  const server = virtualServer(options);
  const fetch = memoryFetch(server);
  const get = async (url: string, headers: Record<string, string> = json): Promise<Reply> =>
    reply(await fetch(url, { headers }));
  /** Reads the challenge and asks for a token. */
  const token = async (
    form: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Reply> => {
    const root = await get(`${origins.discovery}/`);
    const challenged = await get(root.json._links.user.href);
    const service = /href="([^"]+)"/.exec(challenged.headers.get("www-authenticate")!)![1]!;
    return reply(
      await fetch(service, {
        method: "POST",
        headers: { ...json, ...headers },
        body: new URLSearchParams(form),
      }),
    );
  };
  return { server, fetch, get, token };
}

async function whose({ get }: ReturnType<typeof start>, granted: Reply): Promise<number> {
  const authorization = { Authorization: `Bearer ${granted.json.access_token}` };
  return (await get(userPath, { ...json, ...authorization })).status;
}

describe("integrated sign-in (AuthenticationInUCWA: urn:microsoft.rtc:windows)", () => {
  const users = demoUsers.map((user) => ({ ...user, ticket: `ticket of ${user.name}` }));
  const ticket = `Negotiate ${Buffer.from("ticket of Ada Lindqvist").toString("base64")}`;

  it(
    "asks the HTTP layer for Negotiate or NTLM, in two lines and with a page",
    { tags: ["windows-negotiate", "challenge-others"] },
    async () => {
      const at = start({ users });
      const answer = await at.token(windows);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([401, "text/html"]);
      expect(answer.headers.get("www-authenticate")).toBe("Negotiate, NTLM");
      expect(at.server.control.breaches).toEqual([]);
    },
  );

  it(
    "takes the ticket of a user on the same request",
    { tags: ["grant-windows", "windows-negotiate"] },
    async () => {
      const at = start({ users });
      const granted = await at.token(windows, { Authorization: ticket });
      expect([granted.status, await whose(at, granted)]).toEqual([200, 200]);
      expect(at.server.control.breaches).toEqual([]);
    },
  );

  it("refuses a ticket that nobody has, and users without one", async () => {
    const wrong = `Negotiate ${Buffer.from("no ticket").toString("base64")}`;
    expect((await start({ users }).token(windows, { Authorization: wrong })).status).toBe(401);
    const nothing = `Negotiate ${Buffer.from("").toString("base64")}`;
    expect((await start().token(windows, { Authorization: nothing })).status).toBe(401);
  });

  it("writes a username or password in the form down as a breach", { tags: ["grant-windows"] }, async () => {
    const at = start({ users });
    await at.token({ ...windows, username: "ada@doorbell.example" }, { Authorization: ticket });
    expect(at.server.control.breaches.map(({ rule }) => rule)).toEqual(["unexpectedCredentials"]);
  });

  it.each(["NTLM", "Negotiate"])(
    "speaks NTLM over three legs of one connection, as %s",
    { tags: ["windows-negotiate"] },
    async (scheme) => {
      const at = start();
      const second = await at.token(windows, { Authorization: `${scheme} ${ntlmHello()}` });
      const [name, message] = second.headers.get("www-authenticate")!.split(" ");
      expect([second.status, name]).toEqual([401, scheme]);
      const third = ntlmAnswer(Buffer.from(message!, "base64"), "ada", "ada");
      const granted = await at.token(windows, { Authorization: `${scheme} ${third}` });
      expect([granted.status, await whose(at, granted)]).toEqual([200, 200]);
    },
  );

  it("answers NTLM's first message without a body, as clients send it", async () => {
    const at = start();
    await at.get(userPath);
    const second = await at.fetch(`${origins.discovery}/WebTicket/oauthtoken`, {
      method: "POST",
      headers: { ...json, Authorization: `NTLM ${ntlmHello()}` },
    });
    expect(second.headers.get("www-authenticate")).toMatch(/^NTLM TlRMTVNTUAAC/);
  });

  it("refuses an NTLM answer by a wrong password, and one to a challenge of another connection", async () => {
    const at = start();
    const second = await at.token(windows, { Authorization: `NTLM ${ntlmHello()}` });
    const challenge = Buffer.from(second.headers.get("www-authenticate")!.split(" ")[1]!, "base64");
    const right = ntlmAnswer(challenge, "ada", "ada");
    const elsewhere = await memoryFetch(at.server)(`${origins.discovery}/WebTicket/oauthtoken`, {
      method: "POST",
      headers: { ...json, Authorization: `NTLM ${right}` },
      body: new URLSearchParams(windows),
    });
    expect(elsewhere.status).toBe(401);
    const wrong = ntlmAnswer(challenge, "ada", "wrong");
    expect((await at.token(windows, { Authorization: `NTLM ${wrong}` })).status).toBe(401);
    // A challenge is good for one answer.
    expect((await at.token(windows, { Authorization: `NTLM ${right}` })).status).toBe(401);
  });
});

describe("passive sign-in (AuthenticationInUCWA: urn:microsoft.rtc:passive)", () => {
  const switches = { grants: ["urn:microsoft.rtc:passive"] };

  /** A browser: follows redirects, keeps cookies, shows the last page. */
  function browser({ fetch }: ReturnType<typeof start>) {
    const cookies = new Map<string, string>();
    const visit = async (url: string, form?: Record<string, string>): Promise<Reply & { url: string }> => {
      const answer = await reply(
        await fetch(url, {
          headers: { Accept: "text/html", Cookie: [...cookies].map((pair) => pair.join("=")).join("; ") },
          ...(form && { method: "POST", body: new URLSearchParams(form) }),
        }),
      );
      for (const set of answer.headers.getSetCookie()) {
        expect(set).toContain("HttpOnly");
        const [, name, value] = /^([^=]+)=([^;]+)/.exec(set)!;
        cookies.set(name!, value!);
      }
      const location = answer.headers.get("location");
      return location ? visit(new URL(location, url).href) : { ...answer, url };
    };
    return { visit, cookie: () => [...cookies].map((pair) => pair.join("=")).join("; ") };
  }

  it(
    "a token request without a cookie is told where to sign in, with diagnostics 28020",
    { tags: ["passive-address", "grant-passive", "passive-no-wrong-password", "diagnostics-header"] },
    async () => {
      const at = start({ switches });
      const answer = await at.token(passive);
      expect([answer.status, answer.json]).toEqual([
        400,
        {
          error: "invalid_grant",
          ms_rtc_passiveauthuri: `${origins.discovery}/PassiveAuth/PassiveAuth.aspx`,
        },
      ]);
      expect(answer.headers.get("x-ms-diagnostics")).toMatch(/^28020;/);
    },
  );

  it(
    "a browser that signs in gets a cookie, with which the same token request is granted",
    { tags: ["passive-after-page"] },
    async () => {
      const at = start({ switches });
      const window = browser(at);
      const uri = (await at.token(passive)).json.ms_rtc_passiveauthuri;
      const form = await window.visit(uri);
      expect(form.text).toContain('<form method="post">');
      expect(form.text).not.toContain("<script");
      const wrong = await window.visit(form.url, { UserName: "ada@doorbell.example", Password: "wrong" });
      expect(wrong.text).toContain("not right");
      const end = await window.visit(form.url, { UserName: "ada@doorbell.example", Password: "ada" });
      expect([end.status, new URL(end.url).origin]).toEqual([200, origins.discovery]);
      expect(end.text).toContain("You are signed in");
      const granted = await at.token(passive, { Cookie: window.cookie() });
      expect([granted.status, await whose(at, granted)]).toEqual([200, 200]);
      expect(at.server.control.breaches).toEqual([]);
    },
  );

  it("a browser that is known signs in at the second origin without a form, which has a cookie of its own", async () => {
    const at = start({ switches });
    const window = browser(at);
    const form = await window.visit((await at.token(passive)).json.ms_rtc_passiveauthuri);
    await window.visit(form.url, { UserName: "ada@doorbell.example", Password: "ada" });
    const second = `${origins.applications}/PassiveAuth/PassiveAuth.aspx`;
    const end = await window.visit(second);
    expect([new URL(end.url).origin, end.text.includes("You are signed in")]).toEqual([
      origins.applications,
      true,
    ]);
  });

  it("a cookie comes to its end, and all of them when the server forgets them", async () => {
    const at = start({ switches, timings: { passiveCookieMs: 60_000 } });
    const window = browser(at);
    const uri = (await at.token(passive)).json.ms_rtc_passiveauthuri;
    const signIn = async (): Promise<void> => {
      const form = await window.visit(uri);
      await window.visit(form.url, { UserName: "ada@doorbell.example", Password: "ada" });
    };
    await signIn();
    expect((await at.token(passive, { Cookie: window.cookie() })).status).toBe(200);
    await at.server.control.advance(60_000);
    expect((await at.token(passive, { Cookie: window.cookie() })).status).toBe(400);
    await signIn();
    expect((await at.token(passive, { Cookie: window.cookie() })).status).toBe(200);
    at.server.control.forgetPassiveSignIns();
    expect((await at.token(passive, { Cookie: window.cookie() })).status).toBe(400);
  });

  it("a ticket is good once, and the federation sends nobody to a stranger", async () => {
    const at = start({ switches });
    const form = await browser(at).visit((await at.token(passive)).json.ms_rtc_passiveauthuri);
    const posted = await at.fetch(form.url, {
      method: "POST",
      headers: { Accept: "text/html" },
      body: new URLSearchParams({ UserName: "ada@doorbell.example", Password: "ada" }),
    });
    const back = posted.headers.get("location")!;
    expect((await at.get(back)).status).toBe(200);
    expect((await at.get(back)).status).toBe(403);
    const stranger = `${origins.discovery}/adfs/ls/?wtrealm=${encodeURIComponent("https://evil.example")}`;
    expect((await at.get(stranger)).status).toBe(400);
  });
});

describe("anonymous sign-in (AuthenticationInUCWA: urn:microsoft.rtc:anonmeeting)", () => {
  const meetings = [{ uri: "sip:ada@doorbell.example;gruu;opaque=app:conf:focus:id:A1", key: "k&y" }];
  const join = {
    grant_type: "urn:microsoft.rtc:anonmeeting",
    password: "k&y",
    ms_rtc_conferenceuri: meetings[0]!.uri,
  };

  it(
    "grants a token for an hour to who knows the meeting and its key",
    { tags: ["grant-anonymous", "anonymous-lifetime", "form-encoding"] },
    async () => {
      const at = start({ meetings });
      const granted = await at.token(join);
      expect([granted.status, granted.json.expires_in, await whose(at, granted)]).toEqual([200, 3600, 200]);
    },
  );

  it.each([
    ["no meeting", { ms_rtc_conferenceuri: "" }, "invalid_request"],
    ["no key", { password: "" }, "invalid_request"],
    ["a wrong key", { password: "wrong" }, "invalid_grant"],
    ["another meeting", { ms_rtc_conferenceuri: `${meetings[0]!.uri}2` }, "invalid_grant"],
    ["an invented token to renew", { ms_rtc_renew: "cwt=invented" }, "invalid_grant"],
  ])("refuses %s", { tags: ["grant-anonymous"] }, async (_, wrong, error) => {
    const answer = await start({ meetings }).token({ ...join, ...wrong });
    expect([answer.status, answer.json.error]).toEqual([400, error]);
  });

  it(
    "a renewed token keeps its holder, and a new one has another",
    { tags: ["anonymous-renewal"] },
    async () => {
      const at = start({ meetings });
      const first = await at.token(join);
      const renewed = await at.token({ ...join, ms_rtc_renew: first.json.access_token });
      const other = await at.token(join);
      const seen = [];
      for (const {
        json: { access_token: token },
      } of [first, renewed, other]) {
        await at.get(userPath, { ...json, Authorization: `Bearer ${token}` });
        seen.push(at.server.control.state().requests.at(-1)!.user);
      }
      expect(seen[1]).toBe(seen[0]);
      expect(seen[2]).not.toBe(seen[0]);
    },
  );

  it(
    "only an anonymous token can be renewed so, while it lives",
    { tags: ["anonymous-renewal", "anonymous-lifetime"] },
    async () => {
      const at = start({ meetings });
      const known = await at.token({
        grant_type: "password",
        username: "ada@doorbell.example",
        password: "ada",
      });
      expect((await at.token({ ...join, ms_rtc_renew: known.json.access_token })).json.error).toBe(
        "invalid_grant",
      );
      const first = await at.token(join);
      await at.server.control.advance(3_600_000);
      expect((await at.token({ ...join, ms_rtc_renew: first.json.access_token })).json.error).toBe(
        "invalid_grant",
      );
    },
  );
});

/** NTLM's first message: "I speak it". */
function ntlmHello(): string {
  const message = Buffer.alloc(32);
  message.write("NTLMSSP\0", "latin1");
  message.writeUInt32LE(1, 8);
  message.writeUInt32LE(0x0000_0201, 12);
  return message.toString("base64");
}

/** NTLM's third message, version 2, as a client makes it from the second one. */
function ntlmAnswer(second: Buffer, user: string, password: string): string {
  const hmac = (key: Uint8Array, content: Uint8Array) => createHmac("md5", key).update(content).digest();
  const domain = Buffer.from("DOORBELL", "utf16le");
  const name = Buffer.from(user, "utf16le");
  const informationAt = second.readUInt32LE(44);
  const information = second.subarray(informationAt, informationAt + second.readUInt16LE(40));
  const blob = Buffer.concat([
    Buffer.from("0101000000000000", "hex"),
    Buffer.alloc(8, 1),
    Buffer.alloc(8, 2),
    Buffer.alloc(4),
    information,
    Buffer.alloc(4),
  ]);
  const key = hmac(
    md4.init().update(Buffer.from(password, "utf16le")).digest("binary"),
    Buffer.from(user.toUpperCase() + "DOORBELL", "utf16le"),
  );
  const response = Buffer.concat([hmac(key, Buffer.concat([second.subarray(24, 32), blob])), blob]);
  const head = Buffer.alloc(64);
  head.write("NTLMSSP\0", "latin1");
  head.writeUInt32LE(3, 8);
  let offset = 64;
  for (const [at, part] of [
    [20, response],
    [28, domain],
    [36, name],
  ] as const) {
    head.writeUInt16LE(part.length, at);
    head.writeUInt16LE(part.length, at + 2);
    head.writeUInt32LE(offset, at + 4);
    offset += part.length;
  }
  head.writeUInt32LE(0x0000_0201, 60);
  return Buffer.concat([head, response, domain, name]).toString("base64");
}
