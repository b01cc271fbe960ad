import { describe, expect, it } from "vitest";

import { VirtualClock } from "../testing/virtual-clock.ts";
import { endProcess, nodeEndings, type ProcessEndings } from "./process-end.ts";

/** What is done at once, and within a second, while `underWay` is what holds the process up. */
async function ended(underWay: string[], over: Partial<ProcessEndings> = {}, finishes = false) {
  const clock = new VirtualClock();
  const done: string[] = [];
  endProcess(
    {
      underWay: () => underWay,
      exit: () => void done.push("exit"),
      exitAtOnce: () => void done.push("at once"),
      kill: () => void done.push("kill"),
      ...over,
    },
    clock,
  );
  const atOnce = [...done];
  if (finishes) underWay.length = 0;
  await clock.advance(1_000);
  return { atOnce, done };
}

// What ends the process does not come back; here it does, and SIGKILL comes after it.
describe("The end of a process", () => {
  it("is an ordinary exit, whatever else is open", async () => {
    expect(await ended([])).toEqual({ atOnce: ["exit"], done: ["exit", "kill"] });
    const open = ["TTYWrap", "Timeout", "TCPSocketWrap", "ProcessWrap", "PipeWrap"];
    expect((await ended(open)).atOnce).toEqual(["exit"]);
  });

  it.each(["GetAddrInfoReqWrap", "GetNameInfoReqWrap", "FSReqCallback", "FSReqPromise"])(
    "does not wait for a thread that %s keeps",
    async (name) => {
      expect(await ended(["Timeout", name])).toEqual({ atOnce: [], done: ["at once", "kill"] });
    },
  );

  it("is an ordinary exit once the thread has done its work", async () => {
    expect((await ended(["FSReqCallback"], {}, true)).done).toEqual(["exit", "kill"]);
  });

  it("is SIGKILL where no other way is known, or where it fails", async () => {
    expect((await ended(["GetAddrInfoReqWrap"], { exitAtOnce: null })).done).toEqual(["kill"]);
    const refused = () => {
      throw new Error("no shell");
    };
    expect((await ended(["GetAddrInfoReqWrap"], { exitAtOnce: refused })).done).toEqual(["kill"]);
  });

  it("knows no way with a status on Windows", () => {
    const inBackground = (): boolean => true;
    expect(nodeEndings(3, { platform: "win32", inBackground }).exitAtOnce).toBeNull();
    expect(nodeEndings(3, { platform: "linux", inBackground }).exitAtOnce).not.toBeNull();
  });
});
