import type { Screen } from "../../desktop-session/screen.ts";

const LINE = "every letter arrives where the person is typing";

/**
 * Types line after line into what has the keyboard until something has happened, and one line more. Resolves to all that
 * was typed; rejects when it did not happen.
 */
export async function typeWhile(screen: Screen, happens: () => Promise<unknown>): Promise<string> {
  let text = "";
  let hasHappened = false;
  const type = async () => {
    for (let isLast = false; !isLast;) {
      isLast = hasHappened;
      await screen.type(LINE);
      await screen.pressKeys("Return");
      text += `${LINE}\n`;
    }
  };
  await Promise.all([happens().finally(() => (hasHappened = true)), type()]);
  return text;
}
