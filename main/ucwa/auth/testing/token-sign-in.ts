import { ROOT } from "../../../testing/servers/scripted-server.ts";
import type { ScriptedServer } from "../../../testing/servers/scripted-server.ts";
import { VirtualClock } from "../../../testing/virtual-clock.ts";
import { createSession } from "../../session.ts";
import type { SessionAccount, SessionOptions } from "../../session-options.ts";
import type { SessionState } from "../../session-port.ts";
import { noting } from "./stand.ts";
import type { TokenPost } from "./stand.ts";

/** What is not looked at may be told to it. */
export const nothing = () => undefined;

/** Starts a session with all that it told, and its token requests; without a password where that is null. */
export function signIn(
  server: ScriptedServer,
  options: Partial<SessionOptions> = {},
  password: string | null = "right",
  account: Partial<SessionAccount> = {},
) {
  const clock = new VirtualClock();
  const states: SessionState[] = [];
  const posts: TokenPost[] = [];
  const session = createSession({
    fetch: noting(server.fetch, posts),
    clock,
    random: { uuid: () => "uuid", fraction: () => 0.5 },
    logger: { error: nothing, warn: nothing, info: nothing, debug: nothing },
    account: {
      address: "tosh@contoso.example",
      password: async () => password,
      server: ROOT,
      trusted: [],
      endpointId: "endpoint",
      instanceId: "instance",
      userAgent: "Doorbell/0",
      culture: "en-US",
      ...account,
    },
    listener: {
      stateChanged: (state) => states.push(state),
      received: nothing,
      generationEnded: nothing,
      channelInterrupted: nothing,
    },
    ...options,
  });
  session.start();
  return {
    clock,
    session,
    posts,
    states,
    names: () => states.map(({ name }) => name),
    state: () => session.state,
  };
}
