import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fetch } from "../platform/ports.ts";
import {
  html,
  json,
  links,
  POOL,
  ROOT,
  ScriptedServer,
  TOKEN_PATH,
} from "../testing/servers/scripted-server.ts";
import type { SeenRequest } from "../testing/servers/scripted-server.ts";
import { isEvents } from "../testing/signed-in.ts";
import { client, FOREIGN, invitation } from "../testing/servers/hostile-server.ts";

const OWN: ReadonlySet<string> = new Set([new URL(ROOT).origin, POOL]);
const isSecret = ({ headers, body }: SeenRequest) => "Authorization" in headers || body.includes("password=");

/** Every href of a document, replaced where `next` says with what. */
function disturbed(value: unknown, next: () => string | null): unknown {
  if (Array.isArray(value)) return value.map((one) => disturbed(one, next));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => [
      name,
      name === "href" ? (next() ?? held) : disturbed(held, next),
    ]),
  );
}

describe("an address that a server names", () => {
  it(
    "gets neither token nor password unless it is approved, whatever stands in the hrefs",
    { timeout: 20_000 },
    async () => {
      let online = 0;
      const choice = fc.oneof(
        { weight: 4, arbitrary: fc.constant(null) },
        { weight: 1, arbitrary: fc.constantFrom(...FOREIGN) },
      );
      await fc.assert(
        fc.asyncProperty(
          fc.array(choice, { minLength: 1, maxLength: 60 }),
          fc.nat(12),
          async (choices, moved) => {
            const server = new ScriptedServer();
            let turn = 0;
            let answers = 0;
            const next = () => choices[turn++ % choices.length] ?? null;
            const fetch: Fetch = async (url, init) => {
              const answer = await server.fetch(url, init);
              // Discovery and sign-in may lead to another origin: that is what they are for.
              if (url.startsWith(ROOT) || url.includes(TOKEN_PATH) || answer.status === 401) return answer;
              if (++answers === moved)
                return new Response(null, { status: 307, headers: { Location: "https://evil.example/x" } });
              const text = await answer.text();
              return text === ""
                ? new Response(null, { status: answer.status })
                : json(answer.status, disturbed(JSON.parse(text), next));
            };
            const { clock, session, events, states } = client(fetch);
            await clock.settle();
            server.emit([invitation("/i/1"), invitation("https://evil.example/i/2")]);
            server.emit([], { resume: { href: "/events?ack=3" } });
            await clock.advance(1_000);
            for (const { generation, link, resource } of events) {
              void session.lookUp(generation, link.href);
              for (const rel of resource?.links.keys() ?? [])
                for (const { href } of resource?.links.get(rel) ?? []) void session.post(generation, href);
            }
            session.tryNow();
            await clock.advance(600_000);
            if (states.some(({ name }) => name === "online")) online++;
            const left = session.signOut();
            await clock.advance(10_000);
            await left;
            for (const request of server.requests) {
              expect([...OWN]).toContain(new URL(request.url).origin);
              expect(request.url.length).toBeLessThan(20_000);
            }
          },
        ),
        { numRuns: 60 },
      );
      // A property over clients that never get anywhere would say nothing.
      expect(online).toBeGreaterThan(10);
    },
  );

  it(
    "gets neither token nor password in discovery, unless a trusted origin over https has named it",
    { timeout: 20_000 },
    async () => {
      const steps = stepsTo([...STRANGERS, "https://lyncdiscover.contoso.example"]);
      await fc.assert(
        fc.asyncProperty(steps, async (some) => {
          expect(await leaks(some, () => true)).toEqual([]);
        }),
        { numRuns: 300 },
      );
    },
  );

  it(
    "gets no password by way of plain http, where anybody may have answered",
    { timeout: 20_000 },
    async () => {
      // The names that prove who they are know nothing.
      const answers = (url: string) => !/^https:\/\/lyncdiscover(internal)?\.contoso\.example/.test(url);
      await fc.assert(
        fc.asyncProperty(stepsTo(STRANGERS), async (some) => {
          expect(await leaks(some, answers)).toEqual([]);
        }),
        { numRuns: 300 },
      );
    },
  );

  const STRANGERS: readonly string[] = [
    "http://lyncdiscover.contoso.example",
    "https://pool.hoster.example",
    "http://pool.hoster.example",
    "https://contoso.example.evil.example",
  ];

  interface Step {
    readonly how: string;
    readonly to: string;
  }

  function stepsTo(origins: readonly string[]): fc.Arbitrary<Step[]> {
    const how = fc.constantFrom("redirect", "location", "user", "user", "applications", "challenge", "page");
    return fc.array(fc.record({ how, to: fc.constantFrom(...origins) }), { minLength: 1, maxLength: 12 });
  }

  /**
   * Where a secret went that nobody trusted had approved, in a world in which each answer is the next of the steps.
   * The rule of trust is spelled out here once more.
   */
  async function leaks(steps: readonly Step[], answers: (url: string) => boolean): Promise<string[]> {
    const found: string[] = [];
    const trusted = new Set<string>();
    let turn = 0;
    const fetch: Fetch = async (url, init) => {
      const from = new URL(url);
      const approved =
        from.protocol === "https:" &&
        ((from.hostname.endsWith(".contoso.example") && answers(url)) || trusted.has(from.origin));
      // Not asserted here: what a fetch throws is a failure of the network, and nothing more.
      if (isSecret({ ...init, url, body: init.body ?? "" }) && !approved) found.push(url);
      if (!answers(url)) return html(404);
      const { how, to } = steps[turn++ % steps.length] ?? { how: "page", to: "" };
      if (approved && how !== "page") trusted.add(new URL(to).origin);
      const target = `${to}/${turn}`;
      switch (how) {
        case "location":
          return new Response(null, { status: 302, headers: { Location: target } });
        case "challenge":
          return html(401, { "WWW-Authenticate": `MsRtcOAuth href="${target}",grant_type="password"` });
        case "page":
          return init.method === "POST"
            ? json(200, { access_token: `cwt=${turn}`, expires_in: 60 })
            : html(200);
        default:
          return json(200, links({ [how]: target }));
      }
    };
    const { clock, session } = client(fetch, null);
    await clock.advance(30_000);
    const left = session.signOut();
    await clock.advance(10_000);
    await left;
    return found;
  }

  const MOVED = () => new Response(null, { status: 307, headers: { Location: "https://evil.example/x" } });

  it.each([
    ["token", (r: SeenRequest) => r.url.includes(TOKEN_PATH)],
    ["applications", (r: SeenRequest) => r.url.endsWith("/applications")],
    ["events", isEvents],
    ["makeMeAvailable", (r: SeenRequest) => r.url.endsWith("/makeMeAvailable")],
    ["application", (r: SeenRequest) => r.method === "DELETE"],
  ])("is not asked when it comes in a 3xx of %s", async (_, matches) => {
    const server = new ScriptedServer();
    server.intercept = (request) => (matches(request) ? MOVED() : undefined);
    const { clock, session } = client(server.fetch);
    await clock.advance(60_000);
    const left = session.signOut();
    await clock.advance(5_000);
    await left;
    expect(server.requests.some(matches)).toBe(true);
    expect(server.requests.filter(({ url }) => !OWN.has(new URL(url).origin))).toEqual([]);
  });

  it(
    "never gets the token of another origin, although a trusted one has sent the client there",
    { tags: ["authorization-one-host"] },
    async () => {
      const server = new ScriptedServer();
      server.intercept = ({ url, headers }) =>
        url.includes("/user") && "Authorization" in headers ? MOVED() : undefined;
      const { clock } = client(server.fetch);
      await clock.advance(60_000);
      const origins = new Map<string, Set<string>>();
      for (const { url, headers } of server.requests) {
        const token = headers["Authorization"];
        if (token) origins.set(token, (origins.get(token) ?? new Set()).add(new URL(url).origin));
      }
      expect(server.requests.map(({ url }) => url)).toContain("https://evil.example/x");
      for (const of of origins.values()) expect(of.size).toBe(1);
    },
  );
});
