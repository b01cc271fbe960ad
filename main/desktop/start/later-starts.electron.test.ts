import { describe, expect, it } from "vitest";

import { appDouble } from "../../testing/electron-double/app-double.ts";
import { startSystem } from "../../testing/electron-double/pretended-system.ts";
import { LaterStarts } from "./later-starts.electron.ts";

describe("what the program is started with while it runs", () => {
  it("is followed in its order, also what came before anybody could follow it", () => {
    startSystem({ platform: "darwin" });
    const starts = new LaterStarts();
    let prevented = 0;
    const open = (url: string) => appDouble.emit("open-url", { preventDefault: () => void prevented++ }, url);
    const startAgain = (...args: readonly string[]) =>
      appDouble.emit("second-instance", {}, ["/opt/doorbell", ...args]);
    open("doorbell:ada@example.test");
    startAgain("doorbell:ola@example.test");
    startAgain();
    const followed: (readonly string[])[] = [];
    starts.follow((args) => void followed.push(args));
    expect(followed).toEqual([["doorbell:ada@example.test"], ["doorbell:ola@example.test"], []]);
    open("doorbell:kim@example.test");
    startAgain("--hidden");
    expect(followed.slice(3)).toEqual([["doorbell:kim@example.test"], ["--hidden"]]);
    expect(prevented).toBe(2);
  });
});
