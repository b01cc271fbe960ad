import { beforeEach, describe, expect, it } from "vitest";

import type { Conversation } from "../../conversations/conversation.ts";
import { conversation } from "../../testing/a-conversation.ts";
import { appState, ended, invitation } from "../../testing/invitations.ts";
import { OpenConversations } from "./open-conversations.ts";

let open: OpenConversations;

beforeEach(() => {
  open = new OpenConversations();
});

function told(conversations: readonly Conversation[], ringing = false): readonly string[] {
  const invitations = [ringing ? invitation() : ended("accepted", 2_000)];
  return open.setState({ ...appState(invitations), conversations }).map(({ id }) => id);
}

const ids = () => open.shown.map(({ id }) => id);
const over = { state: "ended", end: "over" } as const;

describe("the conversations of the window", () => {
  it("begin once each, when they were accepted, or called out to", () => {
    expect(told([conversation({ state: "connecting" })])).toEqual(["c1"]);
    expect(told([conversation(), conversation({ id: "c2", invitation: null })])).toEqual(["c2"]);
    expect(told([conversation({ unread: 1 }), conversation({ id: "c2", invitation: null })])).toEqual([]);
  });

  it("do not begin while their invitation rings, and not by what is over already", () => {
    expect(told([conversation()], true)).toEqual([]);
    expect(told([conversation({ id: "c2", ...over })])).toEqual([]);
    expect(told([conversation()])).toEqual(["c1"]);
  });

  it("are selected by their id, the newest where nobody has chosen", () => {
    expect(open.selected).toBeNull();
    told([conversation(), conversation({ id: "c2" })]);
    expect(open.selected).toBe("c2");
    open.select("c1");
    open.select("nowhere");
    expect(open.selected).toBe("c1");
    told([conversation({ id: "c2" })]);
    expect(open.selected).toBe("c2");
    told([]);
    expect(open.selected).toBeNull();
  });

  it("are closed when they are over, and the next one is selected", () => {
    told([conversation(), conversation({ id: "c2", ...over }), conversation({ id: "c3", ...over })]);
    open.select("c2");
    open.close("c1");
    open.close("nowhere");
    expect(ids()).toEqual(["c1", "c2", "c3"]);
    open.close("c2");
    expect([ids(), open.selected]).toEqual([["c1", "c3"], "c3"]);
    open.close("c3");
    expect([ids(), open.selected, open.find("c3")]).toEqual([["c1"], "c1", null]);
    // What is told of it later does not bring it back.
    told([conversation(), conversation({ id: "c3", ...over, unread: 1 })]);
    expect(ids()).toEqual(["c1"]);
  });
});
