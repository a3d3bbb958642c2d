// Why something is proposed: its reasons, strongest first, with how much each
// one counts drawn and written.
import { t } from "../text";
import { Said } from "./Scraped";
import css from "./Why.module.css";

export interface Reason {
  code: string;
  weight: number; // above 0 speaks for it, below 0 against it
  message: string;
}

export function Why({ reasons }: { reasons: readonly Reason[] }) {
  if (reasons.length === 0) return <p class="dim">{t("parts.why.none")}</p>;
  const sorted = [...reasons].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  const most = Math.max(...sorted.map((r) => Math.abs(r.weight)), Number.MIN_VALUE);
  return (
    <ul class={css["why"]}>
      {sorted.map((r) => (
        <li key={r.code + r.message} class={r.weight < 0 ? css["against"] : undefined}>
          <svg class={css["bar"]} viewBox="0 0 40 6" width="40" height="6" aria-hidden="true" focusable="false">
            <rect class={css["track"]} width="40" height="6" rx="3" />
            <rect width={Math.max(3, (40 * Math.abs(r.weight)) / most)} height="6" rx="3" />
          </svg>
          <span>
            {r.weight < 0 && <span class={css["sign"]}>{t("parts.why.against")} </span>}
            <Said most={400}>{r.message}</Said>
          </span>
        </li>
      ))}
    </ul>
  );
}
