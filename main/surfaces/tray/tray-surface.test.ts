import { describe, expect, it } from "vitest";

import { VirtualClock } from "../../testing/virtual-clock.ts";
import { appState, invitation } from "../../testing/invitations.ts";
import { missedCalls } from "./testing/a-history.ts";
import { TraySurface } from "./tray-surface.ts";

const STILL = { choose: () => undefined, clock: new VirtualClock(), isStill: () => true };

function swinging() {
  const clock = new VirtualClock();
  const images: string[] = [];
  const wishes = { still: false };
  const surface = new TraySurface(
    {
      choose: () => undefined,
      clock,
      isStill: () => wishes.still,
      later: (run) => run(),
      port: {
        setImage: (image) => void images.push(image),
        setToolTip: () => undefined,
        setMenu: () => undefined,
        destroy: () => undefined,
      },
    },
    appState([]),
    missedCalls(0),
  );
  return { clock, images, wishes, surface };
}

describe("the icon in the tray", () => {
  it("touches the system only where something differs, and the menu only when its entries do", () => {
    const calls: string[] = [];
    const surface = new TraySurface(
      {
        ...STILL,
        later: (run) => run(),
        port: {
          setImage: (bell) => void calls.push(`image ${bell}`),
          setToolTip: (text) => void calls.push(text),
          setMenu: () => void calls.push("menu"),
          destroy: () => void calls.push("destroy"),
        },
      },
      appState([]),
      missedCalls(0),
    );
    calls.length = 0;
    surface.setState(appState([]));
    expect(calls).toEqual([]);
    surface.setState(appState([invitation()]));
    expect(calls).toEqual(["image ringing", "Doorbell: Ada Winter is ringing", "menu"]);
    calls.length = 0;
    surface.setState(appState([invitation({ canDecline: false })]));
    expect(calls).toEqual(["menu"]);
    // Behind what rings the session may come and go: no entry says so.
    calls.length = 0;
    surface.setState(appState([invitation({ canDecline: false })], { name: "creating" }));
    expect(calls).toEqual([]);
  });

  it("can be done without", () => {
    const options = { ...STILL, later: (run: () => void) => run(), port: null };
    const surface = new TraySurface(options, appState([]), missedCalls(0));
    expect(() => surface.setState(appState([invitation()]))).not.toThrow();
  });

  it("gathers changes until there is time for them, and draws nothing after its end", () => {
    const toolTips: string[] = [];
    const images: string[] = [];
    const due: (() => void)[] = [];
    const surface = new TraySurface(
      {
        ...STILL,
        later: (run) => void due.push(run),
        port: {
          setImage: (bell) => void images.push(bell),
          setToolTip: (text) => void toolTips.push(text),
          setMenu: () => undefined,
          destroy: () => void toolTips.push("destroyed"),
        },
      },
      appState([]),
      missedCalls(0),
    );
    toolTips.length = 0;
    surface.setState(appState([invitation()]));
    surface.setState(appState([], { name: "creating" }));
    surface.setHistory(missedCalls(1));
    expect(toolTips).toEqual([]);
    for (const run of due.splice(0)) run();
    expect(toolTips).toEqual(["Doorbell: Connecting…, 1 missed invitation"]);
    surface.setState(appState([invitation()]));
    surface.dispose();
    for (const run of due.splice(0)) run();
    expect(toolTips).toEqual(["Doorbell: Connecting…, 1 missed invitation", "destroyed"]);
    const drawn = images.length;
    // The theme of the desktop may change at any time.
    surface.redrawImage();
    expect(images).toHaveLength(drawn);
  });

  it("swings twice a second while it rings, and stops with the ring", async () => {
    const { clock, images, surface } = swinging();
    await clock.advance(60_000);
    expect(images.splice(0)).toEqual(["available"]);
    expect(clock.pending).toBe(0);
    surface.setState(appState([invitation()]));
    await clock.advance(1_600);
    // Another change does not begin it anew.
    surface.setState(appState([invitation({ canDecline: false })]));
    await clock.advance(400);
    expect(images.splice(0)).toEqual(["ringing", "ringing2", "ringing", "ringing2", "ringing"]);
    surface.setState(appState([]));
    expect(images.splice(0)).toEqual(["available"]);
    expect(clock.pending).toBe(0);
    surface.setState(appState([invitation()]));
    surface.dispose();
    expect(clock.pending).toBe(0);
  });

  it("stands still for whoever wants nothing to move, from then on when that comes while it rings", async () => {
    const { clock, images, wishes, surface } = swinging();
    wishes.still = true;
    surface.setState(appState([invitation()]));
    expect(clock.pending).toBe(0);
    wishes.still = false;
    surface.redrawImage();
    await clock.advance(500);
    wishes.still = true;
    await clock.advance(60_000);
    expect(images).toEqual(["available", "ringing", "ringing", "ringing2", "ringing"]);
    expect(clock.pending).toBe(0);
  });

  it("stands still while all that rings is to be quiet", async () => {
    const { clock, images, surface } = swinging();
    const causes = [{ cause: "doNotDisturb", until: null } as const];
    surface.setState(appState([invitation()]));
    await clock.advance(500);
    surface.setQuiet({ causes, label: "Do not disturb", doNotDisturb: true });
    await clock.advance(60_000);
    expect(images).toEqual(["available", "ringing", "ringing2", "ringing"]);
    expect(clock.pending).toBe(0);
  });
});
