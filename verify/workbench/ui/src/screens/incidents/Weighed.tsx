import type { WhyLine } from "../../api.gen";
import { Said, visible } from "../../parts/Scraped";
import { t } from "../../text";
import { shortened, signed, strengthOf } from "./shown";
import css from "./Weighed.module.css";

// Weighed is evidence with its weight in bits and in a word. Paths that are
// named stand for short in it.
export function Weighed({ reasons, names, narrow }: { reasons: readonly WhyLine[]; names?: ReadonlyMap<string, string>; narrow?: boolean }) {
  const most = Math.max(6, ...reasons.map((r) => Math.abs(r.weight)));
  return (
    <ul class={css["weighed"]} data-narrow={narrow || undefined}>
      {reasons.map((r) => (
        <li key={r.code + r.message} title={names ? visible(r.message, 400) : undefined} data-against={r.weight < 0 || undefined}>
          <svg viewBox="0 0 48 6" width="48" height="6" aria-hidden="true" focusable="false">
            <rect width="48" height="6" rx="3" />
            <rect class={css["bar"]} width={Math.max(2, (48 * Math.abs(r.weight)) / most)} height="6" rx="3" />
          </svg>
          <span class={css["bits"]} title={t(`incidents.weight.${strengthOf(r.weight)}`)}>
            <bdi dir="ltr">{signed(r.weight)}</bdi> <span class="heard">{t(`incidents.weight.${strengthOf(r.weight)}`)}</span>
          </span>
          <span>
            <Said most={400}>{names ? shortened(r.message, names) : r.message}</Said>
          </span>
        </li>
      ))}
    </ul>
  );
}
