import { texts } from "../../locales/texts.ts";
import type {
  CallerView,
  ConversationsState,
  ConversationView,
  MessagePart,
  MessageView,
} from "../../preload/contract.ts";
import { ada, longCaller, NOW, rtl } from "./people.ts";
import type { WindowState } from "./window-state.ts";

const { conversations: talking, program } = texts;
const MINUTE_MS = 60_000;
const SIZE = { width: 680, height: 560 };
const NARROW = { width: 320, height: 560 };

let count = 0;

/** A message of the other one's, so many minutes ago. */
function theirs(minutesAgo: number, text: string, more: Partial<MessageView> = {}): MessageView {
  return {
    id: `m${++count}`,
    own: false,
    sender: ada,
    sentAt: NOW - minutesAgo * MINUTE_MS,
    state: "received",
    problem: "",
    parts: [{ text, link: null }],
    ...more,
  };
}

function own(minutesAgo: number, text: string, more: Partial<MessageView> = {}): MessageView {
  return theirs(minutesAgo, text, { own: true, sender: null, state: "sent", ...more });
}

function linked(before: string, link: string, after: string): readonly MessagePart[] {
  return [
    { text: before, link: null },
    { text: link, link: 0 },
    { text: after, link: null },
  ];
}

const talk: readonly MessageView[] = [
  theirs(60 * 22, "Could you look over the figures before tomorrow?"),
  own(60 * 22 - 3, "Sure, I'll have them for you in the morning."),
  theirs(14, "Good morning! Do you have five minutes before the meeting at ten?"),
  theirs(13, "The plan is here, the last page is what I'm unsure of:", {
    parts: linked(
      "The plan is here, the last page is what I'm unsure of: ",
      "https://files.example.com/plans/quarter-3",
      ".",
    ),
  }),
  own(11, "Yes, of course."),
  own(10, "Two things:\n– the total on page 4 is last year's\n– Priya should see it first"),
  theirs(2, "Oh, well spotted. Thank you!"),
];

function conversation(over: Partial<ConversationView> = {}): ConversationView {
  return {
    id: "c1",
    kind: "messaging",
    ended: false,
    title: ada.name,
    partner: ada,
    subject: "",
    status: "",
    notices: [],
    people: [{ id: "p1", caller: ada }],
    messages: talk,
    typing: "",
    unread: 0,
    canSay: true,
    joinLink: "",
    ...over,
  };
}

function person(id: string, caller: CallerView) {
  return { id, caller };
}

const priya: CallerView = {
  name: "Priya Raman",
  address: "priya@example.com",
  anonymous: false,
  external: false,
  photo: null,
};
const amos: CallerView = {
  name: "Amos Krenn",
  address: "amos@partner.example",
  anonymous: false,
  external: true,
  photo: null,
};

const meeting = conversation({
  id: "c2",
  kind: "meeting",
  title: "Budget for the northern building",
  subject: "Budget for the northern building",
  partner: priya,
  people: [person("p1", priya), person("p2", ada), person("p3", amos)],
  notices: [talking.others.audioVideo.here],
  joinLink: "https://meet.example.com/priya/4QX7P2MZ",
  messages: [
    theirs(9, "Shall we start with the heating?", { sender: priya }),
    theirs(8, "Fine with me", { sender: amos }),
    theirs(8, "I have the offers here", { sender: amos }),
    own(7, "I only have ten minutes, sorry."),
    theirs(6, "Then the heating first.", { sender: priya }),
  ],
});

const arabic = conversation({
  id: "c3",
  title: rtl.name,
  partner: rtl,
  people: [person("p1", rtl)],
  messages: [
    theirs(6, "مرحبا! هل لديك دقيقة؟ أريد أن أسألك عن الميزانية الجديدة.", { sender: rtl }),
    own(5, "Yes, go on."),
    theirs(4, "الملف هنا https://files.example.com/ar والصفحة الأخيرة مهمة.", {
      sender: rtl,
      parts: linked("الملف هنا ", "https://files.example.com/ar", " والصفحة الأخيرة مهمة."),
    }),
    own(3, "שלום, אני רואה את זה"),
  ],
});

