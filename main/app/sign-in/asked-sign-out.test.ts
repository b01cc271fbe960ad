import { describe, expect, it } from "vitest";

import type { Question } from "../../desktop/message-box.ts";
import { askedSignOut } from "./asked-sign-out.ts";

function rig(kept: boolean) {
  const asked: Question[] = [];
  let signedOut = 0;
  let answer: (button: number) => void = () => undefined;
  const signOut = askedSignOut({
    forgetsPassword: () => kept,
    signOut: async () => void (signedOut += 1),
    ask: (question) => {
      asked.push(question);
      return new Promise((resolve) => (answer = resolve));
    },
  });
  return { signOut, asked, answer: (button: number) => answer(button), signedOut: () => signedOut };
}

describe("signing out", () => {
  it("happens at once where no password is forgotten", async () => {
    const { signOut, asked, signedOut } = rig(false);
    await signOut();
    expect([asked.length, signedOut()]).toEqual([0, 1]);
  });

  it("asks once before a kept password is forgotten, and does nothing when the box is closed", async () => {
    const { signOut, asked, answer, signedOut } = rig(true);
    const first = signOut();
    await signOut();
    expect(asked).toHaveLength(1);
    expect(asked[0]?.detail).toContain("password will be forgotten");
    // The answer of whoever closes a box.
    answer(0);
    await first;
    expect(signedOut()).toBe(0);

    const second = signOut();
    answer(asked[1]?.buttons.indexOf("Sign out") ?? -1);
    await second;
    expect(signedOut()).toBe(1);
  });
});
