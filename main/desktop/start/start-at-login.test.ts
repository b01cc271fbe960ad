import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";

import { autostartFile } from "./start-at-login.ts";

const VALIDATOR = "/usr/bin/desktop-file-validate";
const homes: string[] = [];
afterEach(() => {
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
});

function desktop(command: readonly string[] = ["/opt/Doorbell/doorbell", "--hidden"], config?: string) {
  const home = mkdtempSync(join(tmpdir(), "doorbell-autostart-"));
  homes.push(home);
  const folder = join(home, config ?? ".config", "autostart");
  const env = { HOME: home, ...(config !== undefined && { XDG_CONFIG_HOME: join(home, config) }) };
  return { item: autostartFile({ env, command }), folder, path: join(folder, "doorbell.desktop") };
}

/** What a desktop makes of `Exec`, by the specification: first the text is unescaped, then read as arguments. */
function commandIn(path: string): readonly string[] {
  const exec = /^Exec=(.*)$/m.exec(readFileSync(path, "utf8"))?.[1] ?? "";
  const text = exec.replaceAll("\\\\", "\\");
  return [...text.matchAll(/"((?:\\.|[^"\\])*)"|(\S+)/g)].map(([, quoted, plain]) =>
    (quoted?.replaceAll(/\\(.)/g, "$1") ?? plain ?? "").replaceAll("%%", "%"),
  );
}

describe("the start with a desktop that keeps a folder of files", () => {
  it.each([
    ["/opt/Doorbell/doorbell", "--hidden"],
    ["/home/ada/My programs/Doorbell-0.1.0 (x86_64).AppImage", "--hidden"],
    [String.raw`/home/ada/50% "off" $HOME \ ${"`"}bell${"`"}/doorbell`, "--hidden"],
  ])("starts %j without a window", async (...command) => {
    const { item, folder, path } = desktop(command);
    expect(await item.isOn()).toBe(false);
    expect(await item.set(true)).toBeNull();
    expect(await item.isOn()).toBe(true);
    expect(commandIn(path)).toEqual(command);
    expect(readdirSync(folder)).toEqual(["doorbell.desktop"]);
    if (existsSync(VALIDATOR)) execFileSync(VALIDATOR, [path]);
    expect(await item.set(false)).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
    expect(await item.isOn()).toBe(false);
    expect(await item.set(false)).toBeNull();
  });

  it("is where the person's configuration is, unless that is no place of its own", async () => {
    const { item, path } = desktop(undefined, "elsewhere");
    await item.set(true);
    expect(existsSync(path)).toBe(true);
    const home = mkdtempSync(join(tmpdir(), "doorbell-autostart-"));
    homes.push(home);
    const env = { HOME: home, XDG_CONFIG_HOME: "relative" };
    await autostartFile({ env, command: ["/opt/doorbell"] }).set(true);
    expect(existsSync(join(home, ".config/autostart/doorbell.desktop"))).toBe(true);
  });

  it.each([
    ["switched off in the desktop's settings", "Exec=/opt/Doorbell/doorbell --hidden\nHidden=true", false],
    ["switched off as GNOME does it", "Exec=/opt/Doorbell/doorbell\nX-GNOME-Autostart-enabled=false", false],
    ["of a copy that lies elsewhere", "Exec=/home/ada/old/doorbell --hidden", false],
    ["without anything to start", "Name=Doorbell", false],
    ["that the person has made", "Exec=env LANG=de /opt/Doorbell/doorbell\nHidden=false", true],
  ])("tells whether a file %s starts it", async (_what, lines, starts) => {
    const { item, folder, path } = desktop();
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, `[Desktop Entry]\nType=Application\n${lines}\n`);
    expect(await item.isOn()).toBe(starts);
    // Whoever wants it gets one that does.
    await item.set(true);
    expect(await item.isOn()).toBe(true);
  });

  it("says in a sentence what it cannot write or remove", async () => {
    const { item, folder, path } = desktop();
    mkdirSync(join(folder, ".."), { recursive: true });
    // A file where the folder should be: nobody can write into it, root neither.
    writeFileSync(folder, "");
    expect(await item.set(true)).toBe(`Doorbell won't start by itself: it can't write to ${folder}.`);
    expect(await item.isOn()).toBe(false);
    rmSync(folder);
    mkdirSync(path, { recursive: true });
    expect(await item.set(false)).toBe(`Doorbell will go on starting by itself: it can't remove ${path}.`);
  });
});
