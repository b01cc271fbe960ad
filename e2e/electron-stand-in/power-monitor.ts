import { StandInEmitter } from "./strict.ts";

const EMITTED = [
  "suspend",
  "resume",
  "shutdown",
  "lock-screen",
  "unlock-screen",
  "on-ac",
  "on-battery",
  "user-did-become-active",
  "user-did-resign-active",
];
type Implemented = "getSystemIdleTime" | "getSystemIdleState" | "isOnBatteryPower" | "onBatteryPower";

/** Awake, unlocked, on mains; the driver says otherwise by emitting the events, as it does in Electron. */
export class PowerMonitor extends StandInEmitter implements Pick<Electron.PowerMonitor, Implemented> {
  readonly onBatteryPower = false;

  constructor() {
    super(EMITTED, ["thermal-state-change", "speed-limit-change"]);
  }

  /** Seconds. */
  getSystemIdleTime(): number {
    return 0;
  }

  getSystemIdleState(idleThreshold: number): "active" | "idle" {
    if (!(idleThreshold > 0)) throw new TypeError("Invalid idle threshold, must be greater than 0");
    return this.getSystemIdleTime() >= idleThreshold ? "idle" : "active";
  }

  isOnBatteryPower(): boolean {
    return false;
  }
}

export const powerMonitor = new PowerMonitor();
