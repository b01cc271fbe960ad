import { XMLParser } from "fast-xml-parser";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { toastOf } from "../../testing/electron-double/toast.ts";
import type { NotificationRequest } from "./notification-service.ts";
import { readToastActivation, windowsToastXml } from "./windows-toast-xml.ts";

const request: NotificationRequest = {
  summary: "Ada & Bob <3",
  body: 'He said "now"\nsecond line',
  urgency: "normal",
  category: "im.received",
  actions: [
    { key: "accept", label: "Accept" },
    { key: "decline", label: "Decline" },
  ],
};

describe("the toast of Windows", () => {
  it("stays until it is answered, with our two buttons and nothing of the caller's as markup", () => {
    const parsed = new XMLParser({ ignoreAttributes: false }).parse(windowsToastXml(request, "t1", true));
    expect(parsed.toast["@_scenario"]).toBe("incomingCall");
    expect(parsed.toast.visual.binding.text).toEqual(["Ada & Bob <3", 'He said "now"', "second line"]);
    expect(
      parsed.toast.actions.action.map((action: Record<string, string>) => action["@_arguments"]),
    ).toEqual(["type=action&action=0&tag=t1&key=accept", "type=action&action=1&tag=t1&key=decline"]);
  });

  it("goes like any other in passing: it does not ring, and nothing keeps it", () => {
    const toast = toastOf(windowsToastXml({ ...request, actions: [], passing: true }, "t1", true));
    expect(toast).toMatchObject({ scenario: "default", loops: null, buttons: [] });
  });

  it("makes no noise when only its text changes", () => {
    expect(windowsToastXml(request, "t1", false)).toContain('silent="true"');
  });

  it("is drawn whatever the caller calls himself, with our two buttons and no other", () => {
    const text = fc.string({ unit: "binary" });
    const hostile = fc.constant(`"/></actions><actions><action content="Pay" arguments="x"/>`);
    fc.assert(
      fc.property(fc.oneof(text, hostile), fc.oneof(text, hostile), (summary, body) => {
        const toast = toastOf(windowsToastXml({ ...request, summary, body }, "t1", true));
        expect(toast?.buttons.map(({ label }) => label)).toEqual(["Accept", "Decline"]);
        expect(toast?.lines).toEqual([summary, ...body.split("\n")].slice(0, 3).map(drawable));
      }),
    );
  });

  it("reads back what its own clicks say, and nothing else", () => {
    expect(readToastActivation("type=action&action=1&tag=t1&key=decline")).toEqual({
      tag: "t1",
      key: "decline",
    });
    expect(readToastActivation("type=click&tag=t1")).toEqual({ tag: "t1", key: null });
    for (const text of [
      "",
      "type=action&tag=t1",
      "type=action&action=1&tag=t1&key=",
      "type=action&action=1&key=accept",
      "type=click",
      "type=reply&tag=t1&key=accept",
    ])
      expect(readToastActivation(text)).toBeNull();
  });
});

/** What XML can hold of a text: no control characters, no half characters, one kind of line end. */
function drawable(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "")
    .replaceAll(/\r\n?/g, "\n");
}
