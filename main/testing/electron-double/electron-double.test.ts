/// <reference types="electron" />
import { EventEmitter } from "node:events";
import { beforeEach, describe, expect, it } from "vitest";

import * as double from "./electron-double.ts";
import { desktop, NotificationDouble } from "./notification-double.ts";
import { startSystem } from "./pretended-system.ts";
import { NativeImageDouble } from "./tray-double.ts";
import { UnknownToDouble } from "./unknown-members.ts";
import { BrowserWindowDouble, dock } from "./window-double.ts";

// A name of Electron's that the double leaves out does not compile.
const parts: { readonly [Part in keyof typeof Electron.CrossProcessExports]: unknown } = double;

const KNOWN = new Set(
  "app BrowserWindow Menu MenuItem nativeImage nativeTheme Notification powerMonitor screen Tray".split(" "),
);

/** As a program that does not know that it talks to a double. */
const untyped = (part: unknown) => part as Record<string, unknown>;

beforeEach(() => {
  startSystem({ platform: "win32" });
});

describe("the double of Electron", () => {
  it("is what a unit test gets when it imports `electron`", async () => {
    const name = "electron";
    expect(await import(name)).toBe(double);
  });

  it("keeps Electron itself out, also where another module asks for it", async () => {
    const { default: log } = await import("electron-log/main").catch((error: unknown) => ({
      default: error,
    }));
    expect(log).toMatchObject({ message: expect.stringContaining("loads Electron itself") });
  });

  it("throws with the name of whatever it does not know, instead of answering undefined", () => {
    const notification = new double.Notification();
    expect(() => untyped(notification)["hasReply"]).toThrow("does not know Notification.hasReply");
    expect(() => untyped(double.Notification)["getHistory"]).toThrow(UnknownToDouble);
    expect(() => untyped(double.app)["quit"]).toThrow("app.quit");
    expect(() => untyped(double.powerMonitor)["getSystemIdleTime"]).toThrow("powerMonitor.getSystemIdleTime");
    expect(() => untyped(double.nativeImage)["createEmpty"]).toThrow("nativeImage.createEmpty");
    expect(() => untyped(double.screen.getPrimaryDisplay())["scaleFactor"]).toThrow("Display.scaleFactor");
    expect(() => untyped(new double.BrowserWindow())["setOverlayIcon"]).toThrow(
      "BrowserWindow.setOverlayIcon",
    );
    expect(() => notification.on("boom", () => undefined)).toThrow('the event "boom" of Notification');
    expect(() => untyped(double.Menu)["setApplicationMenu"]).toThrow("Menu.setApplicationMenu");
  });

  it("throws for every use of a part that it has nothing of", () => {
    const unknown = Object.entries(parts).filter(([name]) => !KNOWN.has(name));
    expect(unknown.length).toBeGreaterThan(30);
    for (const [name, part] of unknown) {
      expect(() => untyped(part)["anything"], name).toThrow(`The double of Electron does not know ${name}.`);
      expect(() => Reflect.apply(part as () => void, null, []), name).toThrow(UnknownToDouble);
      expect(() => Reflect.construct(part as () => void, []), name).toThrow(UnknownToDouble);
    }
  });

  it("has emitters of Node.js that can be waited for and looked at", async () => {
    const notification = new double.Notification();
    expect(notification).toBeInstanceOf(EventEmitter);
    expect(await Promise.resolve(notification)).toBe(notification);
    const heard: unknown[] = [];
    notification.on("click", (event) => heard.push(event));
    notification.emit("click", 1);
    notification.removeAllListeners();
    notification.emit("click", 2);
    expect(heard).toEqual([1]);
  });

  it("lets none of Electron's classes be subclassed", () => {
    const image = new NativeImageDouble("");
    expect(() => new (class extends double.Notification {})()).toThrow("cannot be subclassed");
    expect(() => new (class extends double.BrowserWindow {})()).toThrow("cannot be subclassed");
    expect(() => new (class extends double.Tray {})(image)).toThrow("cannot be subclassed");
    expect(() => new (class extends double.Menu {})()).toThrow("cannot be subclassed");
  });

  it("leaves out what an older Electron, or another system, does not have", () => {
    expect(double.Notification.handleActivation).toBeTypeOf("function");
    expect(double.app.setToastActivatorCLSID).toBeTypeOf("function");
    expect(double.nativeTheme.shouldUseDarkColorsForSystemIntegratedUI).toBe(false);
    startSystem({ platform: "win32", electron: 33 });
    expect(double.Notification.handleActivation).toBeUndefined();
    expect(double.app.setToastActivatorCLSID).toBeUndefined();
    expect(double.nativeTheme.shouldUseDarkColorsForSystemIntegratedUI).toBeUndefined();
    startSystem({ platform: "darwin" });
    expect(double.Notification.handleActivation).toBeUndefined();
    expect(double.app.setAppUserModelId).toBeUndefined();
  });
});

