import { describe, expect, it } from "vitest";
import { createApplication, cultureOf, lossOf, readApplication, reasonOf } from "./application.ts";
import { isEarlyVersion } from "../discovery/early-version.ts";
import type { HttpAnswer, HttpRequest } from "../http/http.ts";
import { SessionProblem } from "../session-problem.ts";
import type { AuthorizedRequests } from "../auth/authorized-requests.ts";

const URL_OF_APPLICATIONS = "https://pool.contoso.example/ucwa/oauth/v1/applications";
const SELF = "/ucwa/oauth/v1/applications/104";

function answer(status: number, body: unknown, type = "application/json"): HttpAnswer {
  return {
    url: URL_OF_APPLICATIONS,
    status,
    headers: new Headers({ "Content-Type": type }),
    body: typeof body === "string" ? body : JSON.stringify(body),
  };
}

const application = (self = SELF, extra: object = {}) => ({
  rel: "application",
  _links: { self: { href: self }, events: { href: `${self}/events?ack=1&key=a+b%2fc==` } },
  ...extra,
});
const refusal = (code: string, subcode: string) => ({ code, subcode });

/** What a creation throws, by the answers that it gets one after the other; with what was sent. */
async function create(...answers: HttpAnswer[]) {
  const sent: HttpRequest[] = [];
  const authorized = async (request: HttpRequest): Promise<HttpAnswer> => {
    sent.push(request);
    return answers.shift() ?? answer(500, "");
  };
  const identity = {
    userAgent: "Doorbell/0",
    culture: "en-US",
    endpointId: "e".repeat(90),
    instanceId: "instance-0123",
  };
  const made = await createApplication(
    { send: authorized } as unknown as AuthorizedRequests,
    URL_OF_APPLICATIONS,
    identity,
    () => 0,
    new AbortController().signal,
  ).catch((error: unknown) => error);
  return { made, sent };
}

describe("the representation of an application", () => {
  it(
    "gives its own address, its events as they were given, what makes the user available, and what it offers",
    { tags: ["application-document", "application-events-link", "me-before"] },
    () => {
      const me = {
        _links: { self: { href: `${SELF}/me` }, makeMeAvailable: { href: `${SELF}/me/available` } },
      };
      const communication = {
        _links: {
          self: { href: `${SELF}/communication` },
          startMessaging: { href: `${SELF}/communication/startMessaging` },
        },
      };
      const people = { _links: { self: { href: `${SELF}/people` }, search: { href: `${SELF}/search` } } };
      const embedded = { _embedded: { me, communication, people } };
      expect(readApplication(answer(201, application(SELF, embedded)))).toEqual({
        self: `https://pool.contoso.example${SELF}`,
        events: `https://pool.contoso.example${SELF}/events?ack=1&key=a+b%2fc==`,
        me: {
          self: `https://pool.contoso.example${SELF}/me`,
          makeMeAvailable: `https://pool.contoso.example${SELF}/me/available`,
          reportMyActivity: null,
        },
        communication: {
          self: `https://pool.contoso.example${SELF}/communication`,
          startMessaging: `https://pool.contoso.example${SELF}/communication/startMessaging`,
        },
        people: {
          self: `https://pool.contoso.example${SELF}/people`,
          search: `https://pool.contoso.example${SELF}/search`,
        },
      });
    },
  );

  for (const [status, what, rule] of [
    [201, "a new application", "create-201"],
    [200, "an instance that exists, with its channel as it is", "create-200"],
  ] as const) {
    it(`is read from a ${status} for ${what}`, { tags: [rule] }, () => {
      const events = { href: `${SELF}/events?ack=5` };
      const body = { ...application(), _links: { self: { href: SELF }, events } };
      expect(readApplication(answer(status, body))?.events).toBe(
        `https://pool.contoso.example${SELF}/events?ack=5`,
      );
    });
  }

  it("is read from XML as well", () => {
    const xml = `<resource rel="application" href="${SELF}"><link rel="events" href="${SELF}/events?ack=1"/><link rel="me" href="${SELF}/me"/></resource>`;
    expect(readApplication(answer(200, xml, "application/vnd.microsoft.com.ucwa+xml"))).toMatchObject({
      events: `https://pool.contoso.example${SELF}/events?ack=1`,
      me: { self: `https://pool.contoso.example${SELF}/me`, makeMeAvailable: null },
    });
  });

  it("is refused where all of it is on another port of the same host, and that is named", () => {
    const there = "https://pool.contoso.example:4443/ucwa/oauth/v1/applications/7";
    const body = {
      rel: "application",
      _links: { self: { href: there }, events: { href: `${there}/events?ack=1` } },
    };
    expect(() => readApplication(answer(201, body))).toThrow(
      "names its application at https://pool.contoso.example:4443. Doorbell sends what it signed in with to",
    );
  });

  it("names nothing on another origin, where the bearer would go", () => {
    expect(() => readApplication(answer(201, application("https://evil.example/1")))).toThrow(SessionProblem);
  });

  it.each([
    ["another status", answer(202, application())],
    ["a page", answer(200, "<html></html>", "text/html")],
    ["another document", answer(200, { rel: "user" })],
  ])("is not found in %s", (_, given) => {
    expect(readApplication(given)).toBeNull();
  });

  it.each([
    ["has addresses of the early version", application("/ucwa/oauth/v0/applications/104")],
    ["has keys in brackets", application("/ucwa/applications('104')")],
    ["names no events", { rel: "application", _links: { self: { href: SELF } } }],
    ["does not name itself", { _links: { events: { href: `${SELF}/events` } } }],
  ])("is refused, with the version that is needed, when it %s", { tags: ["early-builds"] }, (_, body) => {
    expect(() => readApplication(answer(201, body))).toThrow(/Skype for Business Server 2015 or later/);
  });
});

