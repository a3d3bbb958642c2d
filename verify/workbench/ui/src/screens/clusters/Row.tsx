import type { ClusterRow } from "../../api.gen";
import { Evidence } from "../../parts/Evidence";
import { Icon } from "../../parts/Icon";
import { Scraped } from "../../parts/Scraped";
import { TimeValue } from "../../parts/TimeValue";
import { t } from "../../text";
import css from "./Clusters.module.css";
import { pictured } from "../../parts/pictured";

// Row is a group in the list: the copy that stands for it, how many there are
// and where, and since when.
export function Row({ case: caseID, row }: { case: string; row: ClusterRow }) {
  return (
    <div class={css["row"]}>
      <span class={css["thumb"]}>
        <Evidence case={caseID} {...pictured(row.shown)} size="cell" />
      </span>
      <span class={css["facts"]}>
        <span class={css["first"]}>
          <span class={css["name"]}>
            <Scraped most={80}>{row.shown.name}</Scraped>
          </span>
          <span class={css["state"]} data-state={row.state}>
            {row.state === "settled" && <Icon name="check" size={14} />}
            {t(`clusters.state.${row.state as "open" | "settled" | "equal"}`)}
          </span>
        </span>
        <span>
          {t("clusters.copies", { n: row.copies })} · {t("clusters.sources", { n: row.sources.length })}
        </span>
        <span class={css["since"]}>{row.earliest_trusted ? <TimeValue time={row.earliest_trusted.time} compact /> : <span class="dim">{t("clusters.noTime")}</span>}</span>
      </span>
    </div>
  );
}
