import { createHmac } from "node:crypto";
import { createMD4 } from "hash-wasm";
import { describe, expect, it } from "vitest";
import { memoryFetch } from "../http/memory-fetch.ts";
import { origins } from "../testing/client.ts";
import { brokenRules } from "../testing/ring.ts";
import { json, stranger } from "../testing/stranger.ts";
import { demoUsers } from "./users.ts";

const md4 = await createMD4();
const windows = { grant_type: "urn:microsoft.rtc:windows" };
const userPath = `${origins.discovery}/Autodiscover/AutodiscoverService.svc/root/oauth/user`;

describe("integrated sign-in (AuthenticationInUCWA: urn:microsoft.rtc:windows)", () => {
  const users = demoUsers.map((user) => ({ ...user, ticket: `ticket of ${user.name}` }));
  const ticket = `Negotiate ${Buffer.from("ticket of Ada Lindqvist").toString("base64")}`;

  it(
    "asks the HTTP layer for Negotiate or NTLM, in two lines and with a page",
    { tags: ["windows-negotiate"] },
    async () => {
      const at = stranger({ users });
      const answer = await at.token(windows);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([401, "text/html"]);
      expect(answer.headers.get("www-authenticate")).toBe("Negotiate, NTLM");
      expect(at.server.control.breaches).toEqual([]);
    },
  );

  it(
    "takes the ticket of a user on the same request, whose form names nobody",
    { tags: ["grant-windows"] },
    async () => {
      const at = stranger({ users });
      const granted = await at.token(windows, { Authorization: ticket });
      expect([granted.status, await at.statusWith(granted)]).toEqual([200, 200]);
      expect(brokenRules(at.server)).toEqual([]);
      await at.token({ ...windows, username: "ada@doorbell.example" }, { Authorization: ticket });
      expect(brokenRules(at.server)).toEqual(["unexpectedCredentials"]);
    },
  );

  it("refuses a ticket that nobody has, and users without one", async () => {
    const wrong = `Negotiate ${Buffer.from("no ticket").toString("base64")}`;
    expect((await stranger({ users }).token(windows, { Authorization: wrong })).status).toBe(401);
    const nothing = `Negotiate ${Buffer.from("").toString("base64")}`;
    expect((await stranger().token(windows, { Authorization: nothing })).status).toBe(401);
  });

  it.each(["NTLM", "Negotiate"])("speaks NTLM over three legs of one connection, as %s", async (scheme) => {
    const at = stranger();
    const second = await at.token(windows, { Authorization: `${scheme} ${ntlmHello()}` });
    const [name, message] = second.headers.get("www-authenticate")!.split(" ");
    expect([second.status, name]).toEqual([401, scheme]);
    const third = ntlmAnswer(Buffer.from(message!, "base64"), "ada", "ada");
    const granted = await at.token(windows, { Authorization: `${scheme} ${third}` });
    expect([granted.status, await at.statusWith(granted)]).toEqual([200, 200]);
  });

  it("answers NTLM's first message without a body, as clients send it", async () => {
    const at = stranger();
    await at.get(userPath);
    const second = await at.fetch(`${origins.discovery}/WebTicket/oauthtoken`, {
      method: "POST",
      headers: { ...json, Authorization: `NTLM ${ntlmHello()}` },
    });
    expect(second.headers.get("www-authenticate")).toMatch(/^NTLM TlRMTVNTUAAC/);
  });

  it("refuses an NTLM answer by a wrong password, and one to a challenge of another connection", async () => {
    const at = stranger();
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
