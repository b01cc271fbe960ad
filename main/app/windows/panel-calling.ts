import type { ComposeView, SuggestionsView } from "../../../preload/contract.ts";
import type { CallRequest, FoundPerson } from "../../conversations/calling.ts";
import { recentPeople, suggestPeople } from "../../conversations/recent-people.ts";
import type { Calling } from "../../core/app-state.ts";
import type { History } from "../../invitations/history/history.ts";
import type { WindowCalling } from "../../ipc/handlers.ts";
import { calleeView } from "../../ipc/views.ts";
import { readSipAddress } from "../../platform/sip-address.ts";
import { safeLine, safeText } from "../../ucwa/resources/safe-text.ts";

/** Suggestions of a list that a person looks through. */
const MOST_SUGGESTED = 12;

export interface PanelCallingOptions {
  readonly calling: Calling;
  readonly history: Pick<History, "content">;
  /** What the panel shows has changed. */
  readonly changed: () => void;
}

/**
 * What the panel knows of calls besides the invitations themselves: the form that something else than a click in it has
 * asked for, which a person sends, and which ended calls the person has closed.
 */
export class PanelCalling implements WindowCalling {
  readonly closed = new Set<string>();
  readonly #options: PanelCallingOptions;
  #compose: ComposeView | null = null;
  #found: readonly FoundPerson[] = [];
  #wanted = 0;

  constructor(options: PanelCallingOptions) {
    this.#options = options;
  }

  get compose(): ComposeView | null {
    return this.#compose;
  }

  /** Fills in the form, and nothing else: whatever a link says, a person presses the button. */
  fillIn({ to = "", subject = "", message = "" }: Partial<CallRequest>): void {
    this.#compose = {
      number: ++this.#wanted,
      to: safeLine(to),
      subject: safeLine(subject),
      message: safeText(message),
    };
    this.#options.changed();
  }

  /** The form is open: a page that is loaded anew does not open it once more. */
  composing(number: number): void {
    if (this.#compose?.number !== number) return;
    this.#compose = null;
    this.#options.changed();
  }

  invite(request: CallRequest): ReturnType<Calling["invite"]> {
    return this.#options.calling.invite({ ...request, name: this.#nameOf(request.to) });
  }

  cancel(id: string): ReturnType<Calling["cancel"]> {
    return this.#options.calling.cancel(id);
  }

  close(id: string): void {
    this.closed.add(id);
    const [oldest] = this.closed;
    if (this.closed.size > MOST_SUGGESTED && oldest !== undefined) this.closed.delete(oldest);
    this.#options.changed();
  }

  async suggest(query: string): Promise<SuggestionsView> {
    const recent = recentPeople(this.#options.history.content.entries);
    const search = query.trim() === "" ? null : await this.#options.calling.search(query);
    const found = search?.ok ? search.people : [];
    if (search?.ok) this.#found = found;
    return {
      people: suggestPeople(query, recent, found).slice(0, MOST_SUGGESTED).map(calleeView),
      problem: search?.ok === false ? search.error.message : "",
    };
  }

  /** A call may be over before the server is asked who it was. */
  #nameOf(to: string): string {
    const address = readSipAddress(to);
    if (!address.ok) return "";
    const uri = `sip:${address.value.address}`;
    const recent = recentPeople(this.#options.history.content.entries);
    return [...this.#found, ...recent].find((person) => person.uri === uri)?.name ?? "";
  }
}
