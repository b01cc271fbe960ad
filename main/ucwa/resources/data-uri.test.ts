import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readMessageText } from "./data-uri.ts";

/** Form encoding as the wire shows it: `+` for a space, lower-case hex, UTF-8. */
function formEncode(text: string): string {
  return [...new TextEncoder().encode(text)]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      if (char === " ") return "+";
      return /[a-z0-9]/i.test(char) ? char : `%${byte.toString(16).padStart(2, "0")}`;
    })
    .join("");
}

describe("the first message of an invitation", () => {
  it(
    "reads form encoding: plus is a space, %2b is a plus, the trailing line break goes",
    { tags: ["data-uri-line-end", "data-uri-form-encoding"] },
    () => {
      expect(readMessageText("data:text/plain;charset=utf-8,1+%2b+1+is+2%0d%0a")).toEqual({
        text: "1 + 1 is 2",
        format: "plain",
      });
    },
  );

  it("reads base64, with and without percent-encoded padding", { tags: ["data-uri-base64"] }, () => {
    expect(readMessageText("data:text/plain;base64,R3LDvMOfZQ==")?.text).toBe("Grüße");
    expect(readMessageText("data:text/plain;charset=utf-8;BASE64,R3LDvMOfZQ%3D%3D")?.text).toBe("Grüße");
  });

  it(
    "reads other charsets, and falls back to UTF-8 for one that nobody knows",
    { tags: ["data-uri-charset"] },
    () => {
      expect(readMessageText("data:text/plain;charset=iso-8859-1,caf%e9")?.text).toBe("café");
      expect(readMessageText("data:text/plain;charset=utf-16le,H%00i%00")?.text).toBe("Hi");
      expect(readMessageText("data:text/plain;charset=klingon,caf%c3%a9")?.text).toBe("café");
    },
  );

  it(
    "takes text/plain where no media type is named, and keeps commas and other parameters out of the way",
    { tags: ["data-uri-parameters"] },
    () => {
      expect(readMessageText("data:,a,b")?.text).toBe("a,b");
      expect(readMessageText('data:text/plain;boundary=x;charset="utf-8";format=flowed,ok')?.text).toBe("ok");
      expect(readMessageText("DATA:TEXT/PLAIN,ok")?.text).toBe("ok");
      expect(readMessageText("data: text/plain ; x=y ; charset=iso-8859-1 ; z,caf%e9")?.text).toBe("café");
    },
  );

  it("shows malformed escapes as they came", { tags: ["data-uri-malformed"] }, () => {
    expect(readMessageText("data:text/plain,100%zz+%e2%82+%")?.text).toBe("100%zz \uFFFD %");
  });

  it(
    "holds no text for media offers, custom content and what is no data URI",
    { tags: ["data-uri-other-types"] },
    () => {
      expect(readMessageText("data:application/sdp;base64,dj0w")).toBeNull();
      expect(readMessageText("data:multipart/alternative;boundary=x,--x")).toBeNull();
      expect(readMessageText("https://lync.example/message")).toBeNull();
      expect(readMessageText("data:text/plain")).toBeNull();
    },
  );

  it("turns HTML into the text a person would read", { tags: ["data-uri-html"] }, () => {
    const html = `<span style="margin:0">See <b>you</b> at&nbsp;5&#58;30 &amp; bring&hellip;</span><br/><p>Lene</p>`;
    expect(readMessageText(`data:text/html;charset=utf-8,${formEncode(html)}`)).toEqual({
      text: "See you at 5:30 & bring…\n\nLene",
      format: "html",
    });
  });

  it("drops scripts, styles and comments with their content, and unescapes once only", () => {
    const html = `<style>p{}</style><script>alert(1)</script><!-- no -->&amp;lt;b&gt;<img src=x onerror="alert(1)">`;
    expect(readMessageText(`data:text/html,${formEncode(html)}`)?.text).toBe("&lt;b>");
  });

  it("lets no control or direction character through", () => {
    expect(readMessageText("data:text/plain,a%1b%5b31m%07b%e2%80%aec%00")?.text).toBe("a[31mbc");
  });

  it("cuts what is longer than anybody shows", { tags: ["message-length"] }, () => {
    const text = readMessageText(`data:text/plain,${"😀".repeat(20_000)}`)?.text ?? "";
    expect(text.length).toBeLessThanOrEqual(16_384);
    expect(text.isWellFormed()).toBe(true);
    expect(text.endsWith("…")).toBe(true);
  });

  it("brings back any text that was form-encoded", () => {
    const visible = fc.string({ unit: fc.constantFrom(..."abcXYZ019+%&=?#/ ,;\"'<>äßé漢😀") });
    fc.assert(
      fc.property(visible, (text) => {
        const shown = readMessageText(`data:text/plain;charset=utf-8,${formEncode(`${text}x\r\n`)}`)?.text;
        expect(shown).toBe(`${text}x`);
      }),
    );
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        readMessageText(`data:text/html;${text}`);
        readMessageText(`data:${text}`);
        readMessageText(text);
      }),
    );
  });
});
