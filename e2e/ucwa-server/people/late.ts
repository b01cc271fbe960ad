import type { Context } from "../context.ts";
import type { Answer } from "../http/endpoint.ts";

/** An answer that comes as late as the server is slow. */
export function late({ clock, timings }: Context, answer: Answer): Promise<Answer> {
  return new Promise((resolve) => {
    clock.after(timings.slowMs, () => resolve(answer));
  });
}
