/** What the reference says of errors and of what is written down, rule by rule. */
import { describe, expect, it } from "vitest";
import { json, links, POOL, ScriptedServer } from "../testing/scripted-server.ts";
import type { SeenRequest } from "../testing/scripted-server.ts";
import { failing, signedIn } from "../testing/signed-in.ts";
import { linkOf, readResource } from "./resources/read-resource.ts";

const BASE = "https://fe.contoso.example/ucwa/oauth/v1/applications/104";
const isEvents = ({ url }: SeenRequest) => url.includes("/events");

function sender(...events: object[]): object {
  return { rel: "communication", href: "/c", events };
}

const event = (href: string, type: string, rel = "messagingInvitation") => ({ link: { rel, href }, type });

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
