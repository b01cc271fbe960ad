import { createHash } from "node:crypto";
import type { BreachLog } from "../http/breaches.ts";
import { problem } from "../http/endpoint.ts";
import type { Answer, Exchange } from "../http/endpoint.ts";

interface Started {
  readonly request: string;
  readonly answer: Answer | Promise<Answer>;
  readonly asked: () => void;
}

/**
 * The operations that a client has started in one application, by the operationId that it gave them; the last thousand.
 *
 * INFERRED: a request that comes again with its operationId, because its receipt was lost, is answered as before and
 * not carried out again. The page says only that the operationId identifies the operation. Another request with the
 * same operationId is a mistake of the client's. Reference: OperationResource, sendMessage, startMessaging
 */
export class Operations {
  readonly #started = new Map<string, Started>();
  readonly #breaches: BreachLog;

  constructor(breaches: BreachLog) {
    this.#breaches = breaches;
  }

  /** What an operation that was started before is answered; `null` when it is a new one. */
  again(exchange: Exchange, operationId: string | null): Answer | Promise<Answer> | null {
    const started = operationId === null ? undefined : this.#started.get(operationId);
    if (!started) return null;
    if (started.request !== contentOf(exchange)) {
      this.#breaches.record("operationIdReused", exchange.request);
      return problem(409, "AlreadyExists", "Another operation has this operationId.");
    }
    started.asked();
    return started.answer;
  }

  /** Remembers what a new operation is answered. `asked` is called whenever it is asked for again. */
  remember(
    exchange: Exchange,
    operationId: string | null,
    answer: Answer | Promise<Answer>,
    asked: () => void,
  ): Answer | Promise<Answer> {
    if (operationId === null) return answer;
    this.#started.set(operationId, { request: contentOf(exchange), answer, asked });
    for (const id of this.#started.keys()) {
      if (this.#started.size <= 1000) break;
      this.#started.delete(id);
    }
    return answer;
  }
}

function contentOf({ request, url }: Exchange): string {
  return createHash("sha256").update(`${url.pathname}\n`).update(request.body).digest("base64");
}
