import type { IncidentSuggestion } from "../../api.gen";
import { hint } from "../../keys";
import { Button } from "../../parts/Button";
import { Evidence } from "../../parts/Evidence";
import { pictured } from "../../parts/pictured";
import { Scraped } from "../../parts/Scraped";
import { TimeValue } from "../../parts/TimeValue";
import { inRow, t } from "../../text";
import css from "./Board.module.css";

// Suggestions are what might belong, with how far away in place and time.
export function Suggestions({ case: caseID, suggestions, current, onPick, onAdd }: { case: string; suggestions: readonly IncidentSuggestion[]; current: string; onPick: (item: string) => void; onAdd: (s: IncidentSuggestion) => void }) {
  return (
    <section class={css["part"]} aria-labelledby="incident-possible">
      <h3 id="incident-possible">{t("incidents.possible")}</h3>
      <p class={css["hint"]}>{t("incidents.possibleHint")}</p>
      <ul class={css["suggestions"]}>
        {suggestions.map((s) => (
          <li key={s.card.id} class={css["suggestion"]} data-current={s.card.id === current || undefined}>
            <span class={css["thumb"]}>
              <Evidence case={caseID} {...pictured(s.card)} size="cell" />
            </span>
            <span class={css["facts"]}>
              <button type="button" class={css["link"]} aria-current={s.card.id === current || undefined} onClick={() => onPick(s.card.id)}>
                <Scraped most={80}>{s.card.name}</Scraped>
              </button>
              <span>{s.apart.length > 0 ? inRow(s.apart) : <TimeValue time={s.card.time} compact />}</span>
              <span class="dim">
                {s.says}
                {s.copies > 0 && <>, {t("incidents.withCopies", { n: s.copies })}</>}
                {s.card.incident && <> · {t("incidents.home", { id: s.card.incident })}</>}
              </span>
            </span>
            <Button small icon="add" hint={s.card.id === current ? hint("addTo") : ""} onClick={() => onAdd(s)}>
              {t("incidents.add")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
