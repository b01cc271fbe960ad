import { useState } from "preact/hooks";

import type { QuietDayView, SettingsChange, SettingsView } from "../../preload/contract.ts";

interface Props {
  readonly settings: Pick<SettingsView, "quietHours" | "followSystemFocus" | "followPresence">;
  readonly change: (change: SettingsChange) => void;
}

/** As `Date.getDay` counts, from Monday on. */
const FROM_MONDAY = [1, 2, 3, 4, 5, 6, 0];
const weekday = new Intl.DateTimeFormat(undefined, { weekday: "long", timeZone: "UTC" });
/** The first Sunday of 2023 was its first day. */
const nameOf = (day: number): string => weekday.format(Date.UTC(2023, 0, 1 + day));

/** When nothing is heard: by a schedule, and by what else says that the person does not want to be disturbed. */
export function QuietSettings({ settings, change }: Props) {
  const { quietHours, followSystemFocus, followPresence } = settings;
  return (
    <section class="card padded form" aria-label="Quiet">
      <label class="check">
        <input
          type="checkbox"
          checked={quietHours.on}
          onChange={(event) => change({ quietHours: { ...quietHours, on: event.currentTarget.checked } })}
        />
        <span>Quiet hours</span>
        <span class="hint">Urgent invitations still ring in quiet hours; emergencies always do.</span>
      </label>
      {quietHours.on && (
        <>
          <ul class="quiet-days" aria-label="Quiet hours of each day">
            {FROM_MONDAY.flatMap((number) => {
              const day = quietHours.days[number];
              if (day === undefined) return [];
              const set = (next: QuietDayView): void =>
                change({ quietHours: { ...quietHours, days: quietHours.days.with(number, next) } });
              return [<Day key={number} name={nameOf(number)} day={day} change={set} />];
            })}
          </ul>
          <span class="hint">An end that is not after its start is on the next day.</span>
        </>
      )}
      <label class="check">
        <input
          type="checkbox"
          checked={followSystemFocus}
          onChange={(event) => change({ followSystemFocus: event.currentTarget.checked })}
        />
        <span>Follow my system's Do not disturb</span>
        <span class="hint">While it is on, only emergencies ring.</span>
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={followPresence}
          onChange={(event) => change({ followPresence: event.currentTarget.checked })}
        />
        <span>Follow my presence</span>
        <span class="hint">
          While you are shown as Do not disturb or Presenting, only urgent invitations ring.
        </span>
      </label>
    </section>
  );
}

interface DayProps {
  readonly name: string;
  readonly day: QuietDayView;
  readonly change: (day: QuietDayView) => void;
}

/** The quiet hours that begin on one day. A time counts when the person has left its field: half of one is another time. */
function Day({ name, day, change }: DayProps) {
  const [draft, setDraft] = useState<QuietDayView | null>(null);
  const { on, from, to } = draft ?? day;
  const incomplete = from === "" || to === "";
  const [told, setTold] = useState(false);
  const edit = (part: Partial<QuietDayView>): QuietDayView => {
    const next = { on, from, to, ...part };
    setDraft(next);
    return next;
  };
  const save = (next: QuietDayView): void => {
    const isWhole = next.from !== "" && next.to !== "";
    setTold(!isWhole);
    if (isWhole && (next.on !== day.on || next.from !== day.from || next.to !== day.to)) change(next);
  };
  const problem = told && incomplete ? `problem-${name}` : null;
  const time = (label: string, part: "from" | "to") => (
    <input
      type="time"
      aria-label={label}
      value={part === "from" ? from : to}
      disabled={!on}
      aria-invalid={problem !== null && (part === "from" ? from : to) === ""}
      {...(problem !== null && { "aria-describedby": problem })}
      onInput={(event) => void edit({ [part]: event.currentTarget.value })}
      onBlur={() => save({ on, from, to })}
      onKeyDown={({ key }) => {
        if (key === "Enter") save({ on, from, to });
      }}
    />
  );
  return (
    <li>
      <label>
        <input
          type="checkbox"
          checked={on}
          onChange={(event) =>
            save(edit({ on: event.currentTarget.checked, from: from || day.from, to: to || day.to }))
          }
        />
        <span>{name}</span>
      </label>
      {time(`${name}, quiet from`, "from")}
      <span aria-hidden="true">–</span>
      {time(`${name}, quiet until`, "to")}
      {problem !== null && (
        <span class="problem" id={problem} role="alert">
          Enter both times. Until then, the last ones count.
        </span>
      )}
    </li>
  );
}
