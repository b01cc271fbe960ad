import { createSession } from "../ucwa/session.ts";
import type { Session } from "../ucwa/session.ts";
import type { SessionAccount } from "../ucwa/session-options.ts";
import type { ChannelEvent } from "../ucwa/application/channel-event.ts";
import type { SessionState } from "../ucwa/session-port.ts";
import { SILENT_LOGGER } from "./rig.ts";
import { inWords } from "./session-behaviours.ts";
import { ROOT } from "./scripted-server.ts";
import type { Reply, ScriptedServer, SeenRequest } from "./scripted-server.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** A session against a scripted server, with all that it told. */
export interface SignedIn {
  readonly clock: VirtualClock;
  readonly session: Session;
  readonly events: readonly ChannelEvent[];
  /** `1 started messagingInvitation`, `1 ended`, `1 resync`: what the layers above were told, in order. */
  readonly seen: readonly string[];
  /** `ended 1`, `online 2`: the ends of applications and the states, in order. */
  readonly told: readonly string[];
  readonly state: () => SessionState;
}

/** Starts a session and lets it come as far as it does at once. */
export async function signedIn(
  server: ScriptedServer,
  options: { readonly account?: Partial<SessionAccount>; readonly present?: () => boolean } = {},
): Promise<SignedIn> {
  const clock = new VirtualClock();
  const events: ChannelEvent[] = [];
  const seen: string[] = [];
  const told: string[] = [];
  const session = createSession({
    fetch: server.fetch,
    clock,
    random: { uuid: () => "uuid", fraction: () => 0.5 },
    logger: SILENT_LOGGER,
    account: {
      address: "tosh@contoso.example",
      password: async () => "right",
      server: ROOT,
      trusted: [],
      endpointId: "endpoint",
      instanceId: "instance",
      userAgent: "Doorbell/0",
      culture: "en-US",
      ...options.account,
    },
    listener: {
      stateChanged: (state) => told.push(inWords(state)),
      received: (arrived) => {
        events.push(...arrived);
        for (const { generation, type, link } of arrived) seen.push(`${generation} ${type} ${link.rel}`);
      },
      generationEnded: (generation) => {
        seen.push(`${generation} ended`);
        told.push(`ended ${generation}`);
      },
      channelInterrupted: (generation, how) => seen.push(`${generation} ${how}`),
    },
    ...(options.present ? { present: options.present } : {}),
  });
  session.start();
  await clock.settle();
  return { clock, session, events, seen, told, state: () => session.state };
}

/** Answers the first `count` requests that match with `reply`, and leaves all others to the script. */
export function failing(
  server: ScriptedServer,
  matches: (request: SeenRequest) => boolean,
  count: number,
  reply: () => Reply,
): void {
  let left = count;
  server.intercept = (request) => (matches(request) && left-- > 0 ? reply() : undefined);
}
