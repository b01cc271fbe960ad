import { appendFileSync, writeFileSync } from "node:fs";
import type { Memory } from "./client-process.ts";
import type { Growth } from "./growth.ts";

/** What is told of the run, on standard output and in a file. */
export class Report {
  readonly #file: string;
  #toldMinute = -5;

  constructor(file: string) {
    this.#file = file;
    writeFileSync(file, "");
  }

  line(text: string): void {
    process.stdout.write(`${text}\n`);
    appendFileSync(this.#file, `${text}\n`);
  }

  /** Every five minutes a line; the file gets each. */
  sample(minute: number, memory: Memory, counts: ReadonlyMap<string, number>): void {
    const of = (name: string): number => counts.get(name) ?? 0;
    const text = `${minute.toFixed(1).padStart(5)} min  heap ${inMegabytes(memory.heapBytes)}  PSS ${inMegabytes(memory.pssBytes)}, its own ${inMegabytes(memory.ownBytes)}  ${of("calls")} calls, ${of("rang")} rang, online ${of("online")} times`;
    if (minute - this.#toldMinute < 5) return appendFileSync(this.#file, `${text}\n`);
    this.#toldMinute = minute;
    this.line(text);
  }

  counts(counts: ReadonlyMap<string, number>): void {
    const sorted = [...counts].toSorted(([one], [other]) => one.localeCompare(other));
    const troubles = sorted.filter(([name]) => name.startsWith("trouble: "));
    for (const [name, count] of sorted) if (!name.startsWith("trouble: ")) this.line(`  ${name}: ${count}`);
    const total = troubles.reduce((sum, [, count]) => sum + count, 0);
    this.line(`  troubles: ${total}, of ${troubles.length} kinds`);
    appendFileSync(this.#file, troubles.map(([name, count]) => `    ${name}: ${count}\n`).join(""));
  }

  growth(
    name: string,
    { before, after, share }: Growth,
    windows: { readonly before: readonly number[]; readonly after: readonly number[] },
  ): void {
    const [from, to] = [windows.before, windows.after].map((one) =>
      one.map((minute) => minute.toFixed(1)).join("–"),
    );
    this.line(
      `  ${name}: median of minutes ${from} ${inMegabytes(before)}, of minutes ${to} ${inMegabytes(after)}: ${(share * 100).toFixed(2)} %`,
    );
  }

  verdict(broken: readonly string[]): void {
    for (const one of broken.slice(0, 100)) this.line(`BROKEN: ${one}`);
    this.line(broken.length === 0 ? "The promise was kept." : `${broken.length} sentences were broken.`);
  }
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(3)} MB`;
}
