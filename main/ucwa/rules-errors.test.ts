/** What the reference says of errors and of what is written down, rule by rule. */
import { describe, expect, it } from "vitest";
import { error, html, json, links, POOL, ScriptedServer } from "../testing/scripted-server.ts";
import type { Reply, SeenRequest } from "../testing/scripted-server.ts";
import { failing, signedIn } from "../testing/signed-in.ts";
import { linkOf, readReason, readResource } from "./resources/read-resource.ts";

const BASE = "https://fe.contoso.example/ucwa/oauth/v1/applications/104";
const isEvents = ({ url }: SeenRequest) => url.includes("/events");
const isCreation = ({ url, headers }: SeenRequest) =>
  url.endsWith("/applications") && headers["Authorization"] !== undefined;

function sender(...events: object[]): object {
  return { rel: "communication", href: "/c", events };
}

const event = (href: string, type: string, rel = "messagingInvitation") => ({ link: { rel, href }, type });

describe("an error (ErrorsAndInformationalMessages)", () => {
  it(
    "is its code, and perhaps a subcode and a message; nothing hangs on the rest",
    { tags: ["error-body", "error-debug-info", "new-properties"] },
    () => {
      const said = { code: "Conflict", subcode: "AlreadyExists", message: "Already there." };
      expect(readReason({ ...said, debugInfo: { errorReportId: "7" }, parameters: [], newest: 1 })).toEqual(
        said,
      );
      expect(readReason({ code: "Gone", debugInfo: null })).toEqual({
        code: "Gone",
        subcode: null,
        message: null,
      });
      expect(readReason({ debugInfo: { code: "Gone" } })).toBeNull();
    },
  );

  it(
    "is decided by whose it is: AlreadyExists is success for one and none for another",
    { tags: ["error-subcode-context"] },
    async () => {
      const server = new ScriptedServer();
      const exists = () => error(409, "Conflict", "AlreadyExists");
      failing(server, ({ url }) => url.endsWith("/makeMeAvailable"), 1, exists);
      const { session, state } = await signedIn(server);
      expect(state().name).toBe("online");
      server.intercept = exists;
      expect(await session.post(1, `${POOL}${server.base}/i/1/accept`)).toMatchObject({
        outcome: "conflict",
      });
    },
  );

  it(
    "for an answer of the person means refused, gone, too late or unclear, by its status",
    {
      tags: [
        "error-statuses",
        "error-resource-not-found",
        "error-service-failure",
        "accept-500",
        "accept-too-late",
        "throttling",
        "decline-reasons",
      ],
    },
    async () => {
      const server = new ScriptedServer();
      const { session, state } = await signedIn(server);
      const href = `${POOL}${server.base}/i/1/accept`;
      for (const [status, code, subcode, outcome] of [
        [400, "BadRequest", "ParameterValidationFailure", "refused"],
        [403, "Forbidden", "None", "refused"],
        [404, "NotFound", "ResourceNotFound", "gone"],
        [408, "ClientTimeout", "None", "unreachable"],
        [409, "Conflict", "None", "conflict"],
        [410, "Gone", "None", "gone"],
        [429, "TooManyRequests", "None", "unreachable"],
        [500, "ServiceFailure", "CallbackChannelError", "unreachable"],
        [503, "ServiceUnavailable", "None", "unreachable"],
        [504, "Timeout", "ServiceTimeout", "unreachable"],
      ] as const) {
        server.intercept = (request) => (request.url === href ? error(status, code, subcode) : undefined);
        expect(await session.post(1, href), subcode).toMatchObject({ outcome });
      }
      expect(state()).toEqual({ name: "online", generation: 1 });
    },
  );

  it(
    "about one resource leaves the session as it is",
    { tags: ["forbidden-resource", "resource-not-found", "error-exchange"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, session, seen, state } = await signedIn(server);
      const href = `${POOL}${server.base}/people/1`;
      for (const [status, code, subcode] of [
        [403, "Forbidden", "None"],
        [404, "NotFound", "ResourceNotFound"],
        [500, "ExchangeServiceFailure", "ExchangeServiceFailure"],
        [504, "Timeout", "ExchangeServiceFailure"],
      ] as const) {
        server.intercept = (request) => (request.url === href ? error(status, code, subcode) : undefined);
        expect((await session.lookUp(1, href)).outcome).not.toBe("found");
        await clock.advance(30_000);
      }
      expect(seen).toEqual([]);
      expect(state()).toEqual({ name: "online", generation: 1 });
      expect(server.requests.filter(isCreation)).toHaveLength(1);
      expect(server.requests.filter(({ url }) => url.endsWith(".example/"))).toHaveLength(1);
    },
  );

  it("never makes the session send an answer again by itself", { tags: ["retry-reads"] }, async () => {
    const server = new ScriptedServer();
    const { clock, session } = await signedIn(server);
    const href = `${POOL}${server.base}/i/1/accept`;
    for (const reply of [() => html(503), (): Reply => Promise.reject(new TypeError("fetch failed"))]) {
      const before = server.requests.filter(({ url }) => url === href).length;
      server.intercept = (request) => (request.url === href ? reply() : undefined);
      await session.post(1, href);
      await clock.advance(120_000);
      expect(server.requests.filter(({ url }) => url === href)).toHaveLength(before + 1);
    }
  });
});

describe("what a server writes down (PayloadFormat, Versioning)", () => {
  it(
    "is read by either name of JSON, with or without a charset",
    { tags: ["media-types-equal"] },
    async () => {
      for (const type of [
        "application/json",
        "application/json; charset=utf-8",
        "application/vnd.microsoft.com.ucwa+json",
        "application/vnd.microsoft.com.ucwa+json; charset=utf-8",
      ]) {
        const server = new ScriptedServer();
        const { clock, session, seen } = await signedIn(server);
        const body = {
          _links: { next: { href: `${server.base}/events?ack=1` } },
          sender: [sender(event("/i/1", "started"))],
        };
        failing(
          server,
          isEvents,
          1,
          () => new Response(JSON.stringify(body), { headers: { "Content-Type": type } }),
        );
        session.tryNow();
        await clock.settle();
        expect(seen, type).toEqual(["1 started messagingInvitation"]);
      }
    },
  );

  it(
    "has revision 1 where it says none, and the number that it says",
    { tags: ["revision-absent", "applications-revision"] },
    () => {
      const revisionOf = (revision?: unknown) => {
        const resource = readResource({ _links: { applications: { href: "/a", revision } } }, BASE);
        return resource && linkOf(resource, "applications")?.revision;
      };
      expect([undefined, "2", 2, "1.5", "new", null].map(revisionOf)).toEqual([1, 2, 2, 1.5, 1, 1]);
    },
  );

  it("may hold one object or a list under every rel", { tags: ["object-or-list"] }, async () => {
    const server = new ScriptedServer();
    const { session } = await signedIn(server);
    const accept = { href: "/i/1/accept" };
    for (const held of [accept, [accept]]) {
      server.intercept = () =>
        json(200, { rel: "messagingInvitation", ...links({ self: "/i/1" }), _links: { accept: held } });
      expect(await session.lookUp(1, `${POOL}${server.base}/i/1`)).toMatchObject({
        outcome: "found",
        invitation: { links: { accept: `${POOL}/i/1/accept` } },
      });
    }
  });
});
