// A field with its name above it, a hint and what is wrong with it.
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import css from "./Field.module.css";
import { Icon } from "./Icon";

export interface FieldProps {
  id: string;
  class: string | undefined;
  "aria-describedby"?: string;
  "aria-invalid"?: "true";
}

interface Props {
  label: string;
  hint?: ComponentChildren;
  error?: string;
  children: (props: FieldProps) => ComponentChildren; // gets what ties the control to its words
}

export function Field({ label, hint, error, children }: Props) {
  const id = useId();
  const told = hint || error ? id + "-told" : undefined;
  return (
    <div class={css["field"]}>
      <label class={css["label"]} for={id}>
        {label}
      </label>
      {children({ id, class: css["control"], ...(told ? { "aria-describedby": told } : {}), ...(error ? { "aria-invalid": "true" } : {}) })}
      {told && (
        <div id={told} class={css["told"]}>
          {error ? (
            <span class={css["error"]}>
              <Icon name="alert" size={14} /> {error}
            </span>
          ) : (
            hint
          )}
        </div>
      )}
    </div>
  );
}

// Check is a box to tick, with its words after it.
export function Check({ label, hint, checked, disabled, onChange }: { label: ComponentChildren; hint?: string; checked: boolean; disabled?: boolean; onChange: (checked: boolean) => void }) {
  const id = useId();
  return (
    <label class={css["choice"]}>
      <input type="checkbox" checked={checked} disabled={disabled} aria-describedby={hint ? id : undefined} onChange={(e) => onChange(e.currentTarget.checked)} />
      <span>
        {label}
        {hint && (
          <span id={id} class={css["told"]}>
            {hint}
          </span>
        )}
      </span>
    </label>
  );
}

// Choices are a few possibilities of which one holds, all in sight.
export function Choices<T extends string>({ label, value, choices, onChange, row }: { label: string; value: T; choices: readonly { value: T; label: string; hint?: string }[]; onChange: (value: T) => void; row?: boolean }) {
  const name = useId();
  return (
    <fieldset class={css["field"]}>
      <legend class={css["label"]}>{label}</legend>
      <div class={row ? css["row"] : css["column"]}>
        {choices.map((c) => (
          <label key={c.value} class={css["choice"]}>
            <input type="radio" name={name} checked={c.value === value} aria-describedby={c.hint ? `${name}-${c.value}` : undefined} onChange={() => onChange(c.value)} />
            <span>
              {c.label}
              {c.hint && (
                <span id={`${name}-${c.value}`} class={css["told"]}>
                  {c.hint}
                </span>
              )}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
