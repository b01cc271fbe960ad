import { describe, expect, it } from "vitest";
import { links, POOL, ScriptedServer } from "../testing/servers/scripted-server.ts";
import { processorMs } from "../testing/processor-time.ts";
import { isEvents } from "../testing/signed-in.ts";
import { client, invitation } from "../testing/servers/hostile-server.ts";

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
