import { afterEach, expect, it } from "vitest";

import { speak } from "../../../locales/texts.ts";
import { quietLabel, silenceLabel, silenceNow } from "./quiet-label.ts";

afterEach(() => speak({ language: "en", region: "en" }));

const noon = new Date(2026, 10, 30, 12).getTime();
const evening = new Date(2026, 10, 30, 18, 30).getTime();
const tomorrow = new Date(2026, 11, 1, 8).getTime();

it("who wants quiet is told with the time that it ends, and with the day where that is another", () => {
  expect(quietLabel("doNotDisturb", null, noon)).toBe("Do not disturb");
  expect(quietLabel("doNotDisturb", evening, noon)).toMatch(
    /^Do not disturb until 0?6:30 PM$|^Do not disturb until 18:30$/,
  );
  expect(quietLabel("quietHours", tomorrow, noon)).toMatch(/^Quiet hours until Tue/);
});

it("why nobody heard an invitation is told from how it was presented", () => {
  expect(silenceLabel("silent: presence", null, noon)).toBe("Silent: your presence is Do not disturb");
  expect(silenceLabel("silent: quietHours", evening, noon)).toMatch(/^Silent: quiet hours until .*30/);
  for (const how of ["", "native: shown", "silent: dismissedByUser", "silent: ended", "silent: __proto__"])
    expect(silenceLabel(how, null, noon)).toBe("");
});

it("what rings on in quiet hours is not called silent, and what does not is, with the cause that silences it", () => {
  const hours = { cause: "quietHours", until: evening } as const;
  expect(silenceNow("Normal", [hours], noon)).toMatch(/^Silent: quiet hours until .*30/);
  expect(silenceNow("Urgent", [hours], noon)).toBe("");
  const switched = { cause: "doNotDisturb", until: null } as const;
  expect(silenceNow("Urgent", [hours, switched], noon)).toBe("Silent: do not disturb");
  expect(silenceNow("Normal", [], noon)).toBe("");
});

it("is told in German with its own order of words, and with times of the region", () => {
  speak({ language: "de", region: "de" });
  expect(quietLabel("quietHours", tomorrow, noon)).toMatch(/^Ruhezeiten bis Di\.?, 08:00$/);
  expect(quietLabel("presence", evening, noon)).toBe("Ihr Status ist bis 18:30 „Nicht stören“");
  expect(silenceLabel("silent: systemFocus", evening, noon)).toBe(
    "Lautlos: In Ihrem System ist „Nicht stören“ bis 18:30 an",
  );
  expect(silenceLabel("silent: doNotDisturb", null, noon)).toBe("Lautlos: Nicht stören");
});
