interface Props<Value extends string> {
  readonly id: string;
  readonly label: string;
  readonly values: readonly Value[];
  readonly value: Value;
  readonly labelOf: (value: Value) => string;
  readonly choose: (value: Value) => void;
  readonly disabled?: boolean;
  readonly hint?: string;
}

/** One of a few values, from a list that opens, with its label and what there is to say about it. */
export function Choice<Value extends string>({
  id,
  label,
  values,
  labelOf,
  choose,
  hint,
  ...rest
}: Props<Value>) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        {...rest}
        id={id}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => {
          const chosen = values.find((value) => value === event.currentTarget.value);
          if (chosen !== undefined) choose(chosen);
        }}
      >
        {values.map((value) => (
          <option key={value} value={value}>
            {labelOf(value)}
          </option>
        ))}
      </select>
      {hint !== undefined && (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </div>
  );
}
