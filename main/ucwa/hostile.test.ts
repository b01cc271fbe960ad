import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineLogger } from "../platform/logger.ts";
import type { Fetch } from "../platform/ports.ts";
import {
  error,
  html,
  json,
  links,
  POOL,
  ROOT,
  ScriptedServer,
  TOKEN_PATH,
} from "../testing/scripted-server.ts";
import type { SeenRequest } from "../testing/scripted-server.ts";
import { VirtualClock } from "../testing/virtual-clock.ts";
import type { ChannelEvent } from "./application/channel-event.ts";
import { readMessageText } from "./resources/data-uri.ts";
import { readPackage } from "./application/events.ts";
import { unexpected } from "./session-problem.ts";
import { readInvitation } from "./resources/read-invitation.ts";
import { readReason, readResource } from "./resources/read-resource.ts";
import { createSession } from "./session.ts";
import type { SessionState } from "./session-port.ts";
import { safeLine } from "./resources/safe-text.ts";
import { processorMs } from "../testing/processor-time.ts";

const PASSWORD = "p&ss+w%rd";
const OWN: ReadonlySet<string> = new Set([new URL(ROOT).origin, POOL]);

/** Ways to write an address that is not the server's own. */
const FOREIGN: readonly string[] = [
  "https://evil.example/x",
  "//evil.example/x",
  "\\\\evil.example\\x",
  "/\\evil.example/x",
  "https:evil.example",
  "http://pool.contoso.example/x",
  "https://pool.contoso.example:8443/x",
  "https://pool.contoso.example.evil.example/x",
  "https://pool.contoso.example@evil.example/x",
  "https://user:secret@evil.example/x",
  " \u0000https://evil.example/x\u001F ",
  "ht\ttps://ev\nil.example/x",
  "HTTPS://EVIL.EXAMPLE/x",
  "https://evil.example\u3002com/x",
  "https://[::1]/x",
  "https://2130706433/x",
  "javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "file:///etc/passwd",
  "blob:https://pool.contoso.example/x",
  "ws://evil.example/x",
  "https://",
  "https://evil.example:99999/x",
  `https://evil.example/${"x".repeat(100_000)}`,
  `/${"x".repeat(100_000)}`,
];

function client(fetch: Fetch, server: string | null = ROOT) {
  const clock = new VirtualClock();
  const states: SessionState[] = [];
  const events: ChannelEvent[] = [];
  const lines: string[] = [];
  const session = createSession({
    fetch,
    clock,
    random: { uuid: () => "uuid", fraction: () => 0.5 },
    logger: lineLogger("debug", clock, (line) => lines.push(line)),
    account: {
      address: "tosh@contoso.example",
      password: async () => PASSWORD,
      server,
      trusted: [],
      endpointId: "endpoint",
      instanceId: "instance",
      userAgent: "Doorbell/0",
      culture: "en-US",
    },
    listener: {
      stateChanged: (state) => states.push(state),
      received: (arrived) => void events.push(...arrived),
      generationEnded: () => undefined,
      channelInterrupted: () => undefined,
    },
  });
  session.start();
  return { clock, session, states, events, lines, last: () => states.at(-1) };
}

const isEvents = ({ url }: SeenRequest) => url.includes("/events");
const isSecret = ({ headers, body }: SeenRequest) => "Authorization" in headers || body.includes("password=");

function invitation(href: string, rest: object = {}): object {
  return {
    rel: "communication",
    href: "/communication",
    events: [
      {
        link: { rel: "messagingInvitation", href },
        type: "started",
        _embedded: {
          messagingInvitation: {
            rel: "messagingInvitation",
            direction: "Incoming",
            ...links({ accept: `${href}/accept`, decline: `${href}/decline` }),
            ...rest,
          },
        },
      },
    ],
  };
}

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

