#!/bin/sh
import { homedir } from "os";
import { OLDEST_NODE, refuseOlder } from "./oldest-versions.ts";

// The terminal program starts here: package.json's `bin`, which a shell reads first (electron.vite.config.ts). A Node.js that is too old prints what it cannot read, and in a
// bundle that is one line of 180 kB; so it gets to see no more of the program than this. No await either, which came
// to this place with Node.js 14.

// A user whom the system does not know has no home, and libraries ask for it as they are loaded. This is where Debian
// lets those live who have none: nothing is read there, and XDG_CONFIG_HOME counts as ever.
try {
  homedir();
} catch {
  process.env["HOME"] = "/nonexistent";
}

const refusal = refuseOlder("Node.js", OLDEST_NODE, process.versions.node);
// A fault, too, should the program ever stop without having come to its end, which says another status.
process.exitCode = 1;
if (refusal === null) void import("./cli.ts");
else process.stderr.write(`${refusal}\n`);
