import { speak, texts } from "../../locales/texts.ts";
import { readArguments } from "./arguments.ts";
import { EXIT, type Parts, type ProgramIo } from "./composition.ts";
import { doctor } from "./doctor/doctor.ts";
import { endingWith, Output } from "./output.ts";
import { watch } from "./watch/watch.ts";

/**
 * Runs one command line, without the program's name; settles with the exit status when all is written. What is for a
 * person is in the language that is spoken, what is for a script in English.
 */
export async function run(argv: readonly string[], parts: Parts, io: ProgramIo): Promise<number> {
  const environmentPassword = io.env["DOORBELL_PASSWORD"];
  delete io.env["DOORBELL_PASSWORD"];

  const invocation = readArguments(argv);
  if ("options" in invocation && invocation.options.json) speak({ language: "en", region: "en" });
  const say = async (stream: NodeJS.WritableStream, text: string, status: number): Promise<number> => {
    const output = new Output(stream, parts.clock, io.shown);
    output.write(text);
    await output.flush();
    return await endingWith(status, output, new Output(io.stderr, parts.clock, io.shown));
  };
  switch (invocation.command) {
    case "help":
      return await say(io.stdout, texts.help[invocation.of], EXIT.quit);
    case "version":
      return await say(io.stdout, `doorbell ${parts.version}\n`, EXIT.quit);
    case "doctor":
      return await doctor(invocation.options, environmentPassword, parts, io);
    case "usageError": {
      const help = invocation.of === "doorbell" ? "doorbell --help" : `doorbell ${invocation.of} --help`;
      return await say(
        io.stderr,
        `doorbell: ${invocation.message}\n${texts.terminal.usage.tryHelp(help)}\n`,
        EXIT.usage,
      );
    }
    case "watch":
      return await watch(invocation.options, environmentPassword, parts, io);
  }
}
