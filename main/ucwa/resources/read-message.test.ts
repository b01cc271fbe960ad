import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resource } from "../../testing/invitation-events.ts";
import { readMessage, readTime } from "./read-message.ts";

const MESSAGING = "https://pool.example.test/ucwa/oauth/v1/applications/7/messaging";

describe("the representation of a message", () => {
  it("gives who said what, when, and under which operation", () => {
    const read = readMessage(
      resource({
        rel: "message",
        properties: { direction: "Incoming", timeStamp: "/Date(1383784870271)/", operationId: "9" },
        links: {
          plainMessage: "data:text/plain;charset=utf-8,One+%2b+one%0d%0a",
          participant: "/participants/lene",
          messaging: MESSAGING,
        },
      }),
    );
    expect(read).toEqual({
      direction: "Incoming",
      sentAt: 1_383_784_870_271,
      operationId: "9",
      text: { text: "One + one", format: "plain" },
      participant: { href: "https://pool.example.test/participants/lene", name: "" },
      messaging: MESSAGING,
    });
  });

  it("is taken in its plain form where it has two, and as the text of its HTML where it has one", () => {
    const htmlMessage = "data:text/html;charset=utf-8,%3cb%3eHello%3c%2fb%3e%3cscript%3ex%3c%2fscript%3e";
    expect(readMessage(resource({ rel: "message", links: { htmlMessage } })).text).toEqual({
      text: "Hello",
      format: "html",
    });
    const plainMessage = "data:text/plain,plain";
    expect(readMessage(resource({ rel: "message", links: { htmlMessage, plainMessage } })).text).toEqual({
      text: "plain",
      format: "plain",
    });
  });

  it("says nothing where nothing can be read", () => {
    expect(readMessage(resource({ rel: "message", properties: { direction: 7, timeStamp: {} } }))).toEqual({
      direction: null,
      sentAt: null,
      operationId: null,
      text: null,
      participant: null,
      messaging: null,
    });
  });
});

describe("a time", () => {
  it.each([
    ["/Date(0)/", 0],
    [" /Date(1364327898968+0100)/ ", 1_364_327_898_968],
    ["2013-03-26T19:58:18Z", 1_364_327_898_000],
    ["/Date(999999999999999)/", 999_999_999_999_999],
    ["/Date(9999999999999999)/", null],
    ["yesterday", null],
    ["", null],
    [12, null],
  ])("%j is %j", (sent, time) => {
    expect(readTime(sent)).toBe(time);
  });

  it("is a date or nothing, whatever was sent", () => {
    const odd = fc.oneof(
      fc.anything(),
      fc.bigInt().map((ms) => `/Date(${ms})/`),
    );
    fc.assert(
      fc.property(odd, (sent) => {
        const time = readTime(sent);
        if (time !== null) expect(() => new Date(time).toISOString()).not.toThrow();
      }),
    );
  });
});
