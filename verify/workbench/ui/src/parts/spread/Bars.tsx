// How many chose each option: a bar for each, as wide as its share. With the key
// shown, what is right is marked by a sign and a word, not by colour alone.
import { useRef } from "preact/hooks";
import type { OptionCount, SubjectKey } from "../../api.gen";
import { t } from "../../text";
import { Icon } from "../Icon";
import { useVars } from "../vars";
import { Worded } from "../Worded";
import css from "./Spread.module.css";

interface Props {
  label: string; // what is counted
  counts: readonly OptionCount[];
  of: number; // how many answered
  sealed?: SubjectKey | null; // the key, where it is shown
  good?: (id: string, key: SubjectKey) => number; // 1 right, less for partly right
}

// credited is the credit of an option by the key.
export function credited(id: string, key: SubjectKey): number {
  return key.right.includes(id) ? 1 : (key.credit[id] ?? 0);
}

// reasoned says whether a reason is a good one.
export function reasoned(id: string, key: SubjectKey): number {
  return key.reasons.includes(id) ? 1 : 0;
}

export function Bars({ label, counts, of, sealed = null, good = credited }: Props) {
  return (
    <ul class={css["bars"]} aria-label={label}>
      {counts.map((one) => (
        <Bar key={one.option} one={one} of={of} credit={sealed ? good(one.option, sealed) : null} why={sealed?.partly[one.option]} />
      ))}
    </ul>
  );
}

function Bar({ one, of, credit, why }: { one: OptionCount; of: number; credit: number | null; why: Record<string, string> | undefined }) {
  const bar = useRef<HTMLSpanElement>(null);
  useVars(bar, { "--share": `${of > 0 ? (100 * one.count) / of : 0}%` });
  return (
    <li class={css["bar"]} data-right={credit === 1 || undefined}>
      <span class={css["name"]}>
        <Worded words={one.label} most={300} />
        {credit !== null && credit > 0 && (
          <strong class={css["right"]}>
            <Icon name="check" size={14} /> {credit === 1 ? t("trainer.spread.right") : t("trainer.spread.partly", { share: Math.round(credit * 100) })}
          </strong>
        )}
      </span>
      <span class={css["track"]} aria-hidden="true">
        <span ref={bar} class={css["fill"]} />
      </span>
      <span class={css["count"]}>{t("trainer.spread.count", { count: one.count, n: of })}</span>
      {credit !== null && credit < 1 && why && (
        <span class={css["why"]}>
          <Worded words={why} most={1000} />
        </span>
      )}
    </li>
  );
}
