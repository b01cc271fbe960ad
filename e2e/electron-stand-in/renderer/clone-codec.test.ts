import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeClone, encodeClone } from "./clone-codec.ts";

const there = (value: unknown): unknown => decodeClone(encodeClone(value));

describe("the codec of structured clones", () => {
  it("gives back what structuredClone gives, for any value that it can clone", () => {
    const values = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withSparseArray: true,
    });
    fc.assert(
      fc.property(values, (value) => {
        expect(there(value)).toEqual(structuredClone(value));
      }),
    );
  });

  it("keeps bytes, their view, and that two views share them", () => {
    const { buffer } = new Uint8Array([1, 2, 3, 4]);
    const [a, b] = there([new Uint8Array(buffer, 1, 2), new DataView(buffer)]) as [Uint8Array, DataView];
    expect([...a]).toEqual([2, 3]);
    expect(b.getUint8(3)).toBe(4);
    expect(a.buffer).toBe(b.buffer);
  });

  it("keeps cycles through objects, arrays and maps", () => {
    const value: Record<string, unknown> = {};
    value["list"] = [value];
    value["map"] = new Map([["self", value]]);
    const back = there(value) as { list: unknown[]; map: Map<string, unknown> };
    expect(back.list[0]).toBe(back);
    expect(back.map.get("self")).toBe(back);
  });

  it("keeps kind, message and cause of an error", () => {
    const back = there(new RangeError("far", { cause: { code: 1 } })) as Error;
    expect(back).toBeInstanceOf(RangeError);
    expect([back.message, back.cause]).toEqual(["far", { code: 1 }]);
  });

  it("does not let a key of the sender reach a prototype", () => {
    const back = there(JSON.parse('{"__proto__":{"admin":true}}')) as { admin?: boolean };
    expect(back.admin).toBeUndefined();
    expect(Object.keys(back)).toEqual(["__proto__"]);
  });

  it.each([() => {}, Symbol("s"), new WeakMap(), Promise.resolve(), new Blob(["x"]), { deep: [() => {}] }])(
    "refuses what Electron refuses",
    (value) => {
      expect(() => encodeClone(value)).toThrow("An object could not be cloned.");
    },
  );
});
