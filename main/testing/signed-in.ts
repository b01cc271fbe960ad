import { createSession } from "../ucwa/session.ts";
import type { Session } from "../ucwa/session.ts";
import type { SessionAccount } from "../ucwa/session-options.ts";
import type { ChannelEvent } from "../ucwa/application/channel-event.ts";
import type { SessionState } from "../ucwa/session-port.ts";
import { inWords } from "./behaviours/session-behaviours.ts";
import { ROOT } from "./servers/scripted-server.ts";
import type { Reply, ScriptedServer, SeenRequest } from "./servers/scripted-server.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** The password that {@link signIn} hands in. */
export const PASSWORD = "p&ss+w%rd";

/** A session against a scripted server, with all that it told. */
export interface SignedIn {
  readonly clock: VirtualClock;
  readonly session: Session;
  readonly events: readonly ChannelEvent[];
  /** `1 started messagingInvitation`, `1 ended`, `1 resync`: what the layers above were told, in order. */
  readonly seen: readonly string[];
  /** `ended 1`, `online 2`: the ends of applications and the states, in order. */
  readonly told: readonly string[];
  readonly states: readonly SessionState[];
  readonly names: () => readonly SessionState["name"][];
  /** Each line of the log: the event and its fields as JSON. */
  readonly logged: readonly string[];
  readonly state: () => SessionState;
}

/** Starts a session, which has sent nothing yet. */
export function signIn(
  server: ScriptedServer,
  account: Partial<SessionAccount> = {},
  present?: () => boolean,
): SignedIn {
  const clock = new VirtualClock();
  const events: ChannelEvent[] = [];
  const seen: string[] = [];
  const told: string[] = [];
  const states: SessionState[] = [];
  const logged: string[] = [];
  const note = (event: string, fields: unknown) => logged.push(`${event} ${JSON.stringify(fields)}`);
  let instances = 0;
  const session = createSession({
    fetch: server.fetch,
    clock,
    random: { uuid: () => `uuid-${++instances}`, fraction: () => 0.5 },
    logger: { error: note, warn: note, info: note, debug: note },
    account: {
      address: "tosh@contoso.example",
      password: async () => PASSWORD,
      server: ROOT,
      trusted: [],
      endpointId: "endpoint",
      instanceId: "instance",
      userAgent: "Doorbell/0",
      culture: "en-US",
      ...account,
    },
    listener: {
      stateChanged: (state) => {
        states.push(state);
        told.push(inWords(state));
      },
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
    ...(present ? { present } : {}),
  });
  session.start();
  const names = () => states.map(({ name }) => name);
  return { clock, session, events, seen, told, states, names, logged, state: () => session.state };
}

/** Starts a session and lets it come as far as it does at once. */
export async function signedIn(
  server: ScriptedServer,
  options: { readonly account?: Partial<SessionAccount>; readonly present?: () => boolean } = {},
): Promise<SignedIn> {
  const started = signIn(server, options.account, options.present);
  await started.clock.settle();
  return started;
}

/** The last of these states, of which there is one. */
export function last(states: readonly SessionState[]): SessionState {
  const state = states.at(-1);
  if (!state) throw new Error("no state yet");
  return state;
}

export const isEvents = ({ url }: SeenRequest) => url.includes("/events");

/** What a package says of one invitation, which has begun unless `type` says otherwise. */
export const invitation = (type = "started") => ({
  rel: "communication",
  href: "/c",
  events: [{ link: { rel: "messagingInvitation", href: "/i/1" }, type }],
});

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
