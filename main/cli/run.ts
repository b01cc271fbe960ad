import { readArguments, type Topic } from "./arguments.ts";
import { EXIT, type Parts, type ProgramIo } from "./composition.ts";
import { doctor } from "./doctor/doctor.ts";
import { DOCTOR_HELP, HELP, WATCH_HELP } from "./help.ts";
import { endingWith, Output } from "./output.ts";
import { watch } from "./watch/watch.ts";

const HELP_OF: Readonly<Record<Topic, string>> = {
  doorbell: HELP,
  watch: WATCH_HELP,
  doctor: DOCTOR_HELP,
};

/** Runs one command line, without the program's name; settles with the exit status when all is written. */
export async function run(argv: readonly string[], parts: Parts, io: ProgramIo): Promise<number> {
  const environmentPassword = io.env["DOORBELL_PASSWORD"];
  delete io.env["DOORBELL_PASSWORD"];

  const invocation = readArguments(argv);
  const say = async (stream: NodeJS.WritableStream, text: string, status: number): Promise<number> => {
    const output = new Output(stream, parts.clock, io.shown);
    output.write(text);
    await output.flush();
    return await endingWith(status, output, new Output(io.stderr, parts.clock, io.shown));
  };
  switch (invocation.command) {
    case "help":
      return await say(io.stdout, HELP_OF[invocation.of], EXIT.quit);
    case "version":
      return await say(io.stdout, `doorbell ${parts.version}\n`, EXIT.quit);
    case "doctor":
      return await doctor(invocation.options, environmentPassword, parts, io);
    case "usageError": {
      const help = invocation.of === "doorbell" ? "doorbell --help" : `doorbell ${invocation.of} --help`;
      return await say(io.stderr, `doorbell: ${invocation.message}\nTry "${help}".\n`, EXIT.usage);
    }
    case "watch":
      return await watch(invocation.options, environmentPassword, parts, io);
  }
}
