// How the item is to be handled: how graphic it is, consent and rights. It is
// shown to everybody at once, for who reviews blind must be warned too.
import { useState } from "preact/hooks";
import { client, type Checklist, type ItemMarks } from "../../api.gen";
import { trying } from "../../done";
import { Button } from "../../parts/Button";
import { Check } from "../../parts/Field";
import { t, type Key } from "../../text";
import { said, toggled } from "./handling";
import css from "./Question.module.css";

export function Handling({ case: caseID, sheet }: { case: string; sheet: Checklist }) {
  const [typed, setTyped] = useState<Partial<ItemMarks>>({});
  const now: ItemMarks = { ...sheet.marks, ...typed };
  const can = sheet.me !== "";
  const set = (some: Partial<ItemMarks>) => setTyped({ ...typed, ...some });
  const record = async () => {
    if (await trying(caseID, () => client.assess({ case: caseID, id: sheet.card.id, marks: said(typed) }))) setTyped({});
  };
  return (
    <section class={css["section"]} aria-labelledby="handling">
      <header class={css["heading"]}>
        <h2 id="handling">{t("checklist.handling")}</h2>
        <p class={css["help"]}>{t("checklist.handling.hint")}</p>
      </header>
      <form
        class={css["card"]}
        onSubmit={(e) => {
          e.preventDefault();
          void record();
        }}
      >
        <div class={css["claim"]}>
          <label>
            <span class={css["label"]}>{t("checklist.graphic")}</span>
            <select disabled={!can} value={now.graphic === null ? "" : String(now.graphic)} onChange={(e) => e.currentTarget.value !== "" && set({ graphic: Number(e.currentTarget.value) })}>
              <option value="">{t("checklist.unsaid")}</option>
              {sheet.choices.graphic.map((g) => (
                <option key={g.id} value={g.id}>
                  {g.help ? `${g.id}, ${g.text}: ${g.help}` : `${g.id}, ${g.text}`}
                </option>
              ))}
            </select>
          </label>
          <label>
            <span class={css["label"]}>{t("checklist.restriction")}</span>
            <select disabled={!can} value={now.restriction} onChange={(e) => set({ restriction: e.currentTarget.value })}>
              <option value="">{t("checklist.unsaid")}</option>
              {sheet.choices.restrictions.map((r) => (
                <option key={r.id} value={r.id}>
                  {r.help ? `${r.text}, ${r.help}` : r.text}
                </option>
              ))}
            </select>
          </label>
          <YesNo label="checklist.faces" value={now.faces} disabled={!can} onChange={(faces) => set({ faces })} />
          <YesNo label="checklist.willing" value={now.creator_willing} disabled={!can} onChange={(creator_willing) => set({ creator_willing })} />
          <Line label="checklist.owner" value={now.rights_owner} readOnly={!can} onInput={(rights_owner) => set({ rights_owner })} />
          <Line label="checklist.rights" value={now.rights} readOnly={!can} onInput={(rights) => set({ rights })} />
          <label class={css["bases"]}>
            <span class={css["label"]}>{t("checklist.consent")}</span>
            <textarea rows={2} readOnly={!can} maxLength={10_000} value={now.consent} onInput={(e) => set({ consent: e.currentTarget.value })} />
          </label>
          <fieldset class={css["bases"]}>
            <legend class={css["label"]}>{t("checklist.sensitivity")}</legend>
            <div class={css["checks"]}>
              {sheet.choices.sensitivities.map((s) => (
                <Check key={s.id} label={s.text} disabled={!can} checked={now.sensitivity.includes(s.id)} onChange={(on) => set({ sensitivity: toggled(now.sensitivity, s.id, on) })} />
              ))}
            </div>
          </fieldset>
        </div>
        {Object.keys(typed).length > 0 && (
          <div class={css["acts"]}>
            <Button type="submit">{t("checklist.record.handling")}</Button>
            <Button kind="quiet" onClick={() => setTyped({})}>
              {t("parts.ask.cancel")}
            </Button>
          </div>
        )}
      </form>
    </section>
  );
}

function YesNo({ label, value, disabled, onChange }: { label: Key; value: boolean | null; disabled: boolean; onChange: (value: boolean) => void }) {
  return (
    <label>
      <span class={css["label"]}>{t(label)}</span>
      <select disabled={disabled} value={value === null ? "" : value ? "yes" : "no"} onChange={(e) => e.currentTarget.value !== "" && onChange(e.currentTarget.value === "yes")}>
        <option value="">{t("checklist.unsaid")}</option>
        <option value="yes">{t("checklist.yes")}</option>
        <option value="no">{t("checklist.no")}</option>
      </select>
    </label>
  );
}

function Line({ label, value, readOnly, onInput }: { label: Key; value: string; readOnly: boolean; onInput: (value: string) => void }) {
  return (
    <label>
      <span class={css["label"]}>{t(label)}</span>
      <input readOnly={readOnly} maxLength={2000} autocomplete="off" value={value} onInput={(e) => onInput(e.currentTarget.value)} />
    </label>
  );
}
