import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import { Owned } from "./owned.ts";

describe("what somebody owns", () => {
  it("is ended with its owner, the last first, once", () => {
    const ended: number[] = [];
    const owned = new Owned();
    for (const each of [1, 2, 3]) owned.add(() => void ended.push(each));
    expect(owned.disposed).toBe(false);
    owned.dispose();
    owned.dispose();
    expect(ended).toEqual([3, 2, 1]);
    expect(owned.disposed).toBe(true);
  });

  it("is ended at once when it comes too late", () => {
    const owned = new Owned();
    owned.dispose();
    let ended = 0;
    owned.add(() => void ended++);
    expect(ended).toBe(1);
  });

  it("listens to nothing any more", () => {
    const emitter = new EventEmitter();
    const owned = new Owned();
    let heard = 0;
    owned.listen(emitter, "told", () => void heard++);
    emitter.emit("told");
    owned.dispose();
    emitter.emit("told");
    expect([heard, emitter.listenerCount("told")]).toEqual([1, 0]);
    owned.listen(emitter, "told", () => undefined);
    expect(emitter.listenerCount("told")).toBe(0);
  });

  it("is ended although another end fails, which is told afterwards", () => {
    const owned = new Owned();
    let ended = 0;
    owned.add(() => void ended++);
    owned.add(() => {
      throw new RangeError("a fault");
    });
    expect(() => owned.dispose()).toThrow("a fault");
    expect(ended).toBe(1);
  });
});
