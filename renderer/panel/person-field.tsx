import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import { texts } from "../../locales/page-texts.ts";
import type { PanelBridge, CalleeView } from "../../preload/contract.ts";
import { Avatar } from "../shared/avatar.tsx";

interface Props {
  readonly value: string;
  readonly change: (typed: string) => void;
  readonly bridge: PanelBridge;
  /** Id of what is wrong with it; empty when nothing is. */
  readonly problemId: string;
}

/** Who types goes on typing: a search for each letter would find nobody any sooner. */
const SEARCH_AFTER_MS = 250;

/**
 * Whom to call: an address, or somebody out of the list below it, which shows recent people first and then whom the
 * server finds. Arrow keys choose, Enter takes, Escape closes (ARIA: combobox with a list).
 */
export function PersonField({ value, change, bridge, problemId }: Props) {
  const [open, setOpen] = useState(false);
  const [people, setPeople] = useState<readonly CalleeView[]>([]);
  const [note, setNote] = useState("");
  const [active, setActive] = useState(-1);
  const asked = useRef(0);
  const field = useRef<HTMLInputElement>(null);
  // The page's own `autofocus` works once for a document.
  useLayoutEffect(() => {
    if (value === "") field.current?.focus();
  }, []);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (!open) return;
    const number = ++asked.current;
    const timer = setTimeout(
      () => {
        setNote(value.trim() === "" ? "" : texts.panel.searching);
        void bridge.searchPeople(value).then((answer) => {
          // What was typed since is another question.
          if (asked.current !== number) return;
          const found = answer.ok ? answer.value : { people: [], problem: answer.error.message };
          setPeople(found.people);
          setActive(-1);
          const none = found.people.length === 0 && value.trim() !== "";
          setNote(none ? found.problem || texts.panel.nobodyFound : "");
        });
      },
      value === "" ? 0 : SEARCH_AFTER_MS,
    );
    return () => clearTimeout(timer);
  }, [value, open, bridge]);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);
  const take = (person: CalleeView | undefined): void => {
    if (person) change(person.address);
    setOpen(false);
    setActive(-1);
    asked.current++;
  };
  const shown = open && people.length > 0;
  const step = (by: number): void => {
    if (!open) setOpen(true);
    else if (people.length > 0)
      setActive((active + by + people.length + (active < 0 && by < 0 ? 1 : 0)) % people.length);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && shown && active >= 0) take(people[active]);
    else if (event.key === "Escape" && shown) setOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="field combobox">
      <label for="person">{texts.panel.person}</label>
      <input
        id="person"
        type="text"
        inputMode="email"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        required
        maxLength={256}
        placeholder={texts.panel.nameOrAddress}
        value={value}
        role="combobox"
        aria-expanded={shown}
        aria-controls="people"
        aria-autocomplete="list"
        aria-describedby={`${problemId} person-note`.trim()}
        aria-invalid={problemId !== ""}
        {...(shown && active >= 0 && { "aria-activedescendant": `person-${active}` })}
        ref={field}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onInput={(event) => {
          setOpen(true);
          change(event.currentTarget.value);
        }}
        onKeyDown={onKey}
      />
      <ul id="people" role="listbox" aria-label={texts.panel.people} ref={list} hidden={!shown}>
        {people.map((person, index) => (
          <li
            key={person.address}
            id={`person-${index}`}
            role="option"
            aria-selected={index === active}
            // The field keeps the focus.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(person)}
          >
            <Avatar caller={{ ...person, anonymous: false, external: false, photo: null }} />
            <span class="who-what">
              <bdi>{person.name || person.address}</bdi>
              <span class="hint">
                {[person.name === "" ? "" : person.address, person.about]
                  .filter((part) => part !== "")
                  .join(" · ")}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <span class="hint" id="person-note" role="status">
        {open ? note : ""}
      </span>
    </div>
  );
}
