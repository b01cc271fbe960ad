import { describe, expect, it } from "vitest";
import type { TrayCommand } from "../../surfaces/tray/tray-model.ts";
import { trayCommands } from "./tray-commands.ts";

const MISSED = { id: "h1", uri: "sip:lene@contoso.example", subject: "Lunch?", anonymous: false };

/** What a choice in the menu came to. */
function chosen(command: TrayCommand): readonly unknown[] {
  const done: unknown[] = [];
  const note =
    (what: string) =>
    (...args: readonly unknown[]): never =>
      done.push([what, ...args]) as never;
  trayCommands({
    answering: { accept: note("accept"), decline: note("decline") },
    tryNow: note("tryNow"),
    quietness: { disturb: note("disturb") },
    history: { content: { entries: [MISSED as never] } },
    compose: note("compose"),
    wantSettings: note("wantSettings"),
    open: note("open"),
    showConversations: note("showConversations"),
    quit: note("quit"),
  })(command);
  return done;
}

describe("a choice in the tray's menu", () => {
  it.each<[TrayCommand, readonly unknown[]]>([
    [{ type: "accept", invitationId: "i1" }, [["accept", "i1"]]],
    [{ type: "decline", invitationId: "i1" }, [["decline", "i1"]]],
    [{ type: "tryNow" }, [["tryNow"]]],
    [{ type: "quiet", for: "off" }, [["disturb", "off"]]],
    [{ type: "call" }, [["compose", {}]]],
    [{ type: "callBack", entry: "h1" }, [["compose", { to: "lene@contoso.example", subject: "Lunch?" }]]],
    [{ type: "callBack", entry: "forgotten" }, []],
    [{ type: "settings" }, [["wantSettings"], ["open"]]],
    [{ type: "open" }, [["open"]]],
    [{ type: "conversations" }, [["showConversations"]]],
    [{ type: "quit" }, [["quit"]]],
  ])("%j does what it says, and nothing else", (command, expected) => {
    expect(chosen(command)).toEqual(expected);
  });
});
