import { describe, expect, it } from "vitest";

import type { AppState } from "../core/app-state.ts";
import { hrefOf } from "../conversations/links.ts";
import { ConversationViews, conversationsContent } from "../ipc/conversation-views.ts";
import { invitationView } from "../ipc/views.ts";
import { happenings } from "../surfaces/terminal/happenings.ts";
import { UNPAINTED } from "../surfaces/terminal/paint.ts";
import { message, messageResource, talking } from "../testing/talking-rig.ts";
import { invitationResource, started } from "../testing/invitation-events.ts";
import { NASTY_MESSAGES } from "../testing/nasty-messages.ts";
import { rig } from "../testing/rig.ts";
import { readMessage } from "../ucwa/resources/read-message.ts";

/** What a page of the conversation window shows last. */
function lastShown({ conversations, session }: AppState) {
  const { conversations: views } = conversationsContent(
    conversations,
    "c1",
    session,
    new ConversationViews(() => null),
  );
  const parts = views[0]?.messages.at(-1)?.parts ?? [];
  return {
    text: parts.map(({ text }) => text).join(""),
    links: parts.filter(({ link }) => link !== null).map(({ text }) => text),
  };
}

/** A terminal shows neither tabs nor blanks in a row. */
const onTerminal = (text: string) => text.split("\n").map((line) => line.replaceAll(/\s+/g, " "));

/** A message of which nothing is left is said to be there. */
const UNSHOWN = "(This message can't be shown here.)";

describe.each(NASTY_MESSAGES)("A message with $name", ({ html, text, links = [] }) => {
  it("is read as plain text", () => {
    expect(readMessage(messageResource(null, { html })).text).toEqual({ text, format: "html" });
  });

  it("is the same text in the conversation's window and in the terminal, with links that a person may follow", async () => {
    const { doorbell } = await talking();
    const before = doorbell.state;
    doorbell.received([message(2, null, { html })]);
    const { state } = doorbell;
    const shown = lastShown(state);
    expect(shown.text).toBe(text);
    expect(shown.links.map((link) => [link, hrefOf(link)])).toEqual(links);
    const said = happenings(before, state, 0, TERMINAL).map((line) => line.replace(/^\d\d:00:00 /, ""));
    const [first = "", ...more] = onTerminal(text);
    expect(said).toEqual([`Ada Winter: ${first || UNSHOWN}`, ...more.map((line) => `  ${line}`)]);
  });

  it("is the same text when it comes with the invitation, which shows its first line", async () => {
    const { doorbell } = rig();
    const sent = `data:text/html;charset=utf-8,${encodeURIComponent(html)}`;
    doorbell.received([started({ resource: invitationResource({ message: sent }) })]);
    const [ringing] = doorbell.state.invitations;
    expect(ringing?.message?.text).toBe(text);
    const [line = ""] = onTerminal(text);
    const cut = line.length > LONGEST_VIEW ? line.slice(0, LONGEST_VIEW) : line;
    expect(invitationView(ringing!, true).firstLine).toBe(cut);
    void doorbell.accept("i1");
    expect(doorbell.state.conversations[0]?.messages.map((one) => one.text)).toEqual(
      text === "" ? [] : [text],
    );
    if (text !== "") expect(lastShown(doorbell.state).text).toBe(text);
  });
});

const TERMINAL = { address: "ben@example.test", paint: UNPAINTED, everything: false };
/** Of one line in a view of an invitation. */
const LONGEST_VIEW = 400;
