/** The library: a Skype for Business server in memory or over sockets. See README.md. */
export { UcwaServer } from "./core.ts";
export type { UcwaServerOptions } from "./core.ts";
export { listen } from "./http.ts";
export type { Listening, ListenOptions } from "./http.ts";
export { memoryFetch } from "./memory-fetch.ts";
export type { MemoryFetch } from "./memory-fetch.ts";
export { AdjustableClock, standingClock, systemClock } from "./clock.ts";
export type { Clock } from "./clock.ts";
export { seededRandom, systemRandom } from "./random.ts";
export type { Random } from "./random.ts";
export { ControlError } from "./control.ts";
export type { Control, FaultRequest, InvitationRequest } from "./control.ts";
export type { InvitationView, ServerState } from "./control-state.ts";
export type { Breach, BreachRule } from "./breaches.ts";
export type { Origins, Switches, Timings } from "./context.ts";
export type { ServerRequest, ServerResponse } from "./message.ts";
export { demoUsers } from "./users.ts";
export type { User } from "./users.ts";