describe("the double of notifications", () => {
  const events: string[] = [];
  const shown = (options: Electron.NotificationConstructorOptions): NotificationDouble => {
    const notification = new NotificationDouble(options);
    events.length = 0;
    for (const event of ["show", "click", "action", "close", "failed"])
      notification.on(event, ({ reason = "" }: { reason?: string }) => events.push(`${event}${reason}`));
    notification.show();
    return notification;
  };
  const button = { type: "button", text: "Accept" } as const;

  it("tells a program that did not stop listening of its own closing, as both systems do", async () => {
    shown({ title: "Anna" }).close();
    await Promise.resolve();
    expect(events).toEqual(["closeapplicationHidden"]);
    startSystem({ platform: "darwin" });
    shown({ title: "Anna" }).close();
    expect(events).toEqual(["close"]);
    expect(desktop.shown).toEqual([]);
  });

  it("gives a reason on Windows only", () => {
    shown({ title: "Anna" });
    desktop.timeOut();
    expect(events).toEqual(["closetimedOut"]);
    startSystem({ platform: "darwin" });
    shown({ title: "Anna" });
    desktop.dismiss();
    expect(events).toEqual(["close"]);
  });

  it("takes one off the screen that is clicked, without a word of it", () => {
    startSystem({ platform: "darwin" });
    shown({ actions: [button] });
    desktop.press("Accept");
    expect(events).toEqual(["action"]);
    expect(desktop.shown).toEqual([]);
  });

  it("finds the older of two objects with one identifier", () => {
    startSystem({ platform: "darwin" });
    const heard: string[] = [];
    const older = new NotificationDouble({ id: "one", actions: [button] });
    const newer = new NotificationDouble({ id: "one", actions: [button] });
    older.on("action", () => heard.push("older"));
    newer.on("action", () => heard.push("newer"));
    older.show();
    newer.show();
    expect(desktop.shown).toHaveLength(1);
    desktop.press("Accept");
    expect(heard).toEqual(["older"]);
  });

  it("knows no identifier of the program's before Electron 42, and shows two", () => {
    startSystem({ platform: "win32", electron: 33 });
    new NotificationDouble({ id: "one" }).show();
    new NotificationDouble({ id: "one" }).show();
    expect(desktop.shown).toHaveLength(2);
  });

  it("is none of Linux, where the program has another way", () => {
    startSystem({ platform: "linux" });
    expect(() => new NotificationDouble()).toThrow("Notification on Linux");
  });

  it("refuses what Windows cannot take", async () => {
    expect(() => new NotificationDouble({ id: "a=b" })).toThrow("no such notification id");
    expect(() => new NotificationDouble({ id: "x".repeat(65) })).toThrow("no such notification id");
    shown({ toastXml: "<toast><visual>" });
    await Promise.resolve();
    expect(events).toEqual(["failed"]);
    expect(desktop.shown).toEqual([]);
  });
});

describe("the double of windows", () => {
  it("hides the program from the Dock of macOS when one of its windows is to lie over full-screen programs", () => {
    startSystem({ platform: "darwin" });
    new BrowserWindowDouble().setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true });
    expect(dock.visible).toBe(false);
  });
});
