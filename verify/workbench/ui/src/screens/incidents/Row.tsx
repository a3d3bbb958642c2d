import type { IncidentRow } from "../../api.gen";
import { Icon } from "../../parts/Icon";
import { Scraped } from "../../parts/Scraped";
import { t } from "../../text";
import { signed, strengthOf } from "./shown";
import css from "./Incidents.module.css";

// Row is an incident in the list. Weak ones are pale; those of a single source
// carry a triangle.
export function Row({ row }: { row: IncidentRow }) {
  const single = row.flags.includes("single-source");
  return (
    <div class={css["row"]} data-status={row.status} data-weak={row.weak || undefined}>
      <span class={css["mark"]} data-status={row.status}>
        {row.status === "confirmed" ? <Icon name="check" size={14} /> : row.status === "rejected" ? <Icon name="close" size={14} /> : null}
        <span class="heard">{t(`incidents.status.${row.status as "candidate" | "confirmed" | "rejected"}`)}</span>
      </span>
      <span class={css["facts"]}>
        <span class={css["when"]}>{row.when}</span>
        <span class={css["where"]}>
          <Scraped most={90}>{row.summary || row.where}</Scraped>
        </span>
        <span class={css["numbers"]}>
          <span class="data">{row.id}</span> · {t("incidents.media", { n: row.media })} · {t("incidents.sources", { n: row.sources })}
          {single && (
            <span class={css["single"]} title={t("incidents.single")}>
              <span aria-hidden="true">▲</span>
              <span class="heard">{t("incidents.single")}</span>
            </span>
          )}
          <span class={css["fit"]}>
            {row.changes > 0 ? (
              <span class={css["waits"]}>{t("incidents.waiting", { n: row.changes })}</span>
            ) : row.by_hand ? (
              t("incidents.byHand")
            ) : (
              row.bits !== null && <span title={t("incidents.bits", { bits: signed(row.bits) })}>{t(`incidents.strength.${strengthOf(row.bits)}`)}</span>
            )}
          </span>
        </span>
      </span>
    </div>
  );
}
