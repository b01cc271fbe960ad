import type { CommandAnswer } from "../../surfaces/terminal/json-lines.ts";
import type { Command } from "./command.ts";
import type { Control } from "../composition.ts";

/**
 * Does what a command says and settles with its answer, which tells that the request was taken and not how it ends.
 * `quit` is only answered here: the answer has to be out before the program leaves.
 */
export async function carryOut(command: Command, control: Control): Promise<CommandAnswer> {
  return answerTo(command, await errorOf(command, control));
}

/** The answer to a command that was read; `error` is null when it was taken. */
export function answerTo({ name, id, tag }: Command, error: CommandAnswer["error"]): CommandAnswer {
  return { command: name, id, ...(tag === undefined ? {} : { tag }), error };
}

async function errorOf(command: Command, control: Control): Promise<CommandAnswer["error"]> {
  switch (command.name) {
    case "accept": {
      const receipt = await control.bell.accept(command.id);
      return receipt.ok ? null : receipt.error;
    }
    case "decline": {
      const receipt = await control.bell.decline(command.id, command.reason);
      return receipt.ok ? null : receipt.error;
    }
    case "reconnect":
      control.tryNow();
      return null;
    case "quit":
      return null;
  }
}
