import { fileURLToPath } from "node:url";
import { defineConfig } from "electron-vite";
import { thirdPartyLicenses } from "./build/packaging/third-party-licenses.mjs";
import { bundledSounds } from "./build/sounds/sounds.mjs";

// keytar is native code and stays outside; everything else is bundled, so that the package ships one file a program.
const bundled = [
  "@particle/dbus-next",
  "conf",
  "electron-log",
  "electron-store",
  "entities",
  "@rgrove/parse-xml",
  "tinyqueue",
  "undici",
  "zod",
];

// What Electron 33 has, the oldest that starts (main/oldest-versions.ts); electron-vite would take the newest that it knows.
// The terminal program shares its chunks with the app, so the same goes for it, though its Node.js is newer. What the
// bundler leaves as it is (in patterns: modifiers, a group's name used twice) build/oldest-bundles.test.ts finds.
const oldestNode = "node20.18";
const oldestChromium = "chrome130";

// The second line of the terminal program, between `#!/bin/sh` and its JavaScript, to which it is a string and a comment.
// The shell finds out which signals are ignored, since Node.js forgets it when it starts (main/cli/ignored-signals.ts),
// by sending each to a shell that has inherited the same; then Node.js takes its place and reads the same file.
// On the way it tells the C library of Linux to keep one heap for all threads and to give back what is free: else a bell
// that rings for weeks keeps the most that it ever needed, six megabytes more.
const memory = ["MALLOC_ARENA_MAX=1", "MALLOC_TRIM_THRESHOLD_=65536", "MALLOC_MMAP_THRESHOLD_=65536"].join(
  " ",
);
const throughShell = `':' //; i=; for s in HUP INT TERM; do sh -c "kill -$s \\$\\$" && i="$i SIG$s"; done 2>/dev/null; export DOORBELL_IGNORED_SIGNALS="$i" ${memory}; exec node "$0" "$@"`;

/** What takes the place of a module that a library of ours needs for what is not asked of it here. */
const leftOut = (name: string): string => fileURLToPath(new URL(`build/without-${name}`, import.meta.url));

export default defineConfig({
  main: {
    plugins: [thirdPartyLicenses()],
    resolve: {
      alias: [
        { find: "xml2js", replacement: leftOut("xml2js.mjs") },
        { find: /^ajv(?:\/dist\/2020\.js|-formats)$/, replacement: leftOut("conf-schemas.mjs") },
        { find: "semver", replacement: leftOut("conf-migrations.mjs") },
        { find: /^\.\/transports\/remote$/, replacement: leftOut("log-upload.cjs") },
      ],
    },
    build: {
      outDir: "out/main",
      target: oldestNode,
      sourcemap: true,
      // The two programs carry 2.6 MB of code, half of it undici's parts that a tray notifier never calls.
      minify: true,
      externalizeDeps: { exclude: bundled },
      rolldownOptions: {
        // package.json names `index` and `cli`, which look at the version of what runs them and only then load the program.
        input: {
          index: "main/start-app.ts",
          app: "main/index.ts",
          cli: "main/start-terminal.ts",
          terminal: "main/cli.ts",
          // A process of its own, which both programs start to ask the keyring.
          keyring: "main/account/keyring-child.ts",
        },
        output: { postBanner: ({ name }) => (name === "cli" ? throughShell : "") },
        // dbus-next names x11 for a bus address form that Linux desktops stopped using; it is never installed.
        external: ["x11"],
      },
    },
  },
  preload: {
    build: {
      outDir: "out/preload",
      // Chromium runs it, but electron-vite insists on a Node.js here; that of the same Electron reads less.
      target: oldestNode,
      // A sandboxed preload script is one file of CommonJS and can require nothing but electron.
      externalizeDeps: false,
      isolatedEntries: true,
      rolldownOptions: {
        input: {
          panel: "preload/panel.ts",
          toast: "preload/toast.ts",
          conversation: "preload/conversation.ts",
        },
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  },
  renderer: {
    root: "renderer",
    plugins: [thirdPartyLicenses(), bundledSounds()],
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      outDir: "out/renderer",
      target: oldestChromium,
      // Only Electron's Chromium loads it, and its polyfill would fetch, which the pages' CSP forbids.
      modulePreload: { polyfill: false },
      minify: true,
      rolldownOptions: {
        input: {
          panel: "renderer/panel.html",
          toast: "renderer/toast.html",
          conversation: "renderer/conversation.html",
        },
        // A page loads the texts of one language; build/bundle.test.ts tells them by their names.
        output: {
          chunkFileNames: ({ facadeModuleId }) => {
            const language = /\/locales\/(\w+)(\/pages\/index)?\.ts$/.exec(facadeModuleId ?? "")?.[1];
            return `assets/${language === undefined ? "[name]" : `language-${language}`}-[hash].js`;
          },
        },
      },
    },
  },
});
