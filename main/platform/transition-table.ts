import type { Logger } from "./ports.ts";

/** The transitions of a state machine: from which state, to which, by what. One that is not here is impossible. */
export type Transitions<State extends string, Cause extends string> = Readonly<
  Record<State, Readonly<Partial<Record<State, readonly Cause[]>>>>
>;

/** A mistake in the program: a state machine was to go where none of its transitions leads. */
export class ImpossibleTransition extends Error {
  override readonly name = "ImpossibleTransition";

  /** `step` tells it without data of anybody's: names of states and causes. */
  constructor(machine: string, step: string) {
    super(`Impossible for ${machine}: ${step}`);
  }
}

/** What is done about an impossible transition, which then does not take place. */
export type OnImpossible = (impossible: ImpossibleTransition) => void;

/** In tests: it is a failure. */
export const throwImpossible: OnImpossible = (impossible) => {
  throw impossible;
};

/** In the programs: it is logged, and the machine stays where it was, so that one mistake does not end the bell. */
export function logImpossible(logger: Logger): OnImpossible {
  return (impossible) => logger.error("an impossible transition was refused", { what: impossible.message });
}

/** Whether one state leads to the other; by this cause, where one is given. Staying where it is takes no transition. */
export function isPossible<State extends string, Cause extends string>(
  transitions: Transitions<State, Cause>,
  from: State,
  to: State,
  cause?: Cause,
): boolean {
  const causes: readonly Cause[] | undefined = transitions[from][to];
  return causes !== undefined && (cause === undefined || causes.includes(cause));
}

/** The machine as a Mermaid diagram, in the order of its transitions. */
export function diagramOf<State extends string, Cause extends string>(
  transitions: Transitions<State, Cause>,
  initial: State,
): string {
  const lines = rowsOf(transitions).map(([from, to, causes]) => `  ${from} --> ${to}: ${causes.join(", ")}`);
  return ["```mermaid", "stateDiagram-v2", `  [*] --> ${initial}`, ...lines, "```"].join("\n");
}

/** Each transition with its causes. */
export function rowsOf<State extends string, Cause extends string>(
  transitions: Transitions<State, Cause>,
): readonly (readonly [from: string, to: string, causes: readonly Cause[]])[] {
  return Object.entries<Readonly<Partial<Record<State, readonly Cause[]>>>>(transitions).flatMap(
    ([from, next]) =>
      Object.entries<readonly Cause[] | undefined>(next).map(
        ([to, causes = []]) => [from, to, causes] as const,
      ),
  );
}
