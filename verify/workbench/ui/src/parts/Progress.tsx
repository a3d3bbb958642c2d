// How far something has come, drawn and said.
import { count, t } from "../text";
import css from "./Progress.module.css";

export function Progress({ value, max, label }: { value: number; max: number; label: string }) {
  const known = max > 0;
  return (
    <div class={css["progress"]}>
      <progress {...(known ? { value: Math.min(value, max), max } : {})} aria-label={label} />
      <span class={css["count"]}>{known ? t("parts.progress.of", { done: value, all: max }) : count(value)}</span>
    </div>
  );
}
