import { expect, it } from "vitest";

import { ANSWER_LINKS, END_SIGNS, PHASES, QUESTIONS } from "../invitations/machine/transitions.ts";
import { diagramOf } from "../platform/transition-table.ts";
import { CHANNEL_TRANSITIONS } from "../ucwa/application/channel-state.ts";
import { SESSION_TRANSITIONS } from "../ucwa/session-state.ts";

const PAGE = `# State machines

Made from the transitions that the program holds itself to; \`npm run unit -- main/core -u\` writes it anew. A transition that is not here throws in tests. In the program it is logged and does not take place.

## The session

\`main/ucwa/session-state.ts\`. What leads to waiting and what to \`attention\` is the policy in \`main/ucwa/recovery.ts\`.

${diagramOf(SESSION_TRANSITIONS, "signedOut")}

## The event channel

\`main/ucwa/application/channel-state.ts\`. \`probing\` is parked with the way back still to be proven. What each answer leads to is the failure table in \`event-outcome.ts\`.

${diagramOf(CHANNEL_TRANSITIONS, "idle")}

## An invitation

\`main/invitations/machine/transitions.ts\`. The causes are the events of \`inbox-event.ts\`. An invitation is in one state of each of the four machines below. With its end the other three have ended, too.

What surfaces call \`ringing\` is \`ringing\` or \`ringingAgain\`, and what they call \`answering\` is one of the five that begin with \`answer\`. An unseen one is shown nowhere.

### Its life

${diagramOf(PHASES, "unseen")}

### What shows that it is over

It can no longer be answered, and waits for the event that says why.

${diagramOf(END_SIGNS, "none")}

### The GET that asks after it

${diagramOf(QUESTIONS, "none")}

### Its answer links

Whether the newest representation had lost them although no answer of ours was on its way.

${diagramOf(ANSWER_LINKS, "notWithdrawn")}
`;

it("the page of the state machines is what their transitions say", async () => {
  await expect(PAGE).toMatchFileSnapshot("../../docs/state-machines.md");
});
