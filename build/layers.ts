/**
 * What may import what: the one table of it. The lint rules are made from it (`oxlint.config.ts`), and `layers.test.ts` sees
 * a forbidden import refused for every row.
 */
export interface Layer {
  readonly name: string;
  /** From the top of the repository. */
  readonly folder: string;
  /** The other layers that it may import, by name. */
  readonly mayImport: readonly string[];
  /** Why not the others, in a sentence for whoever meets the error. */
  readonly because: string;
}

const BELOW_SURFACES = ["locales", "platform", "ucwa", "invitations", "conversations", "people", "core"];
const BELOW_APP = [...BELOW_SURFACES, "account", "desktop", "surfaces", "ipc", "preload"];
const SIDE_BY_SIDE = "It imports texts and platform alone: ucwa, account and desktop do not know each other.";

/** From the lowest up. */
export const LAYERS: readonly Layer[] = [
  {
    name: "locales",
    folder: "locales",
    mayImport: [],
    because: "Texts know nothing of what they are said about.",
  },
  {
    name: "platform",
    folder: "main/platform",
    mayImport: ["locales"],
    because: "The lowest layer imports nothing of ours but texts.",
  },
  { name: "ucwa", folder: "main/ucwa", mayImport: ["locales", "platform"], because: SIDE_BY_SIDE },
  { name: "account", folder: "main/account", mayImport: ["locales", "platform"], because: SIDE_BY_SIDE },
  { name: "desktop", folder: "main/desktop", mayImport: ["locales", "platform"], because: SIDE_BY_SIDE },
  {
    name: "invitations",
    folder: "main/invitations",
    mayImport: ["locales", "platform", "ucwa"],
    because: "What rings is decided without settings, surfaces and windows.",
  },
  {
    name: "people",
    folder: "main/people",
    mayImport: ["locales", "platform", "ucwa"],
    because: "Names and photos are found without knowing who asks for them.",
  },
  {
    name: "conversations",
    folder: "main/conversations",
    mayImport: ["locales", "platform", "ucwa", "invitations"],
    because: "A conversation begins with an invitation, and is told without settings, surfaces and windows.",
  },
  {
    name: "core",
    folder: "main/core",
    mayImport: ["locales", "platform", "ucwa", "invitations", "conversations", "people"],
    because: "The state of both programs knows no surface.",
  },
  {
    name: "surfaces",
    folder: "main/surfaces",
    mayImport: [...BELOW_SURFACES, "preload"],
    because: "A surface draws the state of the core, and is handed what else it needs.",
  },
  {
    name: "ipc",
    folder: "main/ipc",
    mayImport: [...BELOW_SURFACES, "preload"],
    because: "The door to the windows knows the state and the contract.",
  },
  { name: "app", folder: "main/app", mayImport: BELOW_APP, because: "It builds the Electron program alone." },
  {
    name: "cli",
    folder: "main/cli",
    mayImport: [...BELOW_SURFACES, "account", "surfaces"],
    because: "The terminal program has no desktop and no windows.",
  },
  {
    name: "preload",
    folder: "preload",
    mayImport: [],
    because: "A preload script imports electron and the contract.",
  },
  {
    name: "renderer",
    folder: "renderer",
    mayImport: ["locales", "preload"],
    because: "A page imports its texts, preload/contract.ts and nothing else of ours.",
  },
  {
    name: "ucwa-server",
    folder: "e2e/ucwa-server",
    mayImport: [],
    because: "The server is written from the protocol and never imports the client.",
  },
];

/** Folders that no layer may import: the suites, and what only they need. */
export const SUITES: readonly string[] = [
  "bench",
  "desktops",
  "desktop-session",
  "driver",
  "electron",
  "packaged",
  "pictures",
  "protocol",
  "rules",
  "services",
  "soak",
  "specs",
];

/** The names of what a layer may not import. */
export function forbiddenTo({ name, mayImport }: Layer): readonly string[] {
  const others = LAYERS.filter((other) => other.name !== name && !mayImport.includes(other.name));
  return [...others.map((other) => other.name), ...SUITES];
}
