import { it } from "vitest";
import { ringsInMemory, ringsOverSockets } from "../ucwa-server/testing/crowd.ts";

const COUNT = 1_000;

it(
  "A thousand endpoints of one user are parked, ring, and all stop when one answers",
  () => ringsInMemory(COUNT),
  60_000,
);

it(
  "A thousand endpoints are parked over sockets of their own, and ring within seconds",
  () => ringsOverSockets(COUNT),
  60_000,
);
