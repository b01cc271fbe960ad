/** What was checked, what was found, and what is wrong, one sentence each. */
export interface Finding {
  readonly check: string;
  readonly found: string;
  readonly problems: readonly string[];
}

/** How many problems of one check are spelled out. */
const SHOWN = 5;

/** One line for each finding. */
export function linesOf(findings: readonly Finding[]): string {
  return findings
    .map(({ check, found, problems }) => {
      if (problems.length === 0) return `ok   ${check}: ${found}\n`;
      const more = problems.length > SHOWN ? ` And ${problems.length - SHOWN} more.` : "";
      return `FAIL ${check}: ${problems.slice(0, SHOWN).join(" ")}${more}\n`;
    })
    .join("");
}
