import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readInvitation } from "./read-invitation.ts";
import { readResource } from "./read-resource.ts";
import { representationOf } from "./representation.ts";
import { answer, BASE } from "./testing/http-answer.ts";

describe("an XML document", () => {
  it("is an invitation like any other", () => {
    const xml = `<resource rel="messagingInvitation" href="/i/1">
      <link rel="accept" href="/i/1/accept" /><link rel="decline" href="/i/1/decline" />
      <link rel="message" href="data:text/plain;charset=utf-8,Hi+there%2c+%2b1%0d%0a" />
      <property name="direction">incoming</property><property name="state">Connecting</property>
      <property name="subject">R&amp;D &#8211; <![CDATA[<now> &amp;]]></property>
      <resource rel="from" href="/p/1"><property name="rel">participant</property><property name="name">Sara</property><property name="anonymous">True</property></resource>
    </resource>`;
    const resource = readResource(representationOf(answer(xml)), BASE);
    expect(resource && readInvitation(resource)).toMatchObject({
      direction: "Incoming",
      subject: "R&D – <now> &amp;",
      message: { text: "Hi there, +1" },
      from: { name: "Sara", anonymous: true },
      links: { accept: "https://pool.contoso.example/i/1/accept" },
    });
  });

  it("may have a prefix for its namespace, and a byte order mark and white space before it", () => {
    const xml = `\uFEFF \n<u:resource xmlns:u="urn:x" rel="me" href="/me"><u:property name="name">Sara</u:property></u:resource>`;
    expect(readResource(representationOf(answer(xml)), BASE)).toMatchObject({
      rel: "me",
      properties: { name: "Sara" },
    });
  });

  it("has a line break in an attribute only where it is escaped", () => {
    const xml = `<resource rel="x" href="/x"><link rel="y" href="/y" title="a\n\tb&#10;c"/></resource>`;
    expect(readResource(representationOf(answer(xml)), BASE)?.links.get("y")?.[0]?.title).toBe("a  b\nc");
  });

  it("cannot reach what every object has", () => {
    const xml = `<resource rel="x"><property name="__proto__">a</property><link rel="__proto__" href="/a"/><resource rel="constructor" href="/b"/></resource>`;
    const resource = readResource(representationOf(answer(xml)), BASE);
    expect(Object.hasOwn(resource?.properties ?? {}, "__proto__")).toBe(true);
    expect(resource?.links.get("__proto__")).toHaveLength(1);
    expect(resource?.embedded.get("constructor")).toHaveLength(1);
  });

  it.each([
    ["has a document type", `<!DOCTYPE resource [<!ENTITY a "b">]><resource rel="x">&a;</resource>`],
    ["is a web page", "<!doctype html><html><body>Sorry</body></html>"],
    ["is a page without a document type", "<html><body>Sorry</body></html>"],
    ["breaks off", `<events href="/e"><link rel="next" href="/n"/><sender rel="me" href="/me">`],
    ["breaks off in a tag", `<events href="/e"><link rel="next`],
    ["has two roots", `<resource rel="a"/><resource rel="b"/>`],
    ["is nested without end", `${"<resource>".repeat(5_000)}${"</resource>".repeat(5_000)}`],
    ["is nested deeper than any document", `${"<resource>".repeat(40)}${"</resource>".repeat(40)}`],
    ["has an attribute twice", `<resource rel="a" rel="b"/>`],
    ["closes what is not open", `<resource rel="a"></sender>`],
    ["is nothing but a bracket", "<"],
  ])("is not read when it %s", (_, xml) => {
    expect(representationOf(answer(xml))).toBeUndefined();
  });

  it("knows the five entities of XML and characters by number, and expands no other", () => {
    const xml = `<resource rel="x"><property name="a">&lt;&gt;&amp;&quot;&apos;&#65;&#x1F600;&nbsp;</property></resource>`;
    expect(representationOf(answer(xml))).toMatchObject({ a: `<>&"'A😀&nbsp;` });
  });

  it.each(["&#xD800;", "&#0;", "&#x110000;", "&#x1B;"])(
    "is no document with %s, which XML does not know",
    (odd) => {
      const xml = `<resource rel="x"><property name="a">${odd}</property></resource>`;
      expect(representationOf(answer(xml))).toBeUndefined();
    },
  );

  it("never throws, whatever it is", () => {
    const piece = fc.constantFrom(
      "<",
      ">",
      "/",
      "resource",
      " rel=",
      '"',
      "&",
      "amp;",
      "<![CDATA[",
      "]]>",
      "<!--",
      "<?",
      "x",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        representationOf(answer(`<${pieces.join("")}`));
      }),
    );
  });
});

describe("an answer is UCWA's own", () => {
  const own = JSON.stringify({ rel: "me" });

  it.each([
    "application/json",
    "application/json; charset=utf-8",
    " application/json ; charset=utf-8",
    "Application/JSON;Charset=UTF-8",
    "application/xml",
    "application/vnd.microsoft.com.ucwa+json",
    "application/vnd.microsoft.com.ucwa+xml; charset=utf-8",
    "application/vnd.microsoft.ucwa+json",
  ])("with the type %s, whichever of the two forms it holds", { tags: ["media-types-equal"] }, (type) => {
    expect(representationOf(answer(own, type))).toMatchObject({ rel: "me" });
    expect(representationOf(answer(`<resource rel="me"/>`, type))).toMatchObject({ rel: "me" });
  });

  it("when it names no type and reads like one, a byte order mark before it or not", () => {
    expect(representationOf(answer(own, null))).toEqual({ rel: "me" });
    expect(representationOf(answer(`\uFEFF${own}`, null))).toEqual({ rel: "me" });
  });

  it.each([
    "text/html",
    "text/plain; charset=utf-8",
    "text/json",
    "application/octet-stream",
    "application/problem+json",
    "odd",
  ])("not with the type %s, even if it reads like one", (type) => {
    expect(representationOf(answer(own, type))).toBeUndefined();
  });

  it.each(["", " ", "[]", "null", "3", `"x"`, "{", "Service Unavailable"])("not as %j", (body) => {
    expect(representationOf(answer(body, null))).toBeUndefined();
  });
});
