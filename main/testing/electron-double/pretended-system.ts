/** What the double pretends to run on. */
export interface PretendedSystem {
  readonly platform: "win32" | "darwin" | "linux";
  /** The major version of Electron. */
  readonly electron: number;
  /** macOS lets only a signed program notify. */
  readonly signed: boolean;
  /** What the system says when its settings forbid this program to notify; null when they do not. */
  readonly notificationsForbidden: string | null;
  /** There is something that shows notifications. */
  readonly notificationsSupported: boolean;
  /** Windows tells the program's handler of a click before the object that was clicked. */
  readonly handlerFirst: boolean;
  /** The colour of windows. */
  readonly darkWindows: boolean;
  /** The colour of the taskbar: on Windows a setting of its own. */
  readonly darkTaskbar: boolean;
  /** What is free of the primary display. */
  readonly workArea: Electron.Rectangle;
  readonly idleState: "active" | "idle" | "locked" | "unknown";
}

const USUAL: Omit<PretendedSystem, "platform"> = {
  electron: 45,
  signed: true,
  notificationsForbidden: null,
  notificationsSupported: true,
  handlerFirst: false,
  darkWindows: false,
  darkTaskbar: false,
  workArea: { x: 0, y: 0, width: 1920, height: 1040 },
  idleState: "active",
};

let current: PretendedSystem = { ...USUAL, platform: "linux" };
const forgetters: (() => void)[] = [];

/** The system as it is pretended now. */
export function pretended(): PretendedSystem {
  return current;
}

/** A part of the double forgets what it recorded when another system starts. */
export function forgetAtStart(forget: () => void): void {
  forgetters.push(forget);
}

/** Another system with nothing on its screen. Electron 45, unless told otherwise. */
export function startSystem(
  system: Pick<PretendedSystem, "platform"> & Partial<PretendedSystem>,
): PretendedSystem {
  current = { ...USUAL, ...system };
  for (const forget of forgetters) forget();
  return current;
}

/** Something about the running system changes: what is on the screen stays. */
export function changeSystem(change: Partial<PretendedSystem>): void {
  current = { ...current, ...change };
}

/**
 * What the double has that not every Electron or every system has. Reference: `@platform` in `electron.d.ts`; the
 * pull requests of electron/electron that brought them: 46438, 48132, 49919, 50097 and 50328, 49913, 51286, 47817.
 */
const SINCE = {
  "nativeTheme.shouldUseDarkColorsForSystemIntegratedUI": { electron: 35, on: ["win32", "darwin"] },
  "app.loginItems": { electron: 0, on: ["win32", "darwin"] },
  "app.setAppUserModelId": { electron: 0, on: ["win32"] },
  "app.setToastActivatorCLSID": { electron: 40, on: ["win32"] },
  "Notification.handleActivation": { electron: 42, on: ["win32"] },
  /** The identifier of a notification is the program's; before, each object has one that nobody knows. */
  "Notification id": { electron: 42, on: ["win32", "darwin"] },
  "Notification close reason": { electron: 42, on: ["win32"] },
  /** Buttons of toasts are told as such; before, a press on one is a click, or nothing. */
  "Notification action": { electron: 42, on: ["win32"] },
  /** macOS asks for a signature. */
  "Notification signature": { electron: 42, on: ["darwin"] },
} as const satisfies Record<
  string,
  { readonly electron: number; readonly on: readonly PretendedSystem["platform"][] }
>;

/** Whether the pretended Electron has it on the pretended system. */
export function has(part: keyof typeof SINCE): boolean {
  const { electron, on }: { electron: number; on: readonly string[] } = SINCE[part];
  return current.electron >= electron && on.includes(current.platform);
}

/** The value, or what Electron itself gives where it has no such member: undefined, whatever its declarations say. */
export function whereItExists<T>(part: keyof typeof SINCE, value: T): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- that the declarations promise it is the point
  return has(part) ? value : (undefined as T);
}
