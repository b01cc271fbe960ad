import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import { waitFor } from "./wait-for-token.ts";

const REQUEST = { method: "GET", url: "https://pool.contoso.example/user?key=secret" } as const;
const NEVER = new Promise<string>(() => undefined);

describe("the wait of a request for its token", () => {
  it("ends with the token, or with what became of it, and leaves nothing waiting", async () => {
    const clock = new VirtualClock();
    const request = { ...REQUEST, timeoutMs: 10_000, signal: new AbortController().signal };
    expect(await waitFor(clock, request, Promise.resolve("token"))).toBe("token");
    await expect(waitFor(clock, request, Promise.reject(new Error("none")))).rejects.toThrow("none");
    expect(clock.pending).toBe(0);
  });

  it("is as long as the request may take, and without such a limit as long as it takes", async () => {
    const clock = new VirtualClock();
    const given = expect(waitFor(clock, { ...REQUEST, timeoutMs: 10_000 }, NEVER)).rejects.toMatchObject({
      kind: "timeout",
      message: "pool.contoso.example did not answer in time",
    });
    await clock.advance(10_000);
    await given;
    void waitFor(clock, REQUEST, NEVER);
    expect(clock.pending).toBe(0);
  });

  it("ends when the request is given up, before or meanwhile", async () => {
    const clock = new VirtualClock();
    const owner = new AbortController();
    const request = { ...REQUEST, timeoutMs: 10_000, signal: owner.signal };
    const given = expect(waitFor(clock, request, NEVER)).rejects.toMatchObject({ kind: "aborted" });
    owner.abort();
    await given;
    await expect(waitFor(clock, request, NEVER)).rejects.toMatchObject({ kind: "aborted" });
    expect(clock.pending).toBe(0);
  });
});
