// In which form: the format, and of a report its title, sections and pictures.
import type { Format } from "../../api.gen";
import { Check, Choices, Field } from "../../parts/Field";
import { t } from "../../text";
import { pictureKinds, toggled } from "./form";
import css from "./Reports.module.css";
import type { PartProps } from "./What";

export function How({ choices, choice, format, onChange }: PartProps & { format: Format }) {
  return (
    <section class={css["part"]} aria-labelledby="how">
      <h2 id="how">{t("reports.how")}</h2>
      <Field label={t("reports.format")} hint={format.what}>
        {(props) => (
          <select {...props} value={choice.format} onChange={(e) => onChange({ format: e.currentTarget.value })}>
            {choices.formats.map((f) => (
              <option key={f.id} value={f.id}>
                {f.title}
              </option>
            ))}
          </select>
        )}
      </Field>
      {format.id === "csv" && <Check label={t("reports.bom")} hint={t("reports.bom.hint")} checked={choice.bom} onChange={(bom) => onChange({ bom })} />}
      {format.alone && <Check label={t("reports.missing")} hint={t("reports.missing.hint")} checked={choice.missing} onChange={(missing) => onChange({ missing })} />}
      {format.reading && (
        <>
          <Field label={t("reports.heading")} hint={t("reports.heading.hint")}>
            {(props) => <input {...props} maxLength={200} autocomplete="off" placeholder={choices.title} value={choice.title} onInput={(e) => onChange({ title: e.currentTarget.value })} />}
          </Field>
          <Choices label={t("reports.pictures")} row value={choice.pictures} choices={pictureKinds.map((k) => ({ value: k, label: t(`reports.pictures.${k}`) }))} onChange={(pictures) => onChange({ pictures, sharp: [] })} />
          {choice.pictures === "sharp" && <p class={css["careful"]}>{t("reports.sharp.hint")}</p>}
          <details class={css["fold"]}>
            <summary>{t("reports.sections", { n: choices.sections.length - choice.leave.length, all: choices.sections.length })}</summary>
            <fieldset class={css["checks"]}>
              <legend class="heard">{t("reports.sections.label")}</legend>
              {choices.sections.map((s) => (
                <Check key={s.id} label={s.text} checked={!choice.leave.includes(s.id)} onChange={(on) => onChange({ leave: toggled(choice.leave, s.id, !on) })} />
              ))}
            </fieldset>
          </details>
        </>
      )}
    </section>
  );
}
