import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { debianPackages, missingPackages, type DebianPackage } from "./debian-packages.mjs";
import { compareLocks, installCommand, planSetup, refuseNode, whyNotInstalled } from "./setup-plan.mjs";

const nothingThere = { hasProgram: () => false, hasFile: () => false };
const xvfb = debianPackages.filter(({ name }) => name === "xvfb");

function plan(
  found: Partial<Parameters<typeof planSetup>[1]> = {},
  need: Parameters<typeof planSetup>[0] = "test",
) {
  const ready = {
    nodeVersion: "20.11.0",
    modules: "current",
    missing: [],
    installer: { can: true, command: [] },
  } as const;
  return planSetup(need, { ...ready, ...found });
}

function lock(packages: Record<string, object>): string {
  return JSON.stringify({ packages });
}

describe("what set-up plans", () => {
  it("does nothing and says nothing when nothing is missing", () => {
    expect(plan()).toEqual({ refusal: null, installModules: false, installPackages: [], say: [], left: [] });
  });

  it("says that it installs the modules before it does", () => {
    const { installModules, say } = plan({ modules: "missing" });
    expect(installModules).toBe(true);
    expect(say).toEqual([expect.stringContaining("npm modules")]);
  });

  it("names the difference when the modules are of another lock", () => {
    expect(plan({ modules: "outdated" }).say).toEqual([expect.stringContaining("package-lock.json")]);
  });

  it("installs what is missing where it may", () => {
    const { installPackages, left, say } = plan({ missing: xvfb });
    expect(installPackages).toEqual(["xvfb"]);
    expect(left).toEqual([]);
    expect(say).toEqual(["Installing with apt-get: xvfb."]);
  });

  it("installs no Debian package where it may not, and gives the command", () => {
    const { installPackages, left, say } = plan({
      missing: xvfb,
      installer: { can: false, why: "sudoPassword" },
    });
    expect(installPackages).toEqual([]);
    expect(left).toEqual(["xvfb"]);
    expect(say.join()).toContain(installCommand(["xvfb"], true));
    expect(say.join()).toContain("sudo asks for a password");
  });

  it("refuses a Node that is too old before anything else is looked at", () => {
    const { refusal, installModules, installPackages } = plan({
      nodeVersion: "18.20.4",
      modules: "missing",
      missing: xvfb,
    });
    expect(refusal).toContain("18.20.4");
    expect(installModules).toBe(false);
    expect(installPackages).toEqual([]);
  });

  it.each([
    ["20.10.9", false],
    ["20.11.0", true],
    ["21.0.0", true],
    ["24.1.0", true],
    ["9.99.0", false],
  ])("takes Node %s: %s", (version, taken) => {
    expect(refuseNode(version) === null).toBe(taken);
  });

  it("takes the Node.js that package.json asks of a checkout, and none before it", () => {
    const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
    const { devEngines } = JSON.parse(text) as { devEngines: unknown };
    expect(devEngines).toEqual({ runtime: { name: "node", version: ">=20.11", onFail: "ignore" } });
    expect([refuseNode("20.11.0"), refuseNode("20.10.9")]).toEqual([null, expect.any(String)]);
  });

  it("asks for root where there is no sudo", () => {
    const sentence = whyNotInstalled("test", ["xvfb"], "noSudo");
    expect(sentence).toContain("as root:\n  apt-get update && apt-get install");
    expect(sentence).not.toContain("sudo apt-get");
  });

  it("does not offer apt-get where there is none", () => {
    expect(whyNotInstalled("test", ["xvfb"], "notDebian")).not.toContain("apt-get install");
  });
});

describe("which Debian packages are missing", () => {
  it("asks for none to use the command line or the modules", () => {
    expect(missingPackages("cli", nothingThere)).toEqual([]);
    expect(missingPackages("modules", nothingThere)).toEqual([]);
  });

  it("asks for what Electron loads to start the app, and for a browser only to test and to show the demo", () => {
    const names = (packages: readonly DebianPackage[]) => packages.map(({ name }) => name);
    for (const need of ["test", "demo", "app"] as const)
      expect(names(missingPackages(need, nothingThere))).toContain("libgtk-3-0");
    expect(names(missingPackages("test", nothingThere))).toContain("chromium");
    expect(names(missingPackages("demo", nothingThere))).toContain("chromium");
    expect(names(missingPackages("app", nothingThere))).not.toContain("chromium");
    expect(names(missingPackages("cli", nothingThere))).toEqual([]);
  });

  it("takes a program on the path or one of the files as proof", () => {
    const seen = {
      hasProgram: (name: string) => name === "Xvfb",
      hasFile: (path: string) => path.includes("libsecret"),
    };
    const names = missingPackages("test", seen).map(({ name }) => name);
    expect(names).not.toContain("xvfb");
    expect(names).not.toContain("libsecret-1-0");
    expect(names).toContain("dbus");
  });

  it("can tell of every package whether it is there", () => {
    expect(
      debianPackages.filter(({ program, files }) => program === undefined && files === undefined),
    ).toEqual([]);
  });
});

describe("whether the installed modules are those of the lock", () => {
  const wanted = lock({ "": { version: "1.0.0" }, "node_modules/a": { version: "1.0.0", integrity: "x" } });

  it("finds them missing without a lock inside node_modules", () => {
    expect(compareLocks(wanted, null)).toBe("missing");
  });

  it("finds them current when every package is the same, whatever the project's own version", () => {
    expect(compareLocks(wanted, lock({ "node_modules/a": { version: "1.0.0", integrity: "x" } }))).toBe(
      "current",
    );
  });

  it.each([
    ["another version", { "node_modules/a": { version: "1.0.1", integrity: "x" } }],
    ["other contents", { "node_modules/a": { version: "1.0.0", integrity: "y" } }],
    ["nothing", {}],
  ])("finds them outdated when %s is installed", (_what, installed) => {
    expect(compareLocks(wanted, lock(installed))).toBe("outdated");
  });

  it("does not miss an optional package that was made for another platform", () => {
    const both = lock({ "node_modules/b": { version: "1.0.0", optional: true } });
    expect(compareLocks(both, lock({}))).toBe("current");
  });

  it("finds them outdated when the installed lock was cut off", () => {
    expect(compareLocks(wanted, '{"packages":{"node_mod')).toBe("outdated");
  });
});