describe("a package of events from a hostile server", () => {
  const NEXT = `"_links":{"next":{"href":"/ucwa/oauth/v1/applications/1/events?ack=1"}}`;
  const event = (fields: string) =>
    `{${NEXT},"sender":[{"rel":"communication","href":"/c","events":[${fields}]}]}`;
  const deep = (levels: number, open: string, close: string) => open.repeat(levels) + close.repeat(levels);
  const link = `"link":{"rel":"messagingInvitation","href":"/i/9"}`;

  it.each<[string, string | Uint8Array<ArrayBuffer>]>([
    ["lists a hundred thousand deep", event(`{${link},"type":"added","x":${deep(100_000, "[", "]")}}`)],
    ["a type of lists a hundred thousand deep", event(`{${link},"type":${deep(100_000, "[", "]")}}`)],
    [
      "resources in resources, a hundred thousand deep",
      event(
        `{${link},"type":"added","_embedded":{"messagingInvitation":${'{"_embedded":{"from":'.repeat(100_000)}1${"}}".repeat(100_000)}}}`,
      ),
    ],
    ["a type that cannot become a text", event(`{${link},"type":{"toString":1,"valueOf":1}}`)],
    [
      "a revision that cannot become a number",
      event(`{"link":{"rel":"x","href":"/i","revision":{"valueOf":1,"toString":1}},"type":"added"}`),
    ],
    [
      "`__proto__` for every name",
      event(
        `{${link},"type":"added","__proto__":{"x":1},"_embedded":{"__proto__":{"rel":"__proto__","_links":{"__proto__":{"href":"/x"}}}}}`,
      ),
    ],
    [
      "`constructor` for a rel",
      event(`{"link":{"rel":"constructor","href":"/i"},"type":"added","_embedded":{"a":1,"b":2}}`),
    ],
    [
      "numbers, null and lists in every place",
      event(`1,null,[],{"link":1},{"link":[],"type":[]},{"link":{"rel":1,"href":2},"type":3}`),
    ],
    [
      "two of every name",
      event(`{${link},${link},"type":"added","type":"updated","_embedded":1,"_embedded":{}}`),
    ],
    [
      "a lone surrogate and NUL in every text",
      event(`{"link":{"rel":"me","href":"/\\ud800\\u0000","title":"\\udfff"},"type":"updated"}`),
    ],
    [
      "megabytes of one name",
      event(
        `{"link":{"rel":"${"r".repeat(1_000_000)}Invitation","href":"/i","title":"${"t".repeat(1_000_000)}"},"type":"added"}`,
      ),
    ],
    ["two byte order marks", `\uFEFF\uFEFF${event("")}`],
    ["UTF-16", new Uint8Array(Buffer.from(event(""), "utf16le"))],
    ["garbage behind it", `${event("")}}garbage`],
    ["half of itself", event("").slice(0, 60)],
    ["a page", "<html><body>Sorry</body></html>"],
    ["no bytes but white space", " \r\n\t "],
    ["a list", "[]"],
  ])("does not stop the channel: %s", async (_, raw) => {
    const server = new ScriptedServer();
    let once = true;
    server.intercept = (request) => {
      if (!isEvents(request) || !once) return undefined;
      once = false;
      return new Response(raw, { status: 200, headers: { "Content-Type": "application/json" } });
    };
    const { clock, events, last, lines } = client(server.fetch);
    await clock.settle();
    server.emit([invitation("/i/1")]);
    await clock.advance(10_000);
    expect(events.map(({ link: { href } }) => href)).toContain(`${POOL}/i/1`);
    expect(last()?.name).toBe("online");
    for (const line of lines) {
      expect(line).toMatch(/^[ -~]{1,600}$/);
      // The message of an error may quote what it could not work with.
      expect(line).not.toContain("Lene");
    }
  });

  it("still delivers what is written in Latin-1 or holds bytes that are no UTF-8", async () => {
    const server = new ScriptedServer();
    const { clock, events } = client(server.fetch);
    server.intercept = (request) =>
      isEvents(request) && request.url.includes("ack=1")
        ? new Response(
            Buffer.from(
              JSON.stringify({
                sender: [invitation("/i/1", { subject: "Grüße \u00ff" })],
                ...links({ next: "/ucwa/oauth/v1/applications/1/events?ack=2" }),
              }),
              "latin1",
            ),
            { headers: { "Content-Type": "application/json; charset=iso-8859-1" } },
          )
        : undefined;
    await clock.settle();
    expect(events[0]?.resource?.properties["subject"]).toBe("Gr\uFFFD\uFFFDe \uFFFD");
  });

  it("cannot freeze the program with tens of thousands of invitations, and loses no other event by them", async () => {
    const server = new ScriptedServer();
    const { clock, events, lines } = client(server.fetch);
    await clock.settle();
    const flood = Array.from({ length: 40_000 }, (_, index) => ({
      link: { rel: "messagingInvitation", href: `/i/${index}` },
      type: "started",
    }));
    const last = { link: { rel: "conversation", href: "/c/1" }, type: "deleted" };
    const startedAt = processorMs();
    server.emit([{ rel: "communication", href: "/c", events: [...flood, last] }]);
    await clock.settle();
    expect(processorMs() - startedAt).toBeLessThan(2_000);
    expect(events).toHaveLength(2_001);
    expect(events.at(-1)?.link.rel).toBe("conversation");
    expect(lines.filter((line) => line.includes("events stepped over count=38000"))).toHaveLength(1);
  });
});

