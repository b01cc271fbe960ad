import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { htmlToText } from "./html-text.ts";
import { processorMs } from "../../testing/processor-time.ts";

describe("the text of an HTML message", () => {
  it.each([
    ["tags and their attributes", `<span style="a">Hi <b>you</b></span>`, "Hi you"],
    ["a `>` inside a quoted value", `<img alt="a > b" onerror='x>y'>after`, "after"],
    ["a tag that never ends, with the rest", `before <a href="x`, "before"],
    ["comments, also the shortest and the endless", `a<!-- x --><!-->b<!--->c<!-- d`, "abc"],
    ["comments with all that stands in them", "a<!-- <b>x</b> -- > y -->b", "ab"],
    ["scripts and styles with their content", `a<script>x<b></b>"</script >b<STYLE>p{}</StYlE>c`, "abc"],
    ["an element that only looks like the end of another", `a<script>x</scripty></script>b`, "ab"],
    ["a script that never ends, with the rest", "a<script>alert(1)", "a"],
    ["the end of an element that never began", "a</script>b</style>c", "abc"],
    ["frames and embedded objects", `a<iframe>x</iframe><object>y</object>b`, "ab"],
    ["declarations and instructions", `<!doctype html><?xml version="1.0"?>a<![CDATA[b]]></!>c`, "ac"],
  ])("drops %s", (_, html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  it("keeps a sign that begins no tag", () => {
    expect(htmlToText("1 < 2 <3 <> & a<")).toBe("1 < 2 <3 <> & a<");
    expect(htmlToText("why <3? 1 < 1/2!")).toBe("why <3? 1 < 1/2!");
  });

  it("makes lines of blocks and of breaks, and one space of all other white space", () => {
    expect(htmlToText("<div>a\n b</div><p>c<br/>d</p><hr><ul><li>e<li>f</ul>")).toBe("a b\n\nc\nd\n\ne\nf");
    expect(htmlToText("<br> a <br> b <br><br><br> c ")).toBe("a\nb\n\nc");
    expect(htmlToText("a <b> b </b> c&nbsp; d so\uFEFFft")).toBe("a b c  d so\uFEFFft");
  });

  it("sets the cells of a row apart", () => {
    expect(htmlToText("<table><tr><td>Mon</td> <td> 9:00 </td><tr><th>Tue<td>8</table>")).toBe(
      "Mon\t9:00\nTue\t8",
    );
  });

  it.each([
    ["named ones once, so that what was escaped twice stays escaped", "&amp;lt;b&gt; &quot;", `&lt;b> "`],
    ["numbers, with and without a semicolon", "&#65;&#x42;&#67 &#x1F600;&#x00001F600;", "ABC 😀😀"],
    [
      "names in the case that HTML has for them, some without a semicolon",
      "&Auml;&auml &AMP;&nbsp;!",
      "Ää & !",
    ],
    ["names of every language", "&Scaron;&lstrok;&odblac;&gbreve;&alpha;&Dcy;&shchcy;&rsquor;", "ŠłőğαДщ’"],
    ["the old numbers of Windows", "it&#146;s &#133;", "it’s …"],
    [
      "numbers that are no character",
      "&#0;&#xD800;&#x110000;&#99999999999999999999;",
      "\uFFFD\uFFFD\uFFFD\uFFFD",
    ],
    [
      "names that nobody gave a meaning",
      "&constructor; &__proto__; &toString; &foo;",
      "&constructor; &__proto__; &toString; &foo;",
    ],
  ])("reads entities: %s", (_, html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  it("gives back any text that was escaped", () => {
    const words = fc.string({ unit: fc.constantFrom(..."ab<>&\"'/!-=;#x19") });
    fc.assert(
      fc.property(words, (text) => {
        const escaped = text.replaceAll(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
        expect(htmlToText(`<p class="x">${escaped}</p>`)).toBe(text);
      }),
    );
  });

  it("shows nothing that stands inside markup, however it is put together", () => {
    const piece = fc.constantFrom(
      "<b>",
      "</b>",
      "<br>",
      "<!--SECRET-->",
      `<a title="SECRET>SECRET">`,
      "ok",
      " ",
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        expect(htmlToText(pieces.join(""))).not.toContain("SECRET");
      }),
    );
  });

  it("takes a megabyte of the worst in no time worth telling", () => {
    const worst = [
      "<b>",
      "<br",
      "<p ",
      "<",
      "<a x='",
      `<a x="`,
      "<!--",
      "<!-",
      "</",
      "<a = ",
      "<script>",
      "</script",
      "&#",
      "&a",
      "\n",
    ];
    const startedAt = processorMs();
    for (const unit of worst) htmlToText(unit.repeat(1_000_000 / unit.length));
    // A rule that is quadratic anywhere takes minutes.
    expect(processorMs() - startedAt).toBeLessThan(5_000);
  });
});
