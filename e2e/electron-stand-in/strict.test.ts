import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import { absent, NotInStandIn, preventable, StandInEmitter, strictClass, strictObject } from "./strict.ts";

class Bell extends StandInEmitter {
  readonly #rings = 3;

  constructor() {
    super(["ring"], ["tune"]);
  }

  rings(): number {
    return this.#rings;
  }
}

describe("a strict part of the stand-in", () => {
  it("answers what it has, private fields and identity included", () => {
    const bell = new Bell();
    const heard: unknown[] = [];
    bell.on("ring", (value) => heard.push(value));
    bell.emit("ring", bell);
    expect(bell.rings()).toBe(3);
    expect(heard).toEqual([bell]);
    expect(bell).toBeInstanceOf(EventEmitter);
  });

  it("names what it does not have, instead of answering undefined", () => {
    const bell = new Bell() as unknown as Record<string, unknown>;
    expect(() => bell["tune"]).toThrow("The Electron stand-in has no Bell.tune");
    expect(() => (Bell as unknown as Record<string, unknown>)["all"]).toThrow(NotInStandIn);
  });

  it("refuses a listener for an event that it never emits", () => {
    const bell = new Bell();
    expect(() => bell.on("explode", () => {})).toThrow('event "explode" of Bell');
    expect(() => bell.once("tune", () => {})).not.toThrow();
  });

  it("can be awaited, written as JSON and given new members like any object", async () => {
    const part = strictObject<Record<string, unknown>>("part", { here: 1 });
    expect(await Promise.resolve(part)).toBe(part);
    expect(JSON.stringify(part)).toBe('{"here":1}');
    part["added"] = 2;
    expect(part["added"]).toBe(2);
    expect(() => part["elsewhere"]).toThrow("part.elsewhere");
  });

  it("may be a class without a parent", () => {
    const Plain = strictClass(
      class Plain {
        readonly here = 1;
      },
    );
    const plain = new Plain() as unknown as Record<string, unknown>;
    expect(plain["here"]).toBe(1);
    expect(() => plain["there"]).toThrow("Plain.there");
  });
});

describe("a part that is absent", () => {
  it("throws with its name however it is used", () => {
    const safe = absent("safeStorage") as unknown as Record<string, unknown> & (() => void);
    expect(() => safe["encryptString"]).toThrow("no safeStorage");
    expect(() => safe()).toThrow("no safeStorage");
  });
});

describe("an event that can be prevented", () => {
  it("remembers that it was", () => {
    const event = preventable({ url: "x" });
    expect(event.defaultPrevented).toBe(false);
    event.preventDefault();
    expect(event).toMatchObject({ url: "x", defaultPrevented: true });
  });
});
