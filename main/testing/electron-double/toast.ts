import { XMLParser, XMLValidator } from "fast-xml-parser";
import { z } from "zod";

/** A Windows toast, read as Windows reads its XML. Reference: toast schema. */
export interface Toast {
  readonly scenario: string;
  /** What a click beside the buttons says of itself. */
  readonly launch: string;
  /** The lines of text, in their order. */
  readonly lines: readonly string[];
  readonly buttons: readonly { readonly label: string; readonly arguments: string; readonly style: string }[];
  /** The sound that it plays over and over; null when it is silent. */
  readonly loops: string | null;
}

const action = z.object({
  "@_content": z.string(),
  "@_arguments": z.string(),
  "@_activationType": z.literal("foreground"),
  "@_hint-buttonStyle": z.string(),
});

const schema = z.object({
  toast: z.object({
    "@_scenario": z.string().default("default"),
    "@_launch": z.string(),
    visual: z.object({ binding: z.object({ text: z.array(z.string()) }) }),
    audio: z.object({ "@_src": z.string().optional(), "@_loop": z.string().optional() }).default({}),
    // The parser makes an empty text of an empty element.
    actions: z.literal("").or(z.object({ action: z.array(action) })),
  }),
});

/** What Windows makes of a toast's XML; null when it is none. */
export function toastOf(xml: string): Toast | null {
  if (XMLValidator.validate(xml) !== true) return null;
  const parser = new XMLParser({
    ignoreAttributes: false,
    parseTagValue: false,
    trimValues: false,
    isArray: (name) => name === "action" || name === "text",
  });
  const read = schema.safeParse(parser.parse(xml));
  if (!read.success) return null;
  const { toast } = read.data;
  return {
    scenario: toast["@_scenario"],
    launch: toast["@_launch"],
    lines: toast.visual.binding.text,
    buttons: (toast.actions === "" ? [] : toast.actions.action).map((button) => ({
      label: button["@_content"],
      arguments: button["@_arguments"],
      style: button["@_hint-buttonStyle"],
    })),
    loops: toast.audio["@_loop"] === "true" ? (toast.audio["@_src"] ?? null) : null,
  };
}
