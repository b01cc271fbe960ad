import { describe, expect, it } from "vitest";
import { Body, MAX_BODY_BYTES } from "./http-body.ts";
import type { HttpAnswer } from "./http.ts";
import { processorMs } from "../../testing/processor-time.ts";
import { ask, endless } from "./testing/ask.ts";

describe("one HTTP exchange", () => {
  it("gives a body thirty seconds from its head on, however steadily it drips", async () => {
    const { body, stream } = endless(() => null);
    const { clock, ended } = ask(async () => new Response(stream));
    await clock.advance(29_999);
    expect(ended).toEqual([]);
    await clock.advance(1);
    expect(ended).toMatchObject([{ kind: "timeout" }]);
    expect(body.cancelled).toBe(true);

    let dripped = 0;
    const drip = new ReadableStream<Uint8Array>({
      start(controller) {
        const again = () =>
          second.clock.after(1_000, () => {
            if (second.ended.length > 0) return;
            controller.enqueue(Uint8Array.of(0x20));
            dripped++;
            again();
          });
        queueMicrotask(again);
      },
    });
    const second = ask(async () => new Response(drip));
    await second.clock.advance(60_000);
    expect(second.ended).toMatchObject([{ kind: "timeout" }]);
    expect(dripped).toBeLessThanOrEqual(30);
  });

  it("stops reading where a body is longer than any answer, and tells the fetch", async () => {
    const chunk = new Uint8Array(64 * 1024);
    const { body, stream } = endless(() => chunk);
    const { clock, ended } = ask(async () => new Response(stream));
    for (let turn = 0; turn < 20 && ended.length === 0; turn++) await clock.settle();
    expect(ended).toMatchObject([{ kind: "tooLarge" }]);
    expect(body.cancelled).toBe(true);
    expect(body.given).toBeLessThanOrEqual(MAX_BODY_BYTES + 3 * chunk.byteLength);
  });

  it("takes a body of exactly the limit, in chunks of any size", async () => {
    const sizes = [1, 2, 3, 70_000, 0, 1_000_000];
    let left = MAX_BODY_BYTES;
    let turn = 0;
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        const size = Math.min(left, sizes[turn++ % sizes.length] ?? 1);
        if (left === 0) return controller.close();
        left -= size;
        controller.enqueue(new Uint8Array(size).fill(0x61));
      },
    });
    const { clock, ended } = ask(async () => new Response(stream));
    for (let round = 0; round < 20 && ended.length === 0; round++) await clock.settle();
    const { body } = ended[0] as HttpAnswer;
    expect(body).toHaveLength(MAX_BODY_BYTES);
    expect(/^a*$/.test(body)).toBe(true);
  });

  it("does not copy all that has come for each byte that comes", () => {
    const body = new Body();
    const startedAt = processorMs();
    for (let byte = 0; byte < 100_000; byte++) body.add(Uint8Array.of(0x61));
    expect(body.text()).toHaveLength(100_000);
    // To copy all that is there for each of them takes a minute.
    expect(processorMs() - startedAt).toBeLessThan(5_000);
  });

  it("is over with its last byte where the length is told, and with its end where that is of something compressed", async () => {
    const answered = async (headers: Record<string, string>) => {
      const chunks = ["ne", "ws"].map((text) => new TextEncoder().encode(text));
      const { stream } = endless(() => chunks.shift() ?? null);
      const { clock, ended } = ask(async () => new Response(stream, { headers }));
      await clock.settle();
      return ended;
    };
    expect(await answered({ "Content-Length": "4" })).toMatchObject([{ status: 200, body: "news" }]);
    expect(await answered({ "Content-Length": "4", "Content-Encoding": "gzip" })).toEqual([]);
    for (const length of ["5", "2x", "", "-4"])
      expect(await answered({ "Content-Length": length })).toEqual([]);
  });

  it("is not over with a first chunk of nothing", async () => {
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const text of ["", "news"]) controller.enqueue(new TextEncoder().encode(text));
        controller.close();
      },
    });
    const { clock, ended } = ask(async () => new Response(stream));
    await clock.settle();
    expect(ended).toMatchObject([{ body: "news" }]);
  });

  it("gives as many bytes as have come, whatever room was taken for more", () => {
    const body = new Body();
    for (const size of [3, 3, 1]) body.add(new Uint8Array(size).fill(size));
    expect([...body.bytes()]).toEqual([3, 3, 3, 3, 3, 3, 1]);
  });

  it("puts characters together that are torn over chunks, and drops one byte order mark", async () => {
    const bytes = new TextEncoder().encode("\uFEFFgrün 😀");
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const { clock, ended } = ask(async () => new Response(stream));
    await clock.settle();
    expect(ended).toMatchObject([{ body: "grün 😀" }]);
  });
});
