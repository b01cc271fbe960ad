import { z } from "zod";
import type { CommandAnswer } from "../../surfaces/terminal/json-lines.ts";
import type { InputLine } from "./lines.ts";

const tag = z.string().optional();
const text = z.string();

const tagged = (tag: string | undefined): { readonly tag?: string } => (tag === undefined ? {} : { tag });

/** Exactly the fields of the contract: a misspelt one is refused, since leaving it out could change what is done. */
const SCHEMAS = {
  accept: z
    .strictObject({ accept: text, tag })
    .transform(({ accept: id, tag }) => ({ name: "accept" as const, id, ...tagged(tag) })),
  decline: z
    .strictObject({ decline: text, reason: z.enum(["Global", "Local"]).default("Global"), tag })
    .transform(({ decline: id, reason, tag }) => ({ name: "decline" as const, id, reason, ...tagged(tag) })),
  cancel: z
    .strictObject({ cancel: text, tag })
    .transform(({ cancel: id, tag }) => ({ name: "cancel" as const, id, ...tagged(tag) })),
  invite: z
    .strictObject({
      invite: text,
      message: text,
      subject: text.optional(),
      importance: z.enum(["Normal", "Urgent", "Emergency"]).optional(),
      tag,
    })
    .transform(({ invite: to, message, subject, importance, tag }) => ({
      name: "invite" as const,
      id: null,
      request: {
        to,
        message,
        ...(subject === undefined ? {} : { subject }),
        ...(importance === undefined ? {} : { importance }),
      },
      ...tagged(tag),
    })),
  say: z
    .strictObject({ say: text, text, tag })
    .transform(({ say: id, text, tag }) => ({ name: "say" as const, id, text, ...tagged(tag) })),
  sayAgain: z
    .strictObject({ sayAgain: text, conversation: text, tag })
    .transform(({ sayAgain: id, conversation, tag }) => ({
      name: "sayAgain" as const,
      id,
      conversation,
      ...tagged(tag),
    })),
  leave: z
    .strictObject({ leave: text, tag })
    .transform(({ leave: id, tag }) => ({ name: "leave" as const, id, ...tagged(tag) })),
  search: z
    .strictObject({ search: text, tag })
    .transform(({ search: query, tag }) => ({ name: "search" as const, id: null, query, ...tagged(tag) })),
  reconnect: z
    .strictObject({ reconnect: z.literal(true), tag })
    .transform(({ tag }) => ({ name: "reconnect" as const, id: null, ...tagged(tag) })),
  quit: z
    .strictObject({ quit: z.literal(true), tag })
    .transform(({ tag }) => ({ name: "quit" as const, id: null, ...tagged(tag) })),
};
/** The commands whose own value is the id of what they are about. */
const ABOUT_AN_ID: readonly string[] = ["accept", "decline", "cancel", "say", "sayAgain", "leave"];

/** One command a script sent: its name, the id of what it is about, what its answer has to bring back. */
export type Command = z.infer<(typeof SCHEMAS)[keyof typeof SCHEMAS]>;

export type CommandReading =
  | { readonly ok: true; readonly command: Command }
  | { readonly ok: false; readonly answer: CommandAnswer };

/** Reads one line of standard input. Never throws; a line that is no command is answered and does nothing. */
export function readCommand(line: InputLine): CommandReading {
  if (line.kind === "tooLong") return refused({}, "lineTooLong", "The line is longer than 1 MiB.");
  let value: unknown;
  try {
    value = JSON.parse(line.text);
  } catch {
    return refused({}, "notJson", "The line is no JSON.");
  }
  const object = z.record(z.string(), z.unknown()).safeParse(value);
  if (!object.success) return refused({}, "unknownCommand", "A command is a JSON object.");
  const fields = object.data;
  const known = typeof fields["tag"] === "string" ? { tag: fields["tag"] } : {};
  const [name, ...others] = Object.keys(fields).filter(isName);
  if (name === undefined) return refused(known, "unknownCommand", "The line names no known command.");
  if (others.length > 0) return refused(known, "badCommand", "The line names more than one command.");

  const own = fields[name];
  const id = ABOUT_AN_ID.includes(name) && typeof own === "string" ? own : null;
  const about = { ...known, command: name, id };
  const parsed = SCHEMAS[name].safeParse(fields);
  if (parsed.success) return { ok: true, command: parsed.data };
  return refused(about, "badCommand", fieldProblem(parsed.error));
}

function isName(name: string): name is keyof typeof SCHEMAS {
  return Object.hasOwn(SCHEMAS, name);
}

/** Names the fields of the contract, never what the line held: it may be a message text. */
function fieldProblem(error: z.ZodError): string {
  const fields = error.issues.flatMap(({ code, path }) =>
    code === "unrecognized_keys" ? ["one that is not known"] : path.map(String),
  );
  return `These fields are missing or not as they have to be: ${[...new Set(fields)].join(", ")}.`;
}

function refused(known: Partial<CommandAnswer>, code: string, message: string): CommandReading {
  return { ok: false, answer: { command: null, id: null, ...known, error: { code, message } } };
}
