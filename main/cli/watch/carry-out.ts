import type { CommandAnswer } from "../../surfaces/terminal/json-lines.ts";
import type { Command } from "./command.ts";
import type { Control } from "../composition.ts";

/**
 * Does what a command says and settles with its answer, which tells that the request was taken and not how it ends.
 * `quit` is only answered here: the answer has to be out before the program leaves.
 */
export async function carryOut(command: Command, control: Control): Promise<CommandAnswer> {
  if (command.name === "search") {
    const search = await control.bell.calling.search(command.query);
    return search.ok ? { ...answerTo(command, null), found: search } : answerTo(command, search.error);
  }
  if (command.name === "invite") {
    const receipt = await control.bell.calling.invite(command.request);
    return receipt.ok
      ? { ...answerTo(command, null), id: receipt.invitation }
      : answerTo(command, receipt.error);
  }
  const receipt = await receiptOf(command, control);
  return answerTo(command, receipt.ok ? null : receipt.error);
}

/** The answer to a command that was read; `error` is null when it was taken. */
export function answerTo({ name, id, tag }: Command, error: CommandAnswer["error"]): CommandAnswer {
  return { command: name, id, ...(tag === undefined ? {} : { tag }), error };
}

type Receipt =
  | { readonly ok: true }
  | { readonly ok: false; readonly error: NonNullable<CommandAnswer["error"]> };

async function receiptOf(
  command: Exclude<Command, { readonly name: "search" | "invite" }>,
  control: Control,
): Promise<Receipt> {
  const { bell } = control;
  switch (command.name) {
    case "accept":
      return await bell.accept(command.id);
    case "decline":
      return await bell.decline(command.id, command.reason);
    case "cancel":
      return await bell.calling.cancel(command.id);
    case "say":
      return await bell.talking.say(command.id, command.text);
    case "sayAgain":
      return await bell.talking.sayAgain(command.conversation, command.id);
    case "leave":
      return await bell.talking.leave(command.id);
    case "reconnect":
      control.tryNow();
      return { ok: true };
    case "quit":
      return { ok: true };
  }
}
