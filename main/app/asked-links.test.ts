import { describe, expect, it } from "vitest";

import type { Question } from "../desktop/message-box.ts";
import { AskedLinks, question } from "./asked-links.ts";

function rig(answer: number, taken = true) {
  const asked: Question[] = [];
  const opened: string[] = [];
  const answers: ((button: number) => void)[] = [];
  const links = new AskedLinks({
    ask: async (one) => {
      asked.push(one);
      if (answer < 0) return await new Promise((resolve) => void answers.push(resolve));
      return answer;
    },
    open: async (url) => {
      opened.push(url);
      return taken;
    },
  });
  return { links, asked, opened, answers };
}

describe("a link", () => {
  it("is opened after a yes, and closing the box is none", async () => {
    const no = rig(0);
    await no.links.open("https://a.example/");
    expect([no.asked.map(({ buttons }) => buttons), no.opened]).toEqual([[["Cancel", "Open"]], []]);
    const yes = rig(1);
    await yes.links.open("https://a.example/");
    expect(yes.opened).toEqual(["https://a.example/"]);
  });

  it("is asked about one at a time, however often a page asks", async () => {
    const { links, asked, opened, answers } = rig(-1);
    const first = links.open("https://a.example/");
    await links.open("https://b.example/");
    expect(asked).toHaveLength(1);
    answers[0]?.(1);
    await first;
    expect(opened).toEqual(["https://a.example/"]);
    void links.open("https://b.example/");
    expect(asked).toHaveLength(2);
  });

  it("that no program takes is told of", async () => {
    const { links, asked } = rig(1, false);
    await links.open("https://a.example/");
    expect(asked.map(({ message }) => message)).toEqual([
      "Open a page of https://a.example?",
      "The link couldn't be opened.",
    ]);
  });

  it("is shown with all that says where it leads", () => {
    expect(question("https://a.example/b?c")).toEqual({
      message: "Open a page of https://a.example?",
      detail: "https://a.example/b?c",
    });
    expect(question("http://xn--bnk-qla.example:8080/")).toEqual({
      message: "Open a page of http://xn--bnk-qla.example:8080?",
      detail: [
        "http://xn--bnk-qla.example:8080/",
        "It is not encrypted: others may read along.",
        "Its name has letters that may look like others.",
      ].join("\n\n"),
    });
    const long = question(`https://a.example/${"x".repeat(2_000)}`);
    expect([long.message, long.detail.length]).toEqual(["Open a page of https://a.example?", 201]);
    expect(question("mailto:ada@a.example")).toEqual({
      message: "Write an email?",
      detail: "To ada@a.example",
    });
  });
});
