import { describe, expect, it } from "vitest";
import type { CallReceipt, PeopleSearch } from "../../conversations/calling.ts";
import { aMessage, ownMessage } from "../../surfaces/terminal/testing/a-talk.ts";
import { anInvitation, ONLINE } from "../../surfaces/terminal/testing/an-invitation.ts";
import { FakeProgram } from "../testing/fakes.ts";
import { accepted, ALONE, talking } from "../testing/talking-program.ts";

describe("a call on a terminal", () => {
  const OLA = { name: "Ola Nord", uri: "sip:ola@contoso.example", title: "Lead", department: "" };

  it("goes to an address, with a first text", async () => {
    const { press, type, shown, done, quit } = await talking();
    await press("c");
    expect(shown()).toMatch(/Enter = go on {3}Esc = back\n.*name or address> \r/);
    await type("ola@contoso.example");
    await press("\r");
    await type("Hello");
    expect(shown()).toContain("to ola@contoso.example> Hello");
    await press("\r");
    expect(shown()).toContain("Calling ola@contoso.example…\n");
    expect(done()).toEqual(['invite {"to":"ola@contoso.example","message":"Hello"}']);
    await quit();
  });

  it("looks a name up, and is for the one whose number is chosen", async () => {
    const { program, press, type, shown, done, quit } = await talking();
    program.core.found = { ok: true, people: [{ ...OLA, name: "Olaf" }, OLA], moreAvailable: true };
    await press("c");
    await type("ola");
    await press("\r");
    expect(shown()).toMatch(/1 Olaf \(.*\)\n.*2 Ola Nord \(ola@contoso\.example, Lead\)\n[^]*number> /);
    await press("3", "\r", "\u007F", "2", "\r", "\r");
    expect(done()).toEqual([
      "search ola",
      "search 3",
      'invite {"to":"sip:ola@contoso.example","message":""}',
    ]);
    await quit();
  });

  it("keeps its texts when it was not taken, or when somebody rings", async () => {
    const { program, press, type, shown, done, quit } = await talking();
    program.core.callReceipt = () => ({ ok: false, error: { code: "notOnline", message: "Not online." } });
    await press("c");
    await type("ola@contoso.example");
    await press("\r");
    await type("Hello");
    await press("\u001B", "c", "\r", "\r");
    expect(shown()).toContain("Not online. Your text is kept.");
    program.core.callReceipt = () => ({ ok: true, invitation: "o1" });
    await press("c", "\r", "\r", "c", "\r");
    expect(done()).toEqual([1, 2].map(() => 'invite {"to":"ola@contoso.example","message":"Hello"}'));
    expect(shown()).toMatch(/address> \r$/);
    await quit();
  });

  it("is no longer looked for when the person has left the row, nor is its text lost that was changed meanwhile", async () => {
    const { program, press, type, shown, done, quit } = await talking();
    const search = Promise.withResolvers<PeopleSearch>();
    program.core.found = search.promise;
    await press("c");
    await type("ola");
    await press("\r");
    expect(shown()).toContain("Looking for “ola”…");
    await press("\u001B");
    search.resolve({ ok: true, people: [OLA], moreAvailable: false });
    await press("d");
    expect(shown()).not.toContain("Ola Nord");

    const receipt = Promise.withResolvers<CallReceipt>();
    program.core.callReceipt = () => receipt.promise;
    await press("c", "\u0015");
    await type("a@b");
    await press("\r");
    await type("One");
    await press("\r", "c", "\r");
    await type(" more");
    receipt.resolve({ ok: true, invitation: "o1" });
    await press("\r");
    expect(done()).toEqual([
      "search ola",
      'invite {"to":"a@b","message":"One"}',
      'invite {"to":"a@b","message":"One more"}',
    ]);
    await quit();
  });

  it("says that nobody was found, and why a search was not made", async () => {
    const { program, press, type, shown, quit } = await talking();
    await press("c");
    await type("ola");
    await press("\r");
    expect(shown()).toContain("Nobody was found by “ola”.");
    program.core.found = { ok: false, error: { code: "refused", message: "The server refused it." } };
    await press("\r");
    expect(shown()).toContain("The server refused it.");
    await quit();
  });

  it("is shown with its seconds, and x takes it back", async () => {
    const { program, press, becomes, shown, done, quit } = await talking();
    const call = anInvitation({
      id: "o1",
      direction: "outgoing",
      state: "inviting",
      to: "sip:ola@contoso.example",
      canCancel: true,
      receivedAt: program.clock.now(),
    });
    await becomes({ invitations: [call] });
    await program.clock.advance(2_000);
    expect(shown()).toMatch(/→ ola@contoso\.example: ringing… 0 s[^]* 2 s[^]*x = cancel the call/);
    await press("x");
    expect(done()).toEqual(["cancel o1"]);
    await becomes({ invitations: [{ ...call, state: "cancelled", endedAt: program.clock.now() }] });
    expect(shown()).toContain("ola@contoso.example: cancelled after 2 s.");
    await quit();
  });
});

describe("conversations into a file or a pipe", () => {
  it("are lines, one for each thing that was said", async () => {
    const program = new FakeProgram();
    program.env["DOORBELL_PASSWORD"] = "hunter2";
    const status = program.run("watch", "--user", "anna@contoso.example");
    await program.settle();
    program.core.becomes({ session: ONLINE, invitations: [accepted] });
    program.core.becomes({ conversations: [ALONE] });
    const messages = [aMessage(), ownMessage(), aMessage({ id: "m3", text: "One\n\ntwo" })];
    program.core.becomes({ conversations: [{ ...ALONE, messages }] });
    program.core.becomes({ conversations: [{ ...ALONE, messages, state: "ended", end: "left" }] });
    program.interruption.raise(143);
    await status;
    expect(
      program.out
        .replaceAll(/^\d\d:\d\d:\d\d /gm, "")
        .split("\n")
        .slice(3),
    ).toEqual([
      "Lena Berg: Have you got a minute?",
      "you: I have.",
      "Lena Berg: One two",
      "Lena Berg: You left the conversation.",
      "Signed out.",
      "",
    ]);
  });
});
