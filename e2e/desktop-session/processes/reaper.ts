/**
 * Ends what another program started, whatever becomes of that program: runs as a process of its own, reads from standard
 * input which runs there are (`watched-run.ts` writes it), and reaps those that were not closed when that input ends: by a
 * failed test, an interrupt, or a kill that nobody can handle.
 */
import { createInterface } from "node:readline";
import { reap, type Run } from "./reap.ts";

/** One line of standard input. */
export type ReaperLine =
  | { readonly type: "opened"; readonly folder: string; readonly mark: string }
  | { readonly type: "group"; readonly folder: string; readonly pid: number }
  | { readonly type: "closed"; readonly folder: string };

// An interrupt at the terminal reaches the whole foreground group; the input's end is what counts.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});
process.on("SIGHUP", () => {});

const runs = new Map<string, Run & { readonly groups: Set<number> }>();
for await (const text of createInterface({ input: process.stdin })) {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Both ends of this pipe are ours.
  const line = JSON.parse(text) as ReaperLine;
  switch (line.type) {
    case "opened":
      runs.set(line.folder, { ...line, groups: new Set() });
      break;
    case "group":
      runs.get(line.folder)?.groups.add(line.pid);
      break;
    case "closed":
      runs.delete(line.folder);
      break;
  }
}
await Promise.all([...runs.values()].map(reap));
