import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Unsubscribe } from "../platform/ports.ts";

/**
 * Where a process is among those of its terminal.
 * - `foreground`: what is typed there is for it. `background`: for somebody else, and whoever reads it or sets the mode of
 *   the terminal is stopped. `none`: it has no terminal of its own, though it may write to one.
 */
export type JobPlace = "foreground" | "background" | "none";

/** What a shell does with its jobs, as one of them sees it. */
export interface JobControl {
  place(): JobPlace;
  /** Stops all of the job, as a terminal does at Ctrl-Z. */
  stop(): void;
  listen(listener: JobListener): Unsubscribe;
}

export interface JobListener {
  /** Before the process is stopped by SIGTSTP; before SIGSTOP nothing can be done. */
  stopping(): void;
  /** It goes on, whatever had stopped it. */
  continued(): void;
}

/** The job control of this system. Node.js knows nothing of it but the signals. */
export function systemJobControl(platform: NodeJS.Platform): JobControl {
  if (platform === "win32")
    return { place: () => "foreground", stop: () => undefined, listen: () => () => undefined };
  return {
    place: () => (platform === "linux" ? placeInProc() : null) ?? placeByPs(),
    stop: () => void process.kill(0, "SIGTSTP"),
    listen: (listener) => {
      const continued = (): void => listener.continued();
      const onStop = (): void => {
        listener.stopping();
        // With no listener the signal does what it does to every program: it stops this one here, in this line.
        process.removeListener("SIGTSTP", onStop);
        process.kill(process.pid, "SIGTSTP");
        process.on("SIGTSTP", onStop);
        // No signal says so where the system does not stop a job that no shell could continue.
        continued();
      };
      process.on("SIGTSTP", onStop);
      process.on("SIGCONT", continued);
      return () => {
        process.removeListener("SIGTSTP", onStop);
        process.removeListener("SIGCONT", continued);
      };
    },
  };
}

function placeInProc(): JobPlace | null {
  try {
    return placeIn(readFileSync("/proc/self/stat", "latin1"));
  } catch {
    return null;
  }
}

/** Reads a line of `/proc/PID/stat`. Reference: proc_pid_stat(5), `pgrp` and `tpgid`. */
export function placeIn(stat: string): JobPlace {
  // The name of the program comes first, and may hold anything.
  const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (foreground === "-1") return "none";
  return group === foreground ? "foreground" : "background";
}

/** A system without `/proc` tells it by two columns of `ps`: a terminal or none, and a plus sign in the foreground. */
function placeByPs(): JobPlace {
  const { stdout } = spawnSync("ps", ["-o", "tty=,stat=", "-p", String(process.pid)], {
    encoding: "utf8",
    timeout: 1_000,
  });
  const [terminal, state] = (stdout ?? "").trim().split(/\s+/);
  if (terminal === undefined || state === undefined) return "foreground";
  if (/^\?+$/.test(terminal)) return "none";
  return state.includes("+") ? "foreground" : "background";
}
