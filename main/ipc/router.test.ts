import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { RequestChannel, SignInRequest, WindowRole } from "../../preload/contract.ts";
import type { LogFields, Logger } from "../platform/ports.ts";
import { REQUEST_CHANNELS } from "./channels.ts";
import { Refusal, Router, type RequestHandlers, type Sender } from "./router.ts";

const pageOf = (role: WindowRole): string => `app://doorbell/${role}.html`;
const panel: Sender = { role: "panel", mainFrame: true, url: pageOf("panel") };
const toast: Sender = { role: "toast", mainFrame: true, url: pageOf("toast") };

const conversation: Sender = { role: "conversation", mainFrame: true, url: pageOf("conversation") };

const EVERYBODYS: readonly string[] = ["network.changed"];
const ANSWERS: readonly string[] = ["invitation.accept", "invitation.decline"];
const TOAST_ONLY: readonly string[] = [
  "toast.read",
  "toast.dismiss",
  "toast.fit",
  "toast.showPanel",
  "sound.unplayable",
];
const CONVERSATION_ONLY: readonly string[] = [
  "conversations.read",
  "drafts.read",
  "draft.write",
  "conversation.select",
  "conversation.typing",
  "conversation.seen",
  "conversation.leave",
  "conversation.close",
  "message.say",
  "message.sayAgain",
  "message.copy",
  "message.openLink",
  "meeting.copyLink",
  "meeting.openLink",
];
const CHANNELS_OF: Readonly<Record<WindowRole, readonly string[]>> = {
  toast: [...TOAST_ONLY, ...ANSWERS, ...EVERYBODYS],
  conversation: [...CONVERSATION_ONLY, ...EVERYBODYS],
  panel: REQUEST_CHANNELS.filter((name) => ![...TOAST_ONLY, ...CONVERSATION_ONLY].includes(name)),
};

function rig(over: Partial<Record<RequestChannel, () => never>> = {}) {
  const calls: { channel: string; payload: unknown }[] = [];
  const logged: string[] = [];
  const write = (event: string, fields?: LogFields) => void logged.push(JSON.stringify({ event, ...fields }));
  const logger: Logger = { error: write, warn: write, info: write, debug: write };
  const handlers = Object.fromEntries(
    REQUEST_CHANNELS.map((channel) => [
      channel,
      over[channel] ?? ((payload: unknown) => void calls.push({ channel, payload })),
    ]),
  ) as unknown as RequestHandlers;
  return { router: new Router(handlers, pageOf, logger), calls, logged };
}

const signIn: SignInRequest = { address: "ann@a.example", server: "", password: "pw", remember: true };

describe("the router of the windows", () => {
  it("hands a well-formed request of the right window to its handler", async () => {
    const { router, calls } = rig();
    await router.handle("session.signIn", panel, signIn);
    await router.handle("invitation.accept", toast, { id: "i1" });
    expect(calls).toEqual([
      { channel: "session.signIn", payload: signIn },
      { channel: "invitation.accept", payload: { id: "i1" } },
    ]);
  });

  it("lets each window use its own channels and no other", async () => {
    for (const channel of REQUEST_CHANNELS) {
      const { router } = rig();
      const codeFor = async (sender: Sender): Promise<string> => {
        const answer = await router.handle(channel, sender, "no payload of any channel");
        return answer.ok ? "ok" : answer.error.code;
      };
      for (const sender of [panel, toast, conversation])
        expect([channel, sender.role, await codeFor(sender)]).toEqual([
          channel,
          sender.role,
          sender.role !== null && CHANNELS_OF[sender.role].includes(channel) ? "malformed" : "forbidden",
        ]);
    }
  });

  it("refuses a frame within the page, another page, and a window that is none of ours", async () => {
    const strangers: Sender[] = [
      { ...panel, mainFrame: false },
      { ...panel, url: pageOf("toast") },
      { ...panel, url: "app://doorbell/panel.html?x" },
      { ...panel, url: "https://doorbell/panel.html" },
      { ...panel, url: "" },
      { ...panel, role: null },
    ];
    const { router, calls } = rig();
    for (const sender of strangers) {
      const answer = await router.handle("session.signOut", sender, null);
      expect(answer).toMatchObject({ ok: false, error: { code: "forbidden" } });
    }
    expect(calls).toEqual([]);
  });

  it("answers a refusal with its own sentence, and any other error without a word of it", async () => {
    const { router, logged } = rig({
      "session.trust": () => {
        throw new Refusal("invalid", "That is no origin.");
      },
      "session.signIn": () => {
        throw new Error(`cannot use ${signIn.password}-secret`);
      },
    });
    expect(await router.handle("session.trust", panel, { origin: "x" })).toEqual({
      ok: false,
      error: { code: "invalid", message: "That is no origin." },
    });
    const answer = await router.handle("session.signIn", panel, signIn);
    expect(answer).toMatchObject({ ok: false, error: { code: "failed" } });
    expect(JSON.stringify([answer, logged])).not.toContain("secret");
  });

  it("survives every payload on every channel from every sender, and does nothing it may not", async () => {
    const ids = fc.constantFrom("__proto__", "i1", "", "x".repeat(500));
    const hostile = fc.oneof(
      fc.anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withNullPrototype: true,
        withSet: true,
      }),
      fc.record({ id: fc.oneof(ids, fc.anything()) }),
      fc.record({ height: fc.oneof(fc.double(), fc.integer()) }),
      fc.record({ conversation: ids, text: fc.oneof(fc.string(), fc.anything()) }),
      fc.record({ conversation: ids, message: ids, link: fc.oneof(fc.double(), fc.integer()) }),
      fc.record({
        address: fc.string(),
        server: fc.string(),
        password: fc.anything(),
        remember: fc.boolean(),
      }),
    );
    const senders = fc.record({
      role: fc.constantFrom<WindowRole | null>("panel", "toast", "conversation", null),
      mainFrame: fc.boolean(),
      url: fc.oneof(
        fc.constantFrom(pageOf("panel"), pageOf("toast"), pageOf("conversation")),
        fc.webUrl(),
        fc.string(),
      ),
    });
    const channels = fc.oneof(
      fc.constantFrom<string>(...REQUEST_CHANNELS, "__proto__", "toString"),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(channels, senders, hostile, async (channel, sender, payload) => {
        const { router, calls } = rig();
        const answer = await router.handle(channel, sender, payload);
        const allowed =
          sender.mainFrame &&
          sender.role !== null &&
          sender.url === pageOf(sender.role) &&
          CHANNELS_OF[sender.role].includes(channel);
        expect(calls.length).toBe(answer.ok ? 1 : 0);
        if (!allowed) expect(answer).toMatchObject({ ok: false, error: { code: "forbidden" } });
      }),
      { numRuns: 400 },
    );
  });
});
