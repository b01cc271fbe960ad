import { useState } from "preact/hooks";

import { dateFormat } from "../../locales/format.ts";
import { texts } from "../../locales/page-texts.ts";
import type { QuietDayView, SettingsChange, SettingsView } from "../../preload/contract.ts";

interface Props {
  readonly settings: Pick<SettingsView, "quietHours" | "followSystemFocus" | "followPresence">;
  readonly change: (change: SettingsChange) => void;
}

/** As `Date.getDay` counts, from Monday on. */
const FROM_MONDAY = [1, 2, 3, 4, 5, 6, 0];
/** The first Sunday of 2023 was its first day. */
const nameOf = (day: number): string =>
  dateFormat({ weekday: "long", timeZone: "UTC" }).format(Date.UTC(2023, 0, 1 + day));

/** When nothing is heard: by a schedule, and by what else says that the person does not want to be disturbed. */
export function QuietSettings({ settings, change }: Props) {
  const { quietHours, followSystemFocus, followPresence } = settings;
  const words = texts.life;
  return (
    <section class="card padded form" aria-label={texts.cards.quiet}>
      <label class="check">
        <input
          type="checkbox"
          checked={quietHours.on}
          onChange={(event) => change({ quietHours: { ...quietHours, on: event.currentTarget.checked } })}
        />
        <span>{words.quietHours}</span>
        <span class="hint">{words.quietHoursHint}</span>
      </label>
      {quietHours.on && (
        <>
          <ul class="quiet-days" aria-label={words.quietDays}>
            {FROM_MONDAY.flatMap((number) => {
              const day = quietHours.days[number];
              if (day === undefined) return [];
              const set = (next: QuietDayView): void =>
                change({ quietHours: { ...quietHours, days: quietHours.days.with(number, next) } });
              return [<Day key={number} name={nameOf(number)} day={day} change={set} />];
            })}
          </ul>
          <span class="hint">{words.quietDaysHint}</span>
        </>
      )}
      <label class="check">
        <input
          type="checkbox"
          checked={followSystemFocus}
          onChange={(event) => change({ followSystemFocus: event.currentTarget.checked })}
        />
        <span>{words.followSystem}</span>
        <span class="hint">{words.followSystemHint}</span>
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={followPresence}
          onChange={(event) => change({ followPresence: event.currentTarget.checked })}
        />
        <span>{words.followPresence}</span>
        <span class="hint">{words.followPresenceHint}</span>
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
      {time(texts.life.quietFrom(name), "from")}
      <span aria-hidden="true">–</span>
      {time(texts.life.quietUntil(name), "to")}
      {problem !== null && (
        <span class="problem" id={problem} role="alert">
          {texts.life.enterBothTimes}
        </span>
      )}
    </li>
  );
}
