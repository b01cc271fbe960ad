import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type axe from "axe-core";

const SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");

/**
 * What axe finds wrong with a page. Its source is run in the page as it is, because `@axe-core/playwright` opens a page of
 * its own, which Electron does not do, and a script tag is refused by our CSP.
 */
export async function breachesOfAccessibility(page: Page): Promise<readonly string[]> {
  await page.evaluate(SOURCE);
  return await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${id}: ${help} (${target.join(" ")}) ${failureSummary ?? ""}`,
      ),
    );
  });
}
