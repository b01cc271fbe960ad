import type { Application } from "../application/served-application.ts";
import { ok, problem } from "../http/endpoint.ts";
import type { Answer } from "../http/endpoint.ts";
import type { Resource } from "../resources/served-resource.ts";

/** Whether `me` shows what can be done with it. */
export function isReady({ context, createdAt }: Application): boolean {
  return context.clock.now() - createdAt >= context.switches.meReadyAfterMs;
}

/** What a GET of `me` is answered. */
export function meWhenReady(application: Application, me: Resource): Answer {
  return isReady(application) ? ok(me) : problem(409, "None", "The user is not there yet.");
}

/** Says that `me` has changed, once it has. */
export function announceReady(application: Application): void {
  const { clock, switches } = application.context;
  if (isReady(application)) return;
  const me = { rel: "me", href: `${application.base}/me` };
  clock.after(switches.meReadyAfterMs, () => {
    if (application.ended === null) application.announce({ sender: me, link: me, type: "updated" });
  });
}
