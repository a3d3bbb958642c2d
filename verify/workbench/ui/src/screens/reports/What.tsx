// What is handed on: the whole case, some incidents, or some files.
import { useState } from "preact/hooks";
import { client, type HandOnChoices } from "../../api.gen";
import { useLoad } from "../../load";
import { Check, Choices, Field } from "../../parts/Field";
import { Said, Scraped } from "../../parts/Scraped";
import { count, t } from "../../text";
import { scopes, toggled, type Choice } from "./form";
import css from "./Reports.module.css";

export interface PartProps {
  choices: HandOnChoices;
  choice: Choice;
  onChange: (some: Partial<Choice>) => void;
}

export function What({ case: caseID, choices, choice, onChange }: PartProps & { case: string }) {
  return (
    <section class={css["part"]} aria-labelledby="what">
      <h2 id="what">{t("reports.what")}</h2>
      <Choices label={t("reports.scope")} value={choice.scope} choices={scopes.map((s) => ({ value: s, label: t(`reports.scope.${s}`, { n: s === "incidents" ? choices.incidents.length : choices.items }) }))} onChange={(scope) => onChange({ scope })} />
      {choice.scope === "incidents" && <Incidents choices={choices} choice={choice} onChange={onChange} />}
      {choice.scope === "media" && <Files case={caseID} choice={choice} onChange={onChange} />}
    </section>
  );
}

function Incidents({ choices, choice, onChange }: PartProps) {
  if (choices.incidents.length === 0) return <p class="dim">{t("reports.noIncidents")}</p>;
  return (
    <fieldset class={css["incidents"]}>
      <legend class="heard">{t("reports.scope.incidents", { n: choices.incidents.length })}</legend>
      {choices.incidents.map((inc) => (
        <Check
          key={inc.id}
          checked={choice.incidents.includes(inc.id)}
          onChange={(on) => onChange({ incidents: toggled(choice.incidents, inc.id, on) })}
          label={
            <span class={css["incident"]}>
              <span class={css["id"]}>{inc.id}</span> <span class={css["status"]}>{t(`reports.status.${inc.status as "candidate"}`)}</span>
              {inc.text !== "" && <Said most={160}>{inc.text}</Said>}
              <span class="dim">
                <Scraped most={200}>{[inc.when, inc.where].filter(Boolean).join(" · ")}</Scraped> · {t("reports.files", { n: inc.items })}
              </span>
            </span>
          }
        />
      ))}
    </fieldset>
  );
}

function Files({ case: caseID, choice, onChange }: { case: string } & Pick<PartProps, "choice" | "onChange">) {
  const [typed, setTyped] = useState(choice.filter);
  const found = useLoad(async (signal) => (choice.filter.trim() === "" ? null : await client.gallery({ case: caseID, filter: choice.filter }, { signal })), [caseID, choice.filter]);
  const problem = found.data?.problem?.what ?? found.error?.what ?? "";
  const keep = () => {
    if (typed.trim() !== choice.filter) onChange({ filter: typed.trim() });
  };
  return (
    <>
      <Field label={t("reports.filter")} hint={found.data && choice.filter !== "" ? t("reports.found", { n: found.data.total }) : t("reports.filter.hint")} error={problem}>
        {(props) => (
          <input
            {...props}
            spellcheck={false}
            autocomplete="off"
            maxLength={1000}
            value={typed}
            onInput={(e) => setTyped(e.currentTarget.value)}
            onBlur={keep}
            onKeyDown={(e) => {
              if (e.key !== "Enter") return;
              e.preventDefault();
              keep();
            }}
          />
        )}
      </Field>
      {choice.items.length > 0 && <Check label={t("reports.chosen", { n: choice.items.length })} checked onChange={() => onChange({ items: [] })} />}
      {found.data && found.data.total > 500 && <p class="dim">{t("reports.many", { total: count(found.data.total) })}</p>}
    </>
  );
}