describe("an address of the early version", () => {
  it("is told from the ones that only look like it", () => {
    for (const path of [
      "/ucwa/oauth/v0/applications",
      "/UCWA/V0/x",
      "/ucwa/v0",
      "/x/applications('1')/me",
      "/applications(%271%27)",
    ])
      expect(isEarlyVersion(`https://pool.example${path}`), path).toBe(true);
    for (const path of [
      "/ucwa/oauth/v1/applications",
      "/ucwa/v01/x",
      "/v0/x",
      "/ucwa/oauth/v1/x?y=/ucwa/v0/",
      "/people/a('b')",
    ])
      expect(isEarlyVersion(`https://pool.example${path}`), path).toBe(false);
  });
});

describe("creating an application", () => {
  it(
    "asks for the second revision, and without a version when the server has no such one",
    { tags: ["instance-id-revision", "error-version", "create-lengths"] },
    async () => {
      for (const subcode of ["APIVersionNotSupported", "VersionNotSupported"]) {
        const { made, sent } = await create(
          answer(404, refusal("NotFound", subcode)),
          answer(201, application()),
        );
        expect(made).toMatchObject({ self: `https://pool.contoso.example${SELF}` });
        expect(sent.map(({ headers }) => headers?.["X-MS-RequiresMinResourceVersion"])).toEqual([
          "2",
          undefined,
        ]);
        const [first, second] = sent.map(({ body }) => JSON.parse(body ?? "") as Record<string, string>);
        expect(first?.["instanceId"]).toBe("instance-0123");
        expect(second).not.toHaveProperty("instanceId");
        expect(second?.["endpointId"]).toBe(`${"e".repeat(90)}-instance-`);
      }
    },
  );

  it("says which server is needed when it has no version at all", async () => {
    const none = answer(404, refusal("NotFound", "APIVersionNotSupported"));
    const { made, sent } = await create(none, none);
    expect(made).toMatchObject({ code: "unsupportedServer", advice: { action: "stop" } });
    expect((made as Error).message).toContain("Skype for Business Server 2015");
    expect(sent).toHaveLength(2);
  });

  it.each<[string, HttpAnswer, string, string]>([
    ["403 of UCWA", answer(403, refusal("Forbidden", "None")), "forbidden", "stop"],
    ["403 of a proxy", answer(403, "no", "text/html"), "moved", "rediscover"],
    ["502", answer(502, "no", "text/html"), "moved", "rediscover"],
    ["404 of a proxy", answer(404, "no", "text/html"), "unexpected", "retry"],
    ["404 of UCWA", answer(404, refusal("NotFound", "None")), "unexpected", "retry"],
    ["a page", answer(200, "no", "text/html"), "unexpected", "retry"],
    ["a redirect", answer(302, "", "text/html"), "unexpected", "retry"],
    ["400 of UCWA", answer(400, refusal("BadRequest", "ParameterValidationFailure")), "refused", "retry"],
    ["400 of a proxy", answer(400, "no", "text/html"), "unexpected", "retry"],
    ["408", answer(408, "no", "text/html"), "applications", "retry"],
    ["409", answer(409, refusal("Conflict", "AlreadyExists")), "applications", "retry"],
    ["429", answer(429, ""), "applications", "retry"],
    ["500", answer(500, refusal("ServiceFailure", "CallbackChannelError")), "applications", "retry"],
    ["503 of a balancer", answer(503, "no", "text/html"), "applications", "retry"],
    [
      "410 TooManyApplications",
      answer(410, refusal("Gone", "TooManyApplications")),
      "tooManyApplications",
      "stop",
    ],
    [
      "410 UserAgentNotAllowed",
      answer(410, refusal("Gone", "UserAgentNotAllowed")),
      "userAgentNotAllowed",
      "stop",
    ],
  ])("is refused by %s", async (_, given, code, action) => {
    const { made } = await create(given);
    expect(made).toMatchObject({ code, advice: { action } });
  });
});

