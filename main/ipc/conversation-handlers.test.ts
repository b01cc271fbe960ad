import { describe, expect, it } from "vitest";

import { Drafts } from "../conversations/drafts.ts";
import type { TalkErrorCode, TalkReceipt } from "../conversations/talking.ts";
import { conversation } from "../testing/a-conversation.ts";
import { conversationHandlers } from "./conversation-handlers.ts";
import { ConversationViews, conversationsContent } from "./conversation-views.ts";

function rig(receipt: TalkReceipt = { ok: true }) {
  const drafts = new Drafts();
  const done: string[] = [];
  const note =
    (what: string) =>
    (...args: readonly unknown[]): void =>
      void done.push([what, ...args].join(" "));
  const answer =
    (what: string) =>
    async (...args: readonly unknown[]) => {
      note(what)(...args);
      return receipt;
    };
  const content = conversationsContent(
    [conversation()],
    "c1",
    { name: "online", generation: 1 },
    new ConversationViews(() => null),
  );
  const handlers = conversationHandlers({
    talking: {
      say: answer("say"),
      sayAgain: answer("sayAgain"),
      typing: note("typing"),
      seen: note("told as seen"),
      leave: answer("leave"),
    },
    drafts,
    show: note("show"),
    state: () => ({ ...content, revision: 1 }),
    select: note("select"),
    seen: note("seen"),
    close: note("close"),
    copyMessage: note("copyMessage"),
    openLink: note("openLink"),
    copyJoinLink: note("copyJoinLink"),
    openJoinLink: note("openJoinLink"),
  });
  return { handlers, drafts, done };
}

const no = (code: TalkErrorCode): TalkReceipt => ({ ok: false, error: { code, message: "No." } });
const target = { conversation: "c1" };

describe("what the window with the conversations can ask for", () => {
  it("is done for the conversation and the message that it names, and answered with nothing", async () => {
    const { handlers, done } = rig();
    for (const channel of [
      "conversation.select",
      "conversation.typing",
      "conversation.seen",
      "conversation.leave",
      "conversation.close",
      "meeting.copyLink",
      "meeting.openLink",
    ] as const)
      expect(await handlers[channel](target), channel).toBeNull();
    for (const channel of ["message.sayAgain", "message.copy"] as const)
      expect(await handlers[channel]({ ...target, message: "m1" }), channel).toBeNull();
    expect(await handlers["message.openLink"]({ ...target, message: "m1", link: 2 })).toBeNull();
    expect(await handlers["message.say"]({ ...target, text: "Yes" })).toBeNull();
    expect(done).toEqual([
      "select c1",
      "typing c1",
      "seen c1",
      "leave c1",
      "close c1",
      "copyJoinLink c1",
      "openJoinLink c1",
      "sayAgain c1 m1",
      "copyMessage c1 m1",
      "openLink c1 m1 2",
      "say c1 Yes",
    ]);
  });

  it("is refused in the words of whoever refuses it", async () => {
    const { handlers } = rig(no("refused"));
    await expect(handlers["conversation.leave"](target)).rejects.toMatchObject({
      code: "refused",
      message: "No.",
    });
  });

  it("keeps a draft until it is said, and the draft of no conversation that is not there", async () => {
    const { handlers, drafts } = rig();
    await handlers["draft.write"]({ ...target, text: "Hel" });
    await handlers["draft.write"]({ conversation: "nowhere", text: "x".repeat(1_000) });
    expect(await handlers["drafts.read"](null)).toEqual([{ conversation: "c1", text: "Hel" }]);
    const said = handlers["message.say"]({ ...target, text: "Hello" });
    // At once: a page that dies now would bring it back, and the person would send it twice.
    expect(drafts.all).toEqual([]);
    await said;
    expect(drafts.all).toEqual([]);
  });

  it("gives a draft back that was not taken, unless something newer was written", async () => {
    for (const code of ["unknownConversation", "notAllowed", "invalid"] as const) {
      const { handlers, drafts } = rig(no(code));
      drafts.write("c1", "Hel");
      await expect(handlers["message.say"]({ ...target, text: "Hello" })).rejects.toMatchObject({ code });
      expect(drafts.of("c1"), code).toBe("Hello");
      const again = handlers["message.say"]({ ...target, text: "Hello" });
      drafts.write("c1", "Something else");
      await expect(again).rejects.toMatchObject({ code });
      expect(drafts.of("c1")).toBe("Something else");
    }
    const { handlers: others, drafts: none } = rig(no("unknownConversation"));
    const nowhere = others["message.say"]({ conversation: "nowhere", text: "Hello" });
    await expect(nowhere).rejects.toMatchObject({ code: "unknownConversation" });
    expect(none.all).toEqual([]);
    // It stands in the conversation as failed.
    const { handlers, drafts } = rig(no("unreachable"));
    await expect(handlers["message.say"]({ ...target, text: "Hello" })).rejects.toMatchObject({
      code: "unreachable",
    });
    expect(drafts.all).toEqual([]);
  });
});