describe("a document from a hostile server", () => {
  const BASE = `${POOL}/ucwa/events?ack=1`;
  const NAMES = [
    ..."rel href type link in sender events title revision status reason code subcode message name uri".split(
      " ",
    ),
    ..."_links _embedded next resume resync from to accept messagingInvitation direction state anonymous".split(
      " ",
    ),
    ..."__proto__ constructor toString valueOf hasOwnProperty length".split(" "),
  ];
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 6 },
      fc.constantFrom<unknown>(
        ...NAMES,
        ...FOREIGN,
        "started",
        "/i/1",
        "data:text/html,%zz&#xD800;<br",
        "\uD800",
      ),
      fc.constantFrom<unknown>(null, true, 0, -1, 1e308, "", []),
      fc.array(tie("value"), { maxLength: 4 }),
      // Through JSON, as on the wire: there `__proto__` is a property like any other.
      fc
        .array(fc.tuple(fc.constantFrom(...NAMES), tie("value")), { maxLength: 8 })
        .map((pairs) => `{${pairs.map(([name, held]) => `"${name}":${JSON.stringify(held)}`).join(",")}}`)
        .map((text): unknown => JSON.parse(text)),
    ),
  }));

  it("is read without a fault, whatever it holds", () => {
    fc.assert(
      fc.property(value, value, (first, second) => {
        const received = readPackage({ _links: first, sender: second }, BASE, 1);
        for (const { resource, link } of received?.read().events ?? [])
          if (resource) readInvitation(resource, link.rel);
        const resource = readResource(first, BASE);
        if (!resource) return;
        const { kind, links: all, from, subject } = readInvitation(resource);
        expect(KINDS).toContain(kind);
        expect(safeLine(subject)).toBe(subject);
        expect(safeLine(from?.name ?? "")).toBe(from?.name ?? "");
        for (const href of [all.accept, all.decline, all.cancel])
          if (href !== null) expect(new URL(href).origin).toBe(POOL);
      }),
      { numRuns: 1_000 },
    );
  });

  const KINDS = ["messaging", "onlineMeeting", "phoneAudio", "audioVideo", "participant", "other"];

  it.each(["constructor", "__proto__", "toString"])("is of no known kind when it calls itself %s", (rel) => {
    const resource = readResource({ rel }, BASE);
    expect(resource && readInvitation(resource).kind).toBe("other");
  });

  it.each(["constructor", "__proto__"])("embeds nothing for an event about %s", (rel) => {
    const entry = { link: { rel, href: "/i/1" }, type: "added", _embedded: { a: {}, b: {} } };
    const received = readPackage({ sender: [{ rel: "x", href: "/x", events: [entry] }] }, BASE, 1);
    expect(received?.read().events).toMatchObject([{ resource: null }]);
  });

  it("holds no address that is longer than any server takes", () => {
    const links = { a: { href: `/${"x".repeat(8_190)}` }, b: { href: `/${"x".repeat(8_192)}` } };
    expect([...(readResource({ _links: links }, BASE)?.links.keys() ?? [])]).toEqual(["a"]);
  });

  it("is decoded half a megabyte far, which is more than is shown", () => {
    const style = "x".repeat(500_000);
    expect(readMessageText(`data:text/html,<style>${style}</style>shown`)?.text).toBe("shown");
    expect(readMessageText(`data:text/html,<style>${style}${style}</style>shown`)?.text).toBe("");
  });

  it("is read in time in spite of megabytes of text in the worst form", { timeout: 60_000 }, () => {
    const worst = ["<br", "<p ", "%", "+", "%20", "\n", " ", "&#", "%3cbr", "\u200d", "a\u0300"];
    const startedAt = processorMs();
    for (const unit of worst) {
      for (const type of ["text/html", "text/plain", "text/plain;base64"])
        readMessageText(`data:${type},${unit.repeat(4_000_000 / unit.length)}x`);
    }
    // A rule that is quadratic anywhere takes minutes; the limit leaves room for a machine that is busy.
    expect(processorMs() - startedAt).toBeLessThan(30_000);
  });

  it("holds a code of at most a hundred characters and a message on one line", () => {
    const long = "x\n\u202E".repeat(1_000);
    const reason = readReason({ code: long, subcode: long, message: long });
    expect([reason?.code.length, reason?.subcode?.length, reason?.message?.length]).toEqual([
      100, 100, 1_000,
    ]);
    expect(JSON.stringify(reason)).not.toMatch(/\\n|\u202E/);
  });
});

