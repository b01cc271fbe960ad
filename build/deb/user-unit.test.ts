import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EXIT } from "../../main/cli/composition.ts";
import { thisSystem } from "../setup/debian-packages.mjs";
import { root } from "../setup.mjs";

const unit = "doorbell-watch.service";
const text = readFileSync(join(root, "build/deb", unit), "utf8");
const command = "/usr/bin/doorbell-terminal";

/** What systemd says of a unit for a user's own services; its status alone does not tell of a key that it ignores. */
function verify(unitText: string): { readonly status: number | null; readonly said: string[] } {
  const folder = mkdtempSync(join(tmpdir(), "doorbell-unit-"));
  try {
    const path = join(folder, unit);
    writeFileSync(path, unitText);
    const { status, stderr } = spawnSync("systemd-analyze", ["verify", "--user", "--man=no", path], {
      env: { ...process.env, HOME: folder, XDG_RUNTIME_DIR: folder },
      encoding: "utf8",
    });
    // It looks at the other units of this machine, too.
    return { status, said: stderr.split("\n").filter((line) => line.includes(unit)) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("the unit of the terminal program", () => {
  it("is one that systemd reads without a word", ({ skip }) => {
    if (!thisSystem.hasProgram("systemd-analyze")) skip("systemd-analyze is missing (Debian: systemd).");
    expect(text).toContain(`ExecStart=${command} watch --notify\n`);
    // The command is there once the package is installed.
    const here = text.replace(command, process.execPath);
    expect(verify(here)).toEqual({ status: 0, said: [] });
    expect(verify(here.replace("Type=exec", "Type=none")).said).not.toEqual([]);
  });

  it("starts it again after what mends itself, and takes an end by a signal for a good one", () => {
    const statuses = (key: string) =>
      new RegExp(`^${key}=(.*)$`, "m").exec(text)?.[1]?.split(" ").map(Number);
    expect(statuses("RestartPreventExitStatus")).toEqual([EXIT.usage, EXIT.signInRefused, EXIT.noServer]);
    expect(statuses("SuccessExitStatus")).toEqual([EXIT.hungUp, EXIT.interrupted, EXIT.terminated]);
  });

  it("is put where systemd looks by both ways to make the package", () => {
    const builder = readFileSync(join(root, "electron-builder.yml"), "utf8");
    const own = readFileSync(join(root, "build/deb/make-deb.mjs"), "utf8");
    for (const text of [builder, own]) expect(text).toContain("usr/lib/systemd/user");
  });
});
