import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readSettings, settingsDirectory } from "./settings.ts";

const NOTHING = { address: null, server: null, trustedOrigins: {}, endpointId: null };

describe("Reading the app's settings", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "doorbell-settings-"));
  });
  afterEach(() => rmSync(directory, { recursive: true }));
  const write = (text: string): void => writeFileSync(join(directory, "config.json"), text);

  it("gives what the file says and leaves the file as it is", () => {
    const text = `{"address":"anna@contoso.com","server":"https://lync.contoso.com/","trustedOrigins":{"contoso.com":["https://pool.contoso.net"]},"endpointId":"e1","window":{"x":1}}`;
    write(text);
    const before = statSync(join(directory, "config.json"), { bigint: true });
    expect(readSettings(directory)).toEqual({
      settings: {
        address: "anna@contoso.com",
        server: "https://lync.contoso.com/",
        trustedOrigins: { "contoso.com": ["https://pool.contoso.net"] },
        endpointId: "e1",
      },
      problems: [],
    });
    const after = statSync(join(directory, "config.json"), { bigint: true });
    expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
    expect(readFileSync(join(directory, "config.json"), "utf8")).toBe(text);
    expect(readdirSync(directory)).toEqual(["config.json"]);
  });

  it("reads what an editor has put a byte order mark before", () => {
    write('\uFEFF{"address":"anna@contoso.com"}');
    expect(readSettings(directory)).toEqual({
      settings: { ...NOTHING, address: "anna@contoso.com" },
      problems: [],
    });
  });

  it("makes neither a file nor a directory where there is none", () => {
    const absent = join(directory, "absent", "Doorbell");
    expect(readSettings(absent)).toEqual({ settings: NOTHING, problems: [] });
    expect(existsSync(join(directory, "absent"))).toBe(false);
    expect(readSettings(directory)).toEqual({ settings: NOTHING, problems: [] });
    expect(readdirSync(directory)).toEqual([]);
  });

  it.each(["{", "", "\u0000", "[]", '"text"', "null", "7"])(
    "goes on without a file that holds %j, and says which file",
    (text) => {
      write(text);
      const { settings, problems } = readSettings(directory);
      expect(settings).toEqual(NOTHING);
      expect(problems).toEqual([
        `The settings in ${join(directory, "config.json")} cannot be read. They are left out.`,
      ]);
      expect(readFileSync(join(directory, "config.json"), "utf8")).toBe(text);
      expect(readdirSync(directory)).toEqual(["config.json"]);
    },
  );

  it("leaves out a setting of the wrong type, names it without its value, and keeps the others", () => {
    const text =
      '{"address":7,"server":"https://lync.contoso.com/","trustedOrigins":{"a":"secret"},"endpointId":""}';
    write(text);
    const { settings, problems } = readSettings(directory);
    expect(settings).toEqual({ ...NOTHING, server: "https://lync.contoso.com/" });
    expect(problems.map((problem) => / (address|trustedOrigins|endpointId) /.exec(problem)?.[1])).toEqual([
      "address",
      "trustedOrigins",
      "endpointId",
    ]);
    expect(problems.join()).not.toContain("secret");
    expect(readFileSync(join(directory, "config.json"), "utf8")).toBe(text);
  });
});

describe("The settings directory", () => {
  it("is the one that the app uses on each platform", () => {
    expect(settingsDirectory("linux", {}, "/home/anna")).toBe("/home/anna/.config/Doorbell");
    expect(settingsDirectory("linux", { XDG_CONFIG_HOME: "/xdg" }, "/home/anna")).toBe("/xdg/Doorbell");
    expect(settingsDirectory("darwin", {}, "/Users/anna")).toBe(
      "/Users/anna/Library/Application Support/Doorbell",
    );
    expect(settingsDirectory("win32", { APPDATA: "/roaming" }, "/home/anna")).toBe("/roaming/Doorbell");
  });
});
