import { dirname } from "node:path";
import { defineConfig, type OxlintOverride } from "oxlint";
import { forbiddenTo, LAYERS, type Layer } from "./build/layers.ts";

const ELECTRON = {
  name: "electron",
  message: "Only *.electron.ts and main/index.ts may import electron; the command line runs without it.",
};

/** The rules about imports for the files of one layer; the last one that fits a file holds. */
function importsOf(layer: Layer): OxlintOverride[] {
  const { folder, because } = layer;
  // From beside a folder its name is enough; elsewhere another folder may have the same name.
  const beside = (other: string): boolean => dirname(other) === dirname(folder);
  const spelled = (name: string): string => {
    const other = LAYERS.find((one) => one.name === name)?.folder;
    return other === undefined || beside(other) ? name : other;
  };
  const forbidden = forbiddenTo(layer).map((name) => `**/${spelled(name)}/**`);
  const rule = (
    group: readonly string[],
    paths: readonly (typeof ELECTRON)[],
  ): NonNullable<OxlintOverride["rules"]> => ({
    "no-restricted-imports": [
      "error",
      { paths: [...paths], patterns: [{ group: [...group], message: because }] },
    ],
  });
  const testing = [...forbidden, "**/testing/**"];
  if (layer.name === "preload") return [{ files: [`${folder}/**`], rules: rule(testing, []) }];
  if (layer.name === "renderer") {
    const pages = [...testing, "**/preload/**", "!**/preload/contract.ts", "node:*"];
    return [
      { files: [`${folder}/**`], rules: rule(pages, [ELECTRON]) },
      { files: [`${folder}/**/*.test.ts`], rules: rule(forbidden, [ELECTRON]) },
    ];
  }
  // The command line's bundle is without Electron; the app's file without `.electron` in its name may use one that has it.
  const withoutElectron = layer.name === "cli" ? [...testing, "**/*.electron.ts"] : testing;
  return [
    { files: [`${folder}/**`], rules: rule(withoutElectron, [ELECTRON]) },
    { files: [`${folder}/**/*.electron.ts`], rules: rule(testing, []) },
    { files: [`${folder}/**/*.test.ts`, `${folder}/**/testing/**`], rules: rule(forbidden, [ELECTRON]) },
  ];
}

export default defineConfig({
  plugins: ["typescript", "unicorn", "oxc", "import", "promise"],
  categories: {
    correctness: "error",
    suspicious: "error",
  },
  rules: {
    "no-console": "error",
    eqeqeq: "error",
    "no-var": "error",
    "prefer-const": "error",
    "typescript/no-explicit-any": "error",
    "typescript/no-non-null-assertion": "error",
    "typescript/consistent-type-imports": "error",
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    "typescript/switch-exhaustiveness-check": [
      "error",
      {
        considerDefaultExhaustiveForUnions: true,
      },
    ],
    "typescript/only-throw-error": "error",
    "import/no-cycle": [
      "error",
      {
        ignoreTypes: false,
      },
    ],
    "no-shadow": "off",
    "no-underscore-dangle": "off",
    "no-await-in-loop": "off",
    "typescript/consistent-return": "off",
    "promise/always-return": "off",
    "unicorn/consistent-function-scoping": "off",
    "import/no-named-as-default-member": "off",
    "typescript/no-misused-spread": "off",
    "no-restricted-imports": ["error", { paths: [ELECTRON] }],
  },
  overrides: [
    ...LAYERS.flatMap(importsOf),
    {
      // The programs, which connect everything.
      files: ["main/*.ts"],
      rules: {
        "no-restricted-imports": [
          "error",
          { patterns: [{ group: ["**/e2e/**", "**/renderer/**", "**/testing/**"] }] },
        ],
      },
    },
    {
      files: ["build/**", "e2e/**"],
      rules: {
        "no-console": "off",
      },
    },
    {
      files: ["e2e/driver/**", "e2e/electron/**", "e2e/pictures/**"],
      rules: {
        "typescript/no-unsafe-type-assertion": "off",
      },
    },
    {
      files: ["e2e/electron/fixtures/**", "e2e/bench/apps/**", "build/**/*.electron.mjs"],
      rules: {
        "no-restricted-imports": "off",
      },
    },
    {
      files: ["**/*.test.ts", "e2e/specs/**"],
      rules: {
        "typescript/no-non-null-assertion": "off",
        "typescript/no-unsafe-type-assertion": "off",
      },
    },
  ],
});
