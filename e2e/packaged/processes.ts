import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** One process of a program, as the kernel shows it. */
export interface SeenProcess {
  readonly pid: number;
  readonly commandLine: readonly string[];
  /** 2 where system calls are filtered: `Seccomp` in /proc/PID/status. */
  readonly seccomp: number;
}

/** The state of a socket that waits for connections: `TCP_LISTEN` of Linux, in /proc/net/tcp. */
const LISTENS = "0A";

/** A process and all that it started, directly or not. One that ends meanwhile is left out. */
export function processesBelow(pid: number): readonly SeenProcess[] {
  const children = childrenByParent();
  const found: number[] = [];
  for (let next = [pid]; next.length > 0; next = next.flatMap((one) => children.get(one) ?? []))
    found.push(...next);
  return found.flatMap((one) => seen(one) ?? []);
}

/** The kind of a process of Chromium's, such as `renderer`; empty for the main one. */
export function kindOf({ commandLine }: SeenProcess): string {
  const prefix = "--type=";
  return commandLine.find((word) => word.startsWith(prefix))?.slice(prefix.length) ?? "";
}

/** The TCP ports at which these processes can be reached. Throws when the sockets of one that runs cannot be read. */
export function listeningPorts(processes: readonly SeenProcess[]): readonly number[] {
  return processes.flatMap((process) => {
    const own = new Set(socketsOf(process));
    return ["tcp", "tcp6"]
      .flatMap((table) => textOf(`/proc/${process.pid}/net/${table}`).split("\n").slice(1))
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === LISTENS && own.has(`socket:[${fields[9]}]`))
      .map((fields) => Number.parseInt(fields[1]?.split(":").at(-1) ?? "", 16));
  });
}

/** Whether it runs: one that has ended may stay in the table of processes until somebody asks how. */
function isRunning(pid: number): boolean {
  const stat = textOf(`/proc/${pid}/stat`);
  return stat !== "" && !stat.slice(stat.lastIndexOf(")")).startsWith(") Z");
}

function seen(pid: number): SeenProcess | null {
  const status = textOf(`/proc/${pid}/status`);
  if (status === "" || !isRunning(pid)) return null;
  // Chromium writes its children's command lines anew, with spaces between the words.
  const commandLine = textOf(`/proc/${pid}/cmdline`)
    .split(/[\0 ]/)
    .filter((word) => word !== "");
  return { pid, commandLine, seccomp: Number(/^Seccomp:\s*(\d)/m.exec(status)?.[1] ?? 0) };
}

function socketsOf(process: SeenProcess): readonly string[] {
  const folder = `/proc/${process.pid}/fd`;
  try {
    return readdirSync(folder).map((name) => linkOf(`${folder}/${name}`));
  } catch (error) {
    // A sandboxed one lets nobody look, and its filter lets it open no socket.
    if (process.seccomp === 2 || !isRunning(process.pid)) return [];
    throw error;
  }
}

function childrenByParent(): ReadonlyMap<number, readonly number[]> {
  const children = new Map<number, number[]>();
  for (const pid of readdirSync("/proc").map(Number).filter(Number.isInteger)) {
    const stat = textOf(`/proc/${pid}/stat`);
    const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  return children;
}

/** Empty for a file descriptor that has been closed. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

/** Empty for a process that has ended. */
function textOf(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}
