import { describe, expect, it } from "vitest";
import type { Conversation } from "../../conversations/conversation.ts";
import { aMessage, ownMessage } from "../../surfaces/terminal/testing/a-talk.ts";
import { anInvitation } from "../../surfaces/terminal/testing/an-invitation.ts";
import { accepted, ALONE, BEN, talking } from "../testing/talking-program.ts";

describe("a conversation on a terminal", () => {
  it("is answered by Enter, a text and Enter, and the next text can follow", async () => {
    const { program, press, type, shown, done, quit } = await talking(ALONE);
    expect(shown()).toMatch(
      /Lena Berg: Have you got a minute\?\n[^]*: 1 new\n[^]*Enter = write {3}l = leave/,
    );
    await press("\r");
    await type("I have.");
    expect(shown()).toMatch(/Enter = send {3}Esc = back\n.*Lena Berg> I have\.\r$/);
    // The caret alone is not typing.
    await press("\u001B[D", "\u001B[C");
    expect(program.core.done.filter((what) => what === "typing c1")).toHaveLength(7);
    await press("\r");
    await type("Now");
    await press("\r");
    expect(done()).toEqual(["seen c1", "say c1 I have.", "say c1 Now"]);
    await quit();
  });

  it("takes every key for text while one is written, and none for text afterwards", async () => {
    const { press, type, becomes, shown, done, quit } = await talking(ALONE);
    await press("\r");
    await becomes({ invitations: [accepted, anInvitation({ id: "i9" })] });
    expect(shown()).toMatch(/after Esc: {3}a = accept {3}d = decline/);
    await type("adclqrsx19a");
    expect(done()).toEqual(["seen c1"]);
    await press("\u001B", "a");
    expect(done()).toEqual(["accept i9"]);
    // The text is kept.
    await press("\r", "\r");
    expect(done()).toEqual(["seen c1", "say c1 adclqrsx19a"]);
    await quit();
  });

  it("is not left by an arrow key that comes in two pieces", async () => {
    const { program, press, type, shown, done, quit } = await talking(ALONE);
    await press("\r");
    await type("ad");
    for (const [escape, rest] of [
      ["\u001B", "[D"],
      ["\u001B[", "D"],
    ] as const) {
      program.stdin.write(escape);
      await press(rest);
    }
    await type("l");
    expect(shown()).toMatch(/Lena Berg> lad\r/);
    expect(done()).toEqual(["seen c1"]);
    await quit();
  });

  it("never gives the keys to commands by itself: not when it is over, nor by a question", async () => {
    const { press, type, becomes, shown, done, quit } = await talking(ALONE);
    await press("\r");
    await type("Wait");
    await becomes({ conversations: [{ ...ALONE, unread: 0, state: "ended", end: "over", canSay: false }] });
    await becomes({
      session: { name: "attention", reason: "untrustedServer", detail: "No.", origin: "https://x.example" },
    });
    expect(shown()).toContain("Lena Berg: The conversation has ended.");
    await type("yn");
    await press("\r");
    expect(shown()).toContain("Nothing can be said there now. Your text is kept.");
    expect(done()).toEqual(["seen c1"]);
    await press("\u001B", "y");
    expect(done()).toEqual(["approve https://x.example"]);
    await quit();
  });

  it("rings the terminal's bell for who rings and for a text elsewhere, not for one in view", async () => {
    const { program, press, becomes, done, quit } = await talking(ALONE, BEN);
    const bells = (): number => program.out.split("\u0007").length - 1;
    const before = bells();
    await press("2\r");
    expect(done()).toEqual(["seen c2"]);
    const toBen = (unread: number): Conversation => ({ ...BEN, unread, messages: [aMessage({ id: "m8" })] });
    await becomes({ conversations: [ALONE, toBen(1)] });
    expect(done()).toEqual(["seen c2"]);
    await becomes({ conversations: [ALONE, toBen(0)] });
    expect(bells()).toBe(before);
    await becomes({ conversations: [{ ...ALONE, unread: 2 }, toBen(0)] });
    expect(bells()).toBe(before + 1);
    await becomes({ invitations: [accepted, anInvitation({ id: "i9" })] });
    expect(bells()).toBe(before + 2);
    await quit();
  });

  it("is the newest without a number, and its draft is its own", async () => {
    const { press, type, shown, done, quit } = await talking(ALONE, BEN);
    await press("\r");
    await type("to Ben");
    await press("\u001B");
    expect(shown()).toContain("2 Ben (ben@contoso.example): your text is kept");
    await press("1", "\r");
    await type("to Lena");
    await press("\r", "\u001B", "2\r", "\r");
    expect(done()).toEqual(["seen c2", "seen c1", "say c1 to Lena", "seen c2", "say c2 to Ben"]);
    await quit();
  });

  it("is not taken for who rings, nor who rings for it, by a number", async () => {
    const { press, becomes, done, quit } = await talking(ALONE);
    await becomes({ invitations: [accepted, anInvitation({ id: "i9" })] });
    await press("1a", "1d", "2\r", "x");
    expect(done()).toEqual([]);
    await press("2a", "1\r");
    expect(done()).toEqual(["accept i9", "seen c1"]);
    await quit();
  });

  it("is written in also where the window has room for nothing else", async () => {
    const { program, press, type, shown, quit } = await talking(ALONE);
    program.stdout.rows = 2;
    await press("\r");
    shown();
    await type("H");
    expect(shown()).toBe("\rLena Berg> H\r");
    await quit();
  });

  it("takes a paste as one text with its line breaks, and neither sends nor answers by it", async () => {
    const { press, becomes, shown, done, quit } = await talking(ALONE);
    await becomes({ invitations: [accepted, anInvitation({ id: "i9" })] });
    // Into the commands, even of one letter, it is nothing.
    await press("\u001B[200~a\u001B[201~", "\u001B[200~", "a", "\u001B[201~", "\u001B[200~\r\u001B[201~");
    expect(done()).toEqual([]);
    await press("\r", "\u001B[200~one\rtwo", "\rthree\r\u001B[201~");
    expect(shown()).toContain("Lena Berg> one↵two↵three↵");
    expect(done()).toEqual(["seen c1"]);
    await press("\u007F", "\r");
    expect(done()).toEqual(["say c1 one\ntwo\nthree"]);
    await quit();
  });

  it("sends a failed text again, and keeps one that was not taken", async () => {
    const failed = ownMessage({ state: "failed", problem: "The server did not answer." });
    const { program, press, type, becomes, shown, done, quit } = await talking(ALONE);
    await becomes({ conversations: [{ ...ALONE, messages: [aMessage(), failed] }] });
    expect(shown()).toMatch(
      /you: I have\.\n.*✗ not sent: “I have\.” The server did not answer\.\n[^]*: 1 not sent, 1 new[^]*s = send again/,
    );
    await press("s");
    expect(done()).toEqual(["sayAgain c1 m2"]);
    program.core.talkReceipt = () => ({ ok: false, error: { code: "notAllowed", message: "Not now." } });
    await press("\r");
    await type("Hm");
    await press("\r");
    expect(shown()).toMatch(/Not now\.\n[^]*Lena Berg> Hm/);
    program.core.talkReceipt = () => ({ ok: true });
    await press("\r");
    expect(done()).toEqual(["seen c1", "say c1 Hm", "say c1 Hm"]);
    await quit();
  });

  it("is left after a question, by its number where there are several", async () => {
    const { press, shown, done, quit } = await talking(ALONE, BEN);
    await press("l");
    expect(shown()).toContain("Several conversations go on: press the number of one first.");
    await press("2l");
    expect(shown()).toContain("Leave the conversation with Ben? [y/N]");
    await press("n", "2l", "y");
    expect(done()).toEqual(["leave c2"]);
    await quit();
  });

  it("keeps a text that was not sent from being lost by q", async () => {
    const { press, type, shown, done, quit } = await talking(ALONE);
    await press("\r");
    await type("Wait");
    await press("\u001B", "q");
    expect(shown()).toContain("Quit, though a text has not been sent? [y/N]");
    await press("\r");
    expect(done()).toEqual(["seen c1"]);
    await quit();
  });

  it("is stopped and continued, and interrupted, by the keys that do so everywhere", async () => {
    const { program, press, type, shown, quit } = await talking(ALONE);
    await press("\r");
    await type("Wa");
    let stopped = 0;
    program.job.onStop = () => void stopped++;
    await press("\u001A");
    expect(stopped).toBe(1);
    await type("it");
    expect(shown()).toMatch(/Lena Berg> Wait\r$/);
    const pastes = (): (string | undefined)[] => program.out.match(/\?2004[hl]/g)?.slice(1) ?? [];
    expect(pastes()).toEqual(["?2004l", "?2004h"]);
    // Stopped by what cannot be heard, and continued in the background.
    program.job.at = "background";
    program.job.continue();
    expect(pastes().at(-1)).toBe("?2004l");
    program.job.at = "foreground";
    program.job.continue();
    expect(pastes().at(-1)).toBe("?2004h");
    await press("\u0003");
    await quit();
  });
});
