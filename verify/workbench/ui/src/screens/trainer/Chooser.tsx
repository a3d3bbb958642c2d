// Choosing files of a case: found by the filter of the gallery, and ticked.
import { useState } from "preact/hooks";
import { client, type Card } from "../../api.gen";
import { useLoad } from "../../load";
import { Button } from "../../parts/Button";
import { Field } from "../../parts/Field";
import { Scraped } from "../../parts/Scraped";
import { Failed, Loading } from "../../parts/State";
import { t } from "../../text";
import { Thumb } from "./Thumb";
import css from "./Trainer.module.css";

interface Props {
  case: string;
  chosen: readonly string[]; // SHA-256
  onChange: (chosen: string[]) => void;
}

export function Chooser({ case: caseID, chosen, onChange }: Props) {
  const [typed, setTyped] = useState("");
  const [filter, setFilter] = useState("");
  const found = useLoad((signal) => client.gallery({ case: caseID, filter }, { signal }), [caseID, filter]);
  const ids = found.data?.ids.match(/.{64}/g) ?? [];
  const toggle = (id: string, on: boolean) => onChange(on ? [...chosen, id] : chosen.filter((one) => one !== id));
  return (
    <fieldset class={css["chooser"]}>
      <legend>{t("trainer.choose.legend", { n: chosen.length })}</legend>
      <Field label={t("trainer.choose.filter")} hint={t("trainer.choose.filter.hint")} error={found.data?.problem?.what ?? ""}>
        {(props) => (
          <input
            {...props}
            spellcheck={false}
            autocomplete="off"
            maxLength={1000}
            value={typed}
            onInput={(e) => setTyped(e.currentTarget.value)}
            onBlur={() => setFilter(typed.trim())}
            onKeyDown={(e) => {
              if (e.key !== "Enter") return;
              e.preventDefault();
              setFilter(typed.trim());
            }}
          />
        )}
      </Field>
      {found.error && !found.data ? <Failed error={found.error} retry={found.reload} /> : !found.data ? <Loading /> : <Found case={caseID} cards={found.data.cards} chosen={chosen} onToggle={toggle} />}
      {found.data && found.data.total > found.data.cards.length && <p class="dim">{t("trainer.choose.more", { shown: found.data.cards.length, n: found.data.total })}</p>}
      <div class={css["acts"]}>
        <Button small disabled={ids.every((id) => chosen.includes(id))} onClick={() => onChange([...new Set([...chosen, ...ids])])}>
          {t("trainer.choose.all", { n: ids.length })}
        </Button>
        <Button small kind="quiet" disabled={chosen.length === 0} onClick={() => onChange([])}>
          {t("trainer.choose.none")}
        </Button>
      </div>
    </fieldset>
  );
}

function Found({ case: caseID, cards, chosen, onToggle }: { case: string; cards: readonly Card[]; chosen: readonly string[]; onToggle: (id: string, on: boolean) => void }) {
  return (
    <ul class={css["found"]} tabIndex={-1}>
      {cards.map((card) => (
        <li key={card.id}>
          <label class={css["tick"]}>
            <input type="checkbox" checked={chosen.includes(card.id)} onChange={(e) => onToggle(card.id, e.currentTarget.checked)} />
            <Thumb case={caseID} card={card} />
            <span>
              <Scraped most={160}>{card.path}</Scraped>
            </span>
          </label>
        </li>
      ))}
    </ul>
  );
}
