import type { spawn } from "node:child_process";
import { EventEmitter } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { anInvitation } from "../../surfaces/terminal/testing/an-invitation.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import { EXIT } from "../composition.ts";
import { FakeProgram } from "../testing/fakes.ts";
import { ProgramPlayer, ringingSound, systemPlayers } from "./ring-player.ts";

class FakeChild extends EventEmitter {
  killed = false;
  kill(): void {
    this.killed = true;
    this.emit("exit", null);
  }
}

function rig(...programs: string[]) {
  const clock = new VirtualClock();
  const started: string[] = [];
  const children: FakeChild[] = [];
  const fake = (program: string, args: readonly string[]): FakeChild => {
    started.push([program, ...args].join(" "));
    const child = new FakeChild();
    children.push(child);
    return child;
  };
  const player = new ProgramPlayer({
    programs,
    fileOf: (sound) => `${sound}.wav`,
    env: {},
    spawn: fake as unknown as typeof spawn,
    clock,
  });
  const alive = () => children.filter((child) => !child.killed).length;
  return { clock, player, started, children, alive };
}

describe("the player of a ring", () => {
  it("is started again as often as it has played to the end, and killed when nothing rings", async () => {
    const { clock, player, started, children } = rig("/paplay", "/aplay");
    player.play("ring");
    player.play("ring");
    await clock.advance(2_600);
    children[0]?.emit("exit", 0);
    expect(started).toEqual(["/paplay ring.wav", "/paplay ring.wav"]);
    player.play(null);
    expect([children[1]?.killed, started.length]).toEqual([true, 2]);
    player.play("urgentRing");
    expect(started.at(-1)).toBe("/paplay urgentRing.wav");
  });

  it("goes over to a more pressing ring", () => {
    const { player, started, children } = rig("/paplay");
    player.play("ring");
    player.play("urgentRing");
    expect([children[0]?.killed, started]).toEqual([true, ["/paplay ring.wav", "/paplay urgentRing.wav"]]);
  });

  it.each<[string, (child: FakeChild) => void]>([
    ["cannot be started", (child) => child.emit("error", new Error("ENOENT"))],
    ["finds nothing to play on", (child) => child.emit("exit", 1)],
    ["is done before anybody could have heard it", (child) => child.emit("exit", 0)],
  ])("is the next one where one %s, and none where none is left", (_name, fail) => {
    const { player, started, children } = rig("/paplay", "/aplay");
    player.play("ring");
    for (let at = 0; at < children.length; at += 1) fail(children[at] ?? new FakeChild());
    expect(started).toEqual(["/paplay ring.wav", "/aplay ring.wav"]);
    player.play(null);
  });

  it("is nobody where there is none", () => {
    const { player, started } = rig();
    player.play("ring");
    expect(started).toEqual([]);
  });

  it("is looked for on the path, the best first, but not on a computer that the person is far from", () => {
    const folder = mkdtempSync(join(tmpdir(), "doorbell-players-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const [first, second] = ["a", "b"].map((name) => join(folder, name));
    for (const [path, mode] of [
      ["a/aplay", 0o755],
      ["a/pw-play", 0o644],
      ["b/paplay", 0o755],
    ] as const) {
      mkdirSync(join(folder, path, ".."), { recursive: true });
      writeFileSync(join(folder, path), "");
      chmodSync(join(folder, path), mode);
    }
    const PATH = `${first}::${second}`;
    const found = [join(folder, "b/paplay"), join(folder, "a/aplay")];
    expect(systemPlayers({ PATH })).toEqual(found);
    expect(systemPlayers({ PATH, SSH_CONNECTION: "10.0.0.1 5 10.0.0.2 22" })).toEqual([]);
    expect(systemPlayers({ PATH, SSH_CONNECTION: "10.0.0.1", PULSE_SERVER: "localhost" })).toEqual(found);
    expect(systemPlayers({})).toEqual([]);
  });
});

it("what is heard is the most pressing of what still rings", () => {
  const invitations = [anInvitation(), anInvitation({ id: "i2", importance: "Urgent" })];
  expect(ringingSound({ invitations })).toBe("urgentRing");
  expect(ringingSound({ invitations: invitations.slice(0, 1) })).toBe("ring");
  expect(ringingSound({ invitations: [anInvitation({ state: "answering" })] })).toBeNull();
});

describe("doorbell watch", () => {
  const watching = async (program: FakeProgram, ...options: string[]) => {
    program.env["DOORBELL_PASSWORD"] = "hunter2";
    const status = program.run("watch", "--user", "anna@contoso.example", ...options);
    await program.settle();
    program.core.becomes({ session: { name: "online", generation: 1 }, invitations: [anInvitation()] });
    await program.settle();
    return status;
  };

  it("plays the ring on a terminal, until it is answered, and no more when the program ends", async () => {
    const program = new FakeProgram().terminal();
    const status = watching(program);
    await program.settle();
    expect(program.played).toEqual(["ring"]);
    program.core.becomes({ invitations: [anInvitation({ state: "answering", answering: "accept" })] });
    expect(program.played).toEqual(["ring", null]);
    program.core.becomes({ invitations: [anInvitation({ importance: "Urgent" })] });
    program.stdin.write("q");
    await status;
    expect(program.played).toEqual(["ring", null, "urgentRing", null]);
  });

  it.each(["--json", ""])("plays nothing into anything else: %s", async (option) => {
    const program = new FakeProgram();
    const status = watching(program, ...(option === "" ? [] : [option]));
    await program.settle();
    program.interruption.raise(EXIT.terminated);
    await status;
    expect(program.played.filter((sound) => sound !== null)).toEqual([]);
  });
});
