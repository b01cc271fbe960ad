import { describe, expect, it } from "vitest";
import { createApplication, origins, signIn, virtualServer } from "../testing/client.ts";
import { json, stranger } from "../testing/stranger.ts";

function entrance(answers: "root" | "redirect" | "found" | "missing") {
  const entrances = [{ origin: "http://lyncdiscover.doorbell.example", answers }];
  return stranger({ origins: { ...origins, entrances } });
}

describe("the root of discovery (RootURL)", () => {
  it.each(["/", "/Autodiscover/AutodiscoverService.svc/root?originalDomain=doorbell.example"])(
    "names self, user and xframe at %s",
    { tags: ["root-document"] },
    async (path) => {
      const root = await stranger().get(origins.discovery + path);
      expect(root.status).toBe(200);
      expect(Object.keys(root.json._links).toSorted()).toEqual(["self", "user", "xframe"]);
      const { self, user, xframe } = root.json._links;
      expect([self, user, xframe].map(({ href }) => href.replace(/\?.*/, ""))).toEqual([
        `${origins.discovery}/Autodiscover/AutodiscoverService.svc/root`,
        `${origins.discovery}/Autodiscover/AutodiscoverService.svc/root/oauth/user`,
        `${origins.discovery}/Autodiscover/XFrame/XFrame.html`,
      ]);
    },
  );

  it("keeps the domain that it was asked with", { tags: ["root-original-domain"] }, async () => {
    const root = await stranger().get(
      `${origins.discovery}/Autodiscover/AutodiscoverService.svc/root?originalDomain=doorbell.example`,
    );
    for (const rel of ["self", "user"])
      expect(root.json._links[rel].href).toMatch(/\?originalDomain=doorbell\.example$/);
  });

  it.each([
    ["http://lyncdiscover.b.example", "/", "b.example"],
    ["http://lyncdiscoverinternal.b.example", "/", "b.example"],
    ["http://lyncdiscover.b.example", "/?originalDomain=c.example", "c.example"],
    [origins.discovery, "/", "doorbell.example"],
  ])("says in whose domain the search began: %s%s", async (origin, path, domain) => {
    const entrances = [{ origin, answers: "root" as const }];
    const root = await stranger({ origins: { ...origins, entrances } }).get(origin + path);
    for (const rel of ["self", "user"])
      expect(new URL(root.json._links[rel].href).search).toBe(`?originalDomain=${domain}`);
  });

  it("redirects where it is told to", { tags: ["root-redirect"] }, async () => {
    const { get } = stranger({ switches: { rootRedirect: "https://elsewhere.example/root" } });
    const root = await get(`${origins.discovery}/`);
    expect(root.json._links.redirect.href).toBe("https://elsewhere.example/root");
    expect(root.json._links.user).toBeUndefined();
  });

  it("puts the redirect beside the user link by a switch", async () => {
    const { get } = stranger({
      switches: { rootRedirect: "https://elsewhere.example/root", rootRedirectBesideUser: true },
    });
    const root = await get(`${origins.discovery}/`);
    expect(Object.keys(root.json._links).toSorted()).toEqual(["redirect", "self", "user", "xframe"]);
  });

  it("redirects with HTTP 302 where it is told to", { tags: ["candidate-redirected-out"] }, async () => {
    const { get } = stranger({ switches: { rootFound: "https://elsewhere.example/root" } });
    const root = await get(`${origins.discovery}/`);
    expect([root.status, root.headers.get("location")]).toEqual([302, "https://elsewhere.example/root"]);
  });

  it("is missing by a switch: 404 with a page", { tags: ["candidate-not-found"] }, async () => {
    const root = await stranger({ switches: { rootMissing: true } }).get(`${origins.discovery}/`);
    expect([root.status, root.headers.get("content-type")]).toEqual([404, "text/html"]);
  });

  it.each([
    ["root", 200, "user"],
    ["redirect", 200, "redirect"],
  ] as const)(
    "may begin at another address: %s",
    { tags: ["root-other-host"] },
    async (answers, status, rel) => {
      const at = entrance(answers);
      const root = await at.get("http://lyncdiscover.doorbell.example/?originalDomain=doorbell.example");
      expect(root.status).toBe(status);
      expect(new URL(root.json._links[rel].href).origin).toBe(origins.discovery);
      expect(root.json._links[rel].href).toContain("originalDomain=doorbell.example");
    },
  );

  it("is reached from plain HTTP by 302, with the domain kept", async () => {
    const root = await entrance("found").get(
      "http://lyncdiscover.doorbell.example/?originalDomain=doorbell.example",
    );
    expect(root.status).toBe(302);
    expect(root.headers.get("location")).toBe(
      `${origins.discovery}/Autodiscover/AutodiscoverService.svc/root?originalDomain=doorbell.example`,
    );
  });

  it("is not there at a name that is not set up: 404", async () => {
    const root = await entrance("missing").get("http://lyncdiscover.doorbell.example/");
    expect([root.status, root.headers.get("content-type")]).toEqual([404, "text/html"]);
  });

  it(
    "answers in the older autodiscover format when asked for it",
    { tags: ["root-older-format"] },
    async () => {
      const accept = { Accept: "application/vnd.microsoft.rtc.autodiscover+xml;v=1" };
      const at = stranger();
      const root = await at.get(`${origins.discovery}/?sipuri=sip:ada@doorbell.example`, accept);
      expect(root.headers.get("content-type")).toBe("application/vnd.microsoft.rtc.autodiscover+xml; v=1");
      expect(root.text).toMatch(
        /AccessLocation="\w+"[^]*<Root>[^]*<Link token="User" href="[^"]+\/oauth\/user\?originalDomain=doorbell\.example"/,
      );
      const redirected = stranger({ switches: { rootRedirect: "https://elsewhere.example/?a=1&b=2" } });
      const away = await redirected.get(`${origins.discovery}/`, accept);
      expect(away.text).toContain('<Link token="Redirect" href="https://elsewhere.example/?a=1&amp;b=2" />');
      expect([at.server.control.breaches, redirected.server.control.breaches]).toEqual([[], []]);
    },
  );

  it("is not the page, unless HTML is asked for", async () => {
    const page = await stranger().get(`${origins.discovery}/`, { Accept: "text/html" });
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  });
});

