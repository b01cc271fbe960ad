import { stripVTControlCharacters } from "node:util";
import { expect } from "vitest";
import type { Conversation } from "../../conversations/conversation.ts";
import type { AppState } from "../../core/app-state.ts";
import { aConversation, aMessage } from "../../surfaces/terminal/testing/a-talk.ts";
import { anInvitation, ONLINE } from "../../surfaces/terminal/testing/an-invitation.ts";
import { FakeProgram } from "./fakes.ts";

export const accepted = anInvitation({ state: "accepted", endedAt: 1 });

/** The program on a terminal, online, in these conversations. */
export async function talking(...conversations: Conversation[]) {
  const program = new FakeProgram().terminal();
  program.env["DOORBELL_PASSWORD"] = "hunter2";
  const status = program.run("watch", "--user", "anna@contoso.example");
  const becomes = async (change: Partial<AppState>): Promise<void> => {
    program.core.becomes(change);
    await program.settle();
  };
  await program.settle();
  await becomes({ session: ONLINE, invitations: [accepted], conversations });
  let shownBefore = 0;
  let doneBefore = program.core.done.length;
  return {
    program,
    becomes,
    /** Each key, or what comes at once, by itself. */
    press: async (...keys: string[]): Promise<void> => {
      for (const key of keys) {
        program.stdin.write(key);
        await program.settle();
        // Only then it is known to be no other key.
        if (key === "\u001B") await program.clock.advance(50);
      }
    },
    type: async (text: string): Promise<void> => {
      for (const key of text) {
        program.stdin.write(key);
        await program.settle();
      }
    },
    /** What was shown since this was asked last. */
    shown: (): string => {
      const all = stripVTControlCharacters(program.out);
      const news = all.slice(shownBefore);
      shownBefore = all.length;
      return news;
    },
    /** What was done since this was asked last, but for telling that somebody types. */
    done: (): string[] => {
      const news = program.core.done.slice(doneBefore);
      doneBefore = program.core.done.length;
      return news.filter((what) => !what.startsWith("typing"));
    },
    quit: async (): Promise<void> => {
      program.interruption.raise(130);
      expect(await status).toBe(130);
    },
  };
}

export const ALONE = aConversation({ messages: [aMessage()], unread: 1 });
export const BEN = aConversation({
  id: "c2",
  invitation: "i2",
  partner: { name: "Ben", uri: "sip:ben@contoso.example", network: "SameEnterprise", anonymous: false },
});
