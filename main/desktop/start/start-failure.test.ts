import { afterEach, describe, expect, it } from "vitest";

import { speak } from "../../../locales/texts.ts";
import { lockFailure, startFailure } from "./start-failure.ts";

afterEach(() => speak({ language: "en", region: "en" }));

const DIRECTORY = "/home/ann/.config/Doorbell";
const failed = (code: string): Error => Object.assign(new Error(`${code}: secret`), { code });

describe("a start that failed", () => {
  it.each(["ENOSPC", "EDQUOT"])("is told as a full disk by %s", (code) => {
    const told = startFailure(failed(code), DIRECTORY);
    expect(told.message).toBe("Doorbell could not start because the disk is full.");
    expect(lockFailure({ kind: "unwritable", code }, DIRECTORY)).toEqual(told);
  });

  it.each(["EACCES", "EPERM", "EROFS", "ENOTDIR", "EISDIR"])("names the folder at %s", (code) => {
    const told = startFailure(failed(code), DIRECTORY);
    expect(told.message).toBe("Doorbell could not start because it cannot use its settings folder.");
    expect(told.detail).toContain(DIRECTORY);
    expect(lockFailure({ kind: "unwritable", code }, DIRECTORY)).toEqual(told);
  });

  it("names the code of a lock that cannot be written for a reason of its own", () => {
    expect(lockFailure({ kind: "unwritable", code: "ELOOP" }, DIRECTORY).message).toContain("(ELOOP)");
  });

  it("names the other computer, and the file that is in the way when nothing runs there", () => {
    const lock = `${DIRECTORY}/SingletonLock`;
    const { message, detail } = lockFailure({ kind: "elsewhere", host: "front-desk", lock }, DIRECTORY);
    expect(message).toBe("Doorbell seems to be running on another computer, front-desk.");
    expect(detail).toContain(lock);
  });

  it("is told in German, and never by its message either", () => {
    speak({ language: "de", region: "de" });
    expect(startFailure(new TypeError("secret"), DIRECTORY).detail).toMatch(
      /^Versuchen Sie es noch einmal\. .+ melden Sie bitte diesen unerwarteten Fehler: TypeError at \S+$/,
    );
    expect(lockFailure({ kind: "unwritable", code: "ELOOP" }, DIRECTORY).message).toContain("(ELOOP)");
  });

  it("is told by kind and place, and never by its message, when nobody foresaw it", () => {
    const { message, detail } = startFailure(new TypeError("secret"), DIRECTORY);
    expect(message).toBe("Doorbell could not start.");
    expect(detail).toMatch(
      /^Try again\. If that does not help: Stopped by an unexpected TypeError at .+\. Please report this\.$/,
    );
    expect(JSON.stringify(startFailure(failed("EOTHER"), DIRECTORY))).not.toContain("secret");
  });
});
