import { describe, expect, it } from "vitest";
import { readPackage } from "../../main/ucwa/application/events.ts";
import { eventsHref, eventsIn, packageBody, type PackageKind } from "./packages.ts";

const KINDS: readonly PackageKind[] = ["started", "linkOnly", "updated", "completed", "life"];
const ORIGIN = "http://127.0.0.1:8080";

describe("the packages of the benchmark", () => {
  it.each(KINDS)("hold as many readable events as they are counted for (%s)", (kind) => {
    const base = "/ucwa/oauth/v1/applications/100001";
    const spec = { kind, first: 1, count: 7 };
    const read = readPackage(JSON.parse(packageBody(base, 2, spec)), ORIGIN + eventsHref(base, 1), 1);
    expect(read?.read().events).toHaveLength(eventsIn(spec));
    expect(read?.read().unreadable).toBe(0);
    expect(read?.onward).toEqual({ by: "next", href: ORIGIN + eventsHref(base, 2) });
  });

  it.each(KINDS)("are of one size for the client and for its floor, early and late (%s)", (kind) => {
    const early = packageBody("/ucwa/oauth/v1/applications/100001", 2, { kind, first: 1, count: 3 });
    const late = packageBody("/ucwa/oauth/v1/applications/500001", 4321, { kind, first: 99_000, count: 3 });
    expect(late.length).toBe(early.length);
  });
});
