/** What is known before Electron is ready. */
export interface WindowSystemFacts {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The arguments of the program. */
  readonly args: readonly string[];
  /** The value of Electron's switch `ozone-platform`: its own choice when nobody gave one; empty for its default, X11. */
  readonly ozonePlatform: string;
  /** Whether there is a file or socket at that path. */
  readonly exists: (path: string) => boolean;
}

/**
 * - `startAgain`: with that argument, because Electron has made its choice before it runs a line of ours.
 * - `stay`: and whether the toast can be a small window in the corner, above others, that takes no focus.
 */
export type WindowSystem =
  | { readonly kind: "startAgain"; readonly argument: string }
  | { readonly kind: "stay"; readonly toast: boolean };

const CHOICE = "--ozone-platform";

/**
 * On which window system the program is to draw. Electron 38 and later draw by Wayland itself where the session is one,
 * and there no program may place a window, keep it above others or keep the focus out of it: a toast would take what the
 * person types. X11 can do all that, through Xwayland, which nearly every Wayland session has. Where it is missing, or
 * where somebody asked for Wayland by an argument, invitations ring by the system's notifications only. Pure.
 */
export function windowSystem(facts: WindowSystemFacts): WindowSystem {
  const { platform, env, args, ozonePlatform, exists } = facts;
  if (platform !== "linux" || ozonePlatform !== "wayland") return { kind: "stay", toast: true };
  const chosen = args.some((argument) => argument.startsWith(CHOICE));
  if (chosen || !hasXServer(env["DISPLAY"] ?? "", exists)) return { kind: "stay", toast: false };
  return { kind: "startAgain", argument: `${CHOICE}=x11` };
}

/** A name that is left over in the environment would end the program at its start. */
function hasXServer(display: string, exists: (path: string) => boolean): boolean {
  const local = /^(?:unix)?:(\d+)(?:\.\d+)?$/.exec(display)?.[1];
  return local === undefined ? display !== "" : exists(`/tmp/.X11-unix/X${local}`);
}
