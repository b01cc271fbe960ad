import { POOL, ROOT, ScriptedServer } from "../../../testing/servers/scripted-server.ts";
import type { Reply, SeenRequest } from "../../../testing/servers/scripted-server.ts";
import { VirtualClock } from "../../../testing/virtual-clock.ts";
import { createSession } from "../../session.ts";
import type { SessionState } from "../../session-port.ts";

/** Where the script creates applications. */
export const APPLICATIONS = `${POOL}/ucwa/oauth/v1/applications`;
/** Where an earlier run ended, and nobody is any more. */
export const OLD = "https://old.hoster.example/ucwa/oauth/v1/applications";

/** A session that remembers this address, if any, and all that it tells to have it remembered. */
export function run(applications: string | null, reply: (request: SeenRequest) => Reply = () => undefined) {
  const server = new ScriptedServer();
  server.intercept = reply;
  const clock = new VirtualClock();
  const states: SessionState[] = [];
  const told: (string | null)[] = [];
  const nothing = () => undefined;
  const session = createSession({
    fetch: server.fetch,
    clock,
    random: { uuid: () => "uuid", fraction: () => 0.5 },
    logger: { error: nothing, warn: nothing, info: nothing, debug: nothing },
    discovered: (address) => told.push(address),
    account: {
      address: "tosh@contoso.example",
      password: async () => "secret",
      server: ROOT,
      applications,
      trusted: [],
      endpointId: "endpoint",
      instanceId: "instance",
      userAgent: "Doorbell/0",
      culture: "en-US",
    },
    listener: {
      stateChanged: (state) => states.push(state),
      received: nothing,
      generationEnded: nothing,
      channelInterrupted: nothing,
    },
  });
  session.start();
  const searches = () => server.requests.filter(({ url }) => url === ROOT).length;
  return { server, clock, session, told, searches, state: () => states.at(-1) };
}

/** A request that never arrives, by its code. */
export const failsWith = (code: string): Reply =>
  Promise.reject(
    Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error(), { code }) }),
  );