const long = conversation({
  id: "c4",
  title: longCaller.name,
  partner: longCaller,
  people: [person("p1", longCaller)],
  messages: [
    theirs(5, `https://example.com/${"averylongpath".repeat(12)}`, {
      sender: longCaller,
      parts: [{ text: `https://example.com/${"averylongpath".repeat(12)}`, link: 0 }],
    }),
    own(4, "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(2)),
    theirs(
      3,
      "This one is long because its author had much to say, and did not stop to think of whoever would read it in a small window. ".repeat(
        4,
      ),
      { sender: longCaller },
    ),
  ],
});

function state(
  name: string,
  conversations: readonly ConversationView[],
  more: Partial<WindowState> = {},
  over: Partial<ConversationsState> = {},
): WindowState {
  return {
    name,
    role: "conversation",
    state: {
      revision: 1,
      conversations,
      selected: conversations[0]?.id ?? null,
      connection: "",
      longestMessage: 16_384,
      ...over,
    },
    size: SIZE,
    ...more,
  };
}

const many = [
  ...Array.from({ length: 8 }, (_, at) => theirs(60 - at, `Line ${at + 1} of what was said.`)),
  ...talk.slice(2),
];

/** Every state of the window with the conversations that looks different from the others. */
export const CONVERSATION_STATES: readonly WindowState[] = [
  state("none", []),
  state("one", [conversation()]),
  state("just accepted", [
    conversation({
      status: talking.connecting,
      canSay: false,
      messages: [theirs(0, "Hi, do you have five minutes before the meeting at ten?")],
      partner: { ...ada, external: true },
    }),
  ]),
  state("typing, and a draft", [conversation({ typing: talking.typing(ada.name, 1) })], {
    drafts: [{ conversation: "c1", text: "You're welcome.\nShall I send it to Priya?" }],
  }),
  state("failed, and sending", [
    conversation({
      messages: [
        ...talk,
        theirs(2, "", { parts: [], problem: talking.messages.notText }),
        own(1, "I'll ask Priya.", { state: "failed", problem: talking.messages.unclear }),
        own(0, "Are you still there?", { state: "sending" }),
      ],
    }),
  ]),
  state("three conversations, new messages", [
    conversation({
      unread: 2,
      messages: [...talk, theirs(1, "One more thing"), theirs(0, "Who has the key to the archive?")],
    }),
    { ...meeting, unread: 5 },
    { ...arabic, ended: true, canSay: false, status: talking.ends.messaging.over },
  ]),
  state("reading above, new messages", [conversation({ messages: many, unread: 2 })], { scrolledUp: true }),
  state("long", [long], { drafts: [{ conversation: "c4", text: "Thank you for all of this.\n".repeat(9) }] }),
  state("right to left", [arabic], { drafts: [{ conversation: "c3", text: "شكرا" }] }),
  state("a meeting", [meeting], { click: ({ conversation: words }) => words.othersHere(3) }),
  state("a meeting's lobby", [
    { ...meeting, people: [], notices: [], messages: [], status: talking.inLobby, canSay: false },
  ]),
  state("a call was added", [
    conversation({
      notices: [talking.others.audioVideo.added(ada.name)],
    }),
  ]),
  state("offline", [conversation()], {}, { connection: program.unconnected.reconnecting }),
  state("ended", [
    conversation({ ended: true, canSay: false, status: talking.ends.messaging.over, people: [] }),
  ]),
  state(
    "lost, with a draft",
    [
      conversation({
        ended: true,
        canSay: false,
        status: talking.ends.messaging.lost,
      }),
    ],
    { drafts: [{ conversation: "c1", text: "You're welcome. Shall I send it to Priya?" }] },
  ),
  state(
    "narrow, three conversations",
    [
      conversation({ typing: talking.typing(ada.name, 1) }),
      { ...meeting, unread: 5 },
      { ...long, unread: 1 },
    ],
    { size: NARROW },
  ),
];