describe("what a hostile server says", () => {
  const FORGED = '\u001b]0;x\u0007\u202e\n2026-01-05T09:00:00.000Z error forged a="b" ';
  const LONG = FORGED + "x".repeat(100_000);

  it.each<[string, (request: SeenRequest) => Response | undefined]>([
    ["a subcode", (r) => (r.url.endsWith("/applications") ? error(403, LONG, LONG) : undefined)],
    [
      "a reason of makeMeAvailable",
      (r) => (r.url.endsWith("makeMeAvailable") ? error(403, LONG, LONG) : undefined),
    ],
    [
      "a version",
      (r) =>
        r.url.endsWith("/applications") ? error(404, "NotFound", `${LONG}VersionNotSupported`) : undefined,
    ],
    [
      "an error of the token address",
      (r) => (r.url.includes(TOKEN_PATH) ? json(400, { error: LONG }) : undefined),
    ],
    [
      "a way to sign in",
      (r) =>
        r.url.includes("/user")
          ? html(401, {
              "WWW-Authenticate": `MsRtcOAuth href="/t",grant_type="\u009b2J${"x".repeat(9_000)}"`,
            })
          : undefined,
    ],
    [
      "a content type",
      (r) => (isEvents(r) ? html(500, { "Content-Type": `\u009b31m${"x".repeat(9_000)}` }) : undefined),
    ],
    [
      "a diagnosis",
      (r) =>
        isEvents(r) ? html(500, { "X-Ms-diagnostics": `1;reason="\u009b${"x".repeat(9_000)}"` }) : undefined,
    ],
  ])("is safe to show and cannot forge a line of the log: %s", async (_, reply) => {
    const server = new ScriptedServer();
    server.intercept = (request) =>
      request.headers["Authorization"] || !isEvents(request) ? reply(request) : undefined;
    const { clock, states, lines } = client(server.fetch);
    await clock.advance(60_000);
    const details = states.flatMap((state) => ("detail" in state ? [state.detail] : []));
    expect(details.length).toBeGreaterThan(0);
    for (const detail of details) {
      expect(detail.length).toBeLessThanOrEqual(500);
      expect(safeLine(detail)).toBe(detail);
    }
    for (const line of lines) {
      expect(line).toMatch(/^[ -~]{1,600}$/);
      expect(line).not.toMatch(/cwt=|p&ss/);
    }
  });

  it.each([
    ["text/html; charset=utf-8", "text/html"],
    ["text/\u009b31m", "odd content type"],
    [`x/${"y".repeat(5_000)}`, `x/${"y".repeat(80)}`],
    ['<b>bold</b>"', "odd content type"],
  ])("is named in an error by its media type: %s", (type, shown) => {
    const headers = new Headers({ "Content-Type": type });
    expect(unexpected({ url: ROOT, status: 500, headers, body: "" }, "the question").technical).toBe(
      `the question: 500, ${shown}`,
    );
  });

  it("cannot silence the client for longer than half an hour, nor make it ask in a loop", async () => {
    for (const value of ["9".repeat(300), "-1", "NaN", "0", "Fri, 31 Dec 9999 23:59:59 GMT"]) {
      const server = new ScriptedServer();
      server.intercept = (request) => (isEvents(request) ? html(503, { "Retry-After": value }) : undefined);
      const { clock, last } = client(server.fetch);
      await clock.advance(3_600_000);
      const state = last();
      expect(state?.name === "reconnecting" && state.retryAt).toBeLessThanOrEqual(clock.now() + 1_800_000);
      expect(server.requests.filter(isEvents).length).toBeLessThan(100);
    }
  });

  it("cannot put a token into an error by making it one that no header carries", async () => {
    for (const token of ["cwt=secret\r\nX-Evil: 1", "cwt=secret\u0000", "cwt=sécret", "", "cwt=secret two"]) {
      const server = new ScriptedServer();
      server.intercept = ({ url }) =>
        url.includes(TOKEN_PATH) ? json(200, { access_token: token, expires_in: {} }) : undefined;
      const { clock, states, lines } = client(server.fetch);
      await clock.advance(10_000);
      expect(states.at(-1)).toMatchObject({ name: "reconnecting", reason: "tokenEndpoint" });
      expect(JSON.stringify([states, lines])).not.toMatch(/s[eé]cret/);
      expect(server.requests.some(({ headers }) => "Authorization" in headers)).toBe(false);
    }
  });

  it("cannot stop the sign-in by a life of its token that is no number", async () => {
    for (const life of [{ valueOf: 1, toString: 1 }, [[1]], "x", -1, 0, null]) {
      const server = new ScriptedServer();
      const { clock, states } = client(async (url, init) => {
        const answer = await server.fetch(url, init);
        if (!url.includes(TOKEN_PATH)) return answer;
        const token = (await answer.json()) as object;
        return json(200, { ...token, expires_in: life });
      });
      await clock.settle();
      expect(states.at(-1)?.name).toBe("online");
      expect(server.requests.filter(({ url }) => url.includes(TOKEN_PATH)).length).toBeLessThan(5);
    }
  });
});
