import { XMLParser, XMLValidator } from "fast-xml-parser";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { NotificationRequest } from "./service.ts";
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

  it("makes no noise when only its text changes", () => {
    expect(windowsToastXml(request, "t1", false)).toContain('silent="true"');
  });

  it("is well-formed whatever the caller calls himself", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (summary, body) => {
        expect(XMLValidator.validate(windowsToastXml({ ...request, summary, body }, "t1", true))).toBe(true);
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