describe("a refusal", () => {
  it("of a user names the reason as closely as the server does", async () => {
    for (const [said, named] of [
      [{ code: "Forbidden", subcode: "None" }, ", None"],
      [{ code: "Forbidden" }, ", Forbidden"],
    ] as const) {
      const { made, sent } = await create(answer(403, said));
      expect(made).toMatchObject({ said: { technical: expect.stringContaining(named) as string } });
      expect(sent).toHaveLength(1);
    }
  });

  it("is read from XML, and never from a page or a success", () => {
    const xml = "<reason><code>Gone</code><subcode>InactiveApplicationExpired</subcode></reason>";
    expect(lossOf(answer(410, xml, "application/xml; charset=utf-8"))).toEqual({ cause: "inactive" });
    expect(reasonOf(answer(410, refusal("Gone", "TooManyApplications"), "text/html"))).toBeNull();
    expect(reasonOf(answer(200, refusal("Gone", "TooManyApplications")))).toBeNull();
  });

  it("means the loss of the application only by what it says, or by 410", () => {
    expect(lossOf(answer(404, refusal("NotFound", "ApplicationNotFound")))).toEqual({ cause: "gone" });
    expect(lossOf(answer(404, refusal("NotFound", "ResourceNotFound")))).toBeNull();
    expect(lossOf(answer(404, "no", "text/html"))).toBeNull();
    expect(lossOf(answer(410, ""))).toEqual({ cause: "gone" });
    expect(lossOf(answer(410, "<h1>Gone</h1>", "text/html"))).toBeNull();
    expect(lossOf(answer(410, refusal("Gone", "MobileApplicationNoLongerAllowed")))).toMatchObject({
      cause: "stopped",
      problem: { code: "mobileNotAllowed" },
    });
  });
});

it.each([
  ["en-US", "en-US"],
  ["de", "de"],
  ["de_DE", "de-DE"],
  ["zh-Hans-CN", "zh-CN"],
  ["de-DE-x-lvariant-euro", "de-DE"],
  ["en-US-u-va-posix", "en-US"],
  ["es-419", "es"],
  ["und", "en-US"],
  ["fil-PH", "en-US"],
  ["C", "en-US"],
  ["", "en-US"],
])("the language %s of a computer is the culture %s", (locale, culture) => {
  expect(cultureOf(locale)).toBe(culture);
});
