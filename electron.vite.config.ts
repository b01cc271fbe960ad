import { defineConfig } from "electron-vite";
import { thirdPartyLicenses } from "./build/third-party-licenses.mjs";

// keytar is native code and stays outside; everything else is bundled, so that the package ships one file a program.
const bundled = ["@particle/dbus-next", "conf", "fast-xml-parser", "undici", "zod"];

export default defineConfig({
  main: {
    plugins: [thirdPartyLicenses()],
    build: {
      outDir: "out/main",
      sourcemap: true,
      externalizeDeps: { exclude: bundled },
      rolldownOptions: {
        input: { cli: "main/cli.ts" },
        // dbus-next names x11 for a bus address form that Linux desktops stopped using; it is never installed.
        external: ["x11"],
      },
    },
  },
});
