import { describe, expect, it } from "vitest";
import { endpointIdFor, machineIdentity } from "./endpoint-id.ts";

describe("The endpoint id", () => {
  it(
    "never changes for a machine and an address, by which servers know this install, and differs by both",
    { tags: ["endpoint-id-stable"] },
    () => {
      const ids = [
        endpointIdFor("0123456789abcdef0123456789abcdef", "anna@contoso.com"),
        endpointIdFor("two", "anna@contoso.com"),
        endpointIdFor("0123456789abcdef0123456789abcdef", "ben@contoso.com"),
      ];
      expect(ids[0]).toBe("d55be879-8f85-868d-a78c-68a8f4560949");
      expect(new Set(ids).size).toBe(3);
      for (const id of ids)
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    },
  );
});

describe("The machine", () => {
  const absent = (): string => {
    throw new Error("ENOENT");
  };

  it("is told by its machine-id", () => {
    expect(
      machineIdentity(
        () => "0123456789ABCDEF0123456789abcdef\n",
        () => "host",
      ),
    ).toBe("0123456789abcdef0123456789abcdef");
  });

  it("is told by its host name where it has no usable machine-id", () => {
    expect(machineIdentity(absent, () => "host")).toBe("host");
    expect(
      machineIdentity(
        () => "uninitialized\n",
        () => "host",
      ),
    ).toBe("host");
  });
});
