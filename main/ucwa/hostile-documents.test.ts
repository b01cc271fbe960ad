import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { POOL } from "../testing/servers/scripted-server.ts";
import { readMessageText } from "./resources/data-uri.ts";
import { readPackage } from "./application/events.ts";
import { readInvitation } from "./resources/read-invitation.ts";
import { readReason, readResource } from "./resources/read-resource.ts";
import { safeLine } from "./resources/safe-text.ts";
import { processorMs } from "../testing/processor-time.ts";
import { FOREIGN } from "../testing/servers/hostile-server.ts";

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
