import type { IncidentOut } from "../../api.gen";
import { Button } from "../../parts/Button";
import { Copy } from "../../parts/Copy";
import { Scraped } from "../../parts/Scraped";
import { address } from "../../router";
import { inRow, t } from "../../text";
import css from "./Board.module.css";

// Near is what lies beside an incident: other incidents, what others have
// documented, and what people keep out of it.
export function Near({ case: caseID, group, onMerge, onTakeBack }: { case: string; group: IncidentOut; onMerge: () => void; onTakeBack: (entry: number) => void }) {
  return (
    <>
      {group.neighbours.length > 0 && (
        <section class={css["part"]} aria-labelledby="incident-near">
          <div class={css["over"]}>
            <h3 id="incident-near">{t("incidents.neighbours")}</h3>
            <Button small kind="quiet" onClick={onMerge}>
              {t("incidents.compareMerge")}
            </Button>
          </div>
          <ul class={css["lines"]}>
            {group.neighbours.map((n) => (
              <li key={n.row.id}>
                <a class="data" href={address(caseID, "incidents", n.row.id)}>
                  {n.row.id}
                </a>
                <span>{n.row.when}</span>
                <span class="dim">{inRow(n.apart)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {group.known.length > 0 && (
        <section class={css["part"]} aria-labelledby="incident-known">
          <h3 id="incident-known">{t("incidents.known")}</h3>
          <p class={css["hint"]}>{t("incidents.knownHint")}</p>
          <ul class={css["lines"]}>
            {group.known.map((k) => (
              <li key={k.source + k.id}>
                <span>{k.date || t("incidents.noTime")}</span>
                <span>
                  <Scraped most={200}>{k.title || k.place || k.id}</Scraped> <span class="dim">— {k.apart}</span>
                </span>
                <span class="dim">
                  <Scraped most={80}>{k.source}</Scraped> {k.link && <Copy text={k.link} what="link" />}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {group.apart.length > 0 && (
        <section class={css["part"]} aria-labelledby="incident-apart">
          <h3 id="incident-apart">{t("incidents.apart")}</h3>
          <ul class={css["lines"]}>
            {group.apart.map((a) => (
              <li key={a.card.id}>
                <a href={address(caseID, "media", a.card.id)}>
                  <Scraped most={80}>{a.card.name}</Scraped>
                </a>
                <span class="dim">
                  <Scraped most={300}>{`${a.decided.by}: ${a.decided.reason}`}</Scraped>
                </span>
                <Button small kind="quiet" icon="undo" onClick={() => onTakeBack(a.decided.entry)}>
                  {t("incidents.undecide")}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
