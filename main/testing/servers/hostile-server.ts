import { lineLogger } from "../../platform/logger.ts";
import type { Fetch } from "../../platform/ports.ts";
import { links, ROOT } from "./scripted-server.ts";
import { VirtualClock } from "../virtual-clock.ts";
import type { ChannelEvent } from "../../ucwa/application/channel-event.ts";
import { createSession } from "../../ucwa/session.ts";
import type { SessionState } from "../../ucwa/session-port.ts";
import { PASSWORD } from "../signed-in.ts";

/** Ways to write an address that is not the server's own. */
export const FOREIGN: readonly string[] = [
  "https://evil.example/x",
  "//evil.example/x",
  "\\\\evil.example\\x",
  "/\\evil.example/x",
  "https:evil.example",
  "http://pool.contoso.example/x",
  "https://pool.contoso.example:8443/x",
  "https://pool.contoso.example.evil.example/x",
  "https://pool.contoso.example@evil.example/x",
  "https://user:secret@evil.example/x",
  " \u0000https://evil.example/x\u001F ",
  "ht\ttps://ev\nil.example/x",
  "HTTPS://EVIL.EXAMPLE/x",
  "https://evil.example\u3002com/x",
  "https://[::1]/x",
  "https://2130706433/x",
  "javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "file:///etc/passwd",
  "blob:https://pool.contoso.example/x",
  "ws://evil.example/x",
  "https://",
  "https://evil.example:99999/x",
  `https://evil.example/${"x".repeat(100_000)}`,
  `/${"x".repeat(100_000)}`,
];

/** A session against `fetch` that writes every line of its log; it searches for the server where none is given. */
export function client(fetch: Fetch, server: string | null = ROOT) {
  const clock = new VirtualClock();
  const states: SessionState[] = [];
  const events: ChannelEvent[] = [];
  const lines: string[] = [];
  const session = createSession({
    fetch,
    clock,
    random: { uuid: () => "uuid", fraction: () => 0.5 },
    logger: lineLogger("debug", clock, (line) => lines.push(line)),
    account: {
      address: "tosh@contoso.example",
      password: async () => PASSWORD,
      server,
      trusted: [],
      endpointId: "endpoint",
      instanceId: "instance",
      userAgent: "Doorbell/0",
      culture: "en-US",
    },
    listener: {
      stateChanged: (state) => states.push(state),
      received: (arrived) => void events.push(...arrived),
      generationEnded: () => undefined,
      channelInterrupted: () => undefined,
    },
  });
  session.start();
  return { clock, session, states, events, lines, last: () => states.at(-1) };
}

/** What a package says of an invitation at `href` that has begun, with `rest` in its resource. */
export function invitation(href: string, rest: object = {}): object {
  return {
    rel: "communication",
    href: "/communication",
    events: [
      {
        link: { rel: "messagingInvitation", href },
        type: "started",
        _embedded: {
          messagingInvitation: {
            rel: "messagingInvitation",
            direction: "Incoming",
            ...links({ accept: `${href}/accept`, decline: `${href}/decline` }),
            ...rest,
          },
        },
      },
    ],
  };
}