describe("the signed-in user (user)", () => {
  it(
    "is shown where applications are created, on the other origin, with revision 2",
    { tags: ["user-document", "applications-other-host", "applications-revision"] },
    async () => {
      const at = stranger();
      const url = await at.userHref();
      const token = await signIn(at.fetch, await at.get(url));
      const home = await at.get(url, { ...json, Authorization: `Bearer ${token}` });
      expect(Object.keys(home.json._links).toSorted()).toEqual(["applications", "self", "xframe"]);
      expect(home.json._links.applications).toEqual({
        href: `${origins.applications}/ucwa/oauth/v1/applications`,
        revision: "2",
      });
      expect(home.json._links.xframe.href).toBe(`${origins.applications}/Autodiscover/XFrame/XFrame.html`);
    },
  );

  it("is sent elsewhere by a switch", { tags: ["user-redirect"] }, async () => {
    const at = stranger({ switches: { userRedirect: "https://elsewhere.example/root" } });
    const url = await at.userHref();
    const token = await signIn(at.fetch, await at.get(url));
    const home = await at.get(url, { ...json, Authorization: `Bearer ${token}` });
    expect(home.json._links).toMatchObject({
      redirect: { href: "https://elsewhere.example/root" },
      xframe: { href: `${origins.discovery}/Autodiscover/XFrame/XFrame.html` },
    });
    expect(home.json._links.applications).toBeUndefined();
  });

  it("needs one token only when everything is on one origin", async () => {
    const one = { discovery: origins.discovery, applications: origins.discovery };
    const server = virtualServer({ origins: one });
    const application = await createApplication(server);
    expect(application.resource.rel).toBe("application");
    expect(server.control.breaches).toEqual([]);
  });
});
