// What is left out: the public-safe form, or names, notes and positions one by
// one.
import type { Format } from "../../api.gen";
import { Check, Field } from "../../parts/Field";
import { t } from "../../text";
import { toggled } from "./form";
import css from "./Reports.module.css";
import type { PartProps } from "./What";

const redactions = ["people", "names", "captions", "notes"] as const;
const decimals = ["4", "3", "2", "1", "0"] as const;

export function LeaveOut({ choices, choice, format, onChange }: PartProps & { format: Format }) {
  return (
    <section class={css["part"]} aria-labelledby="leave">
      <h2 id="leave">{t("reports.leave")}</h2>
      {format.public && <Check label={t("reports.public")} hint={t("reports.public.hint")} checked={choice.public} onChange={(on) => onChange({ public: on })} />}
      {choice.public && format.public && (
        <div class={css["within"]}>
          <Check label={t("reports.unconfirmed")} checked={choice.unconfirmed} onChange={(unconfirmed) => onChange({ unconfirmed })} />
          {choices.sources.length > 0 && (
            <details class={css["fold"]}>
              <summary>{t("reports.show")}</summary>
              <fieldset class={css["checks"]}>
                <legend class="heard">{t("reports.show")}</legend>
                {choices.sources.map((s) => (
                  <Check key={s} label={<bdi dir="auto">{s}</bdi>} checked={choice.show.includes(s)} onChange={(on) => onChange({ show: toggled(choice.show, s, on) })} />
                ))}
              </fieldset>
            </details>
          )}
        </div>
      )}
      {format.redacts ? (
        <>
          {redactions.map((r) => (
            <Check key={r} label={t(`reports.redact.${r}`)} hint={t(`reports.redact.${r}.hint`)} checked={choice[r]} onChange={(on) => onChange({ [r]: on })} />
          ))}
          <Field label={t("reports.places")} hint={t("reports.places.hint")}>
            {(props) => (
              <select {...props} value={choice.places} onChange={(e) => onChange({ places: e.currentTarget.value })}>
                <option value="">{t("reports.places.asKnown")}</option>
                {decimals.map((n) => (
                  <option key={n} value={n}>
                    {t(`reports.places.${n}`)}
                  </option>
                ))}
                <option value="none">{t("reports.places.none")}</option>
              </select>
            )}
          </Field>
        </>
      ) : (
        <p class={css["careful"]}>{t("reports.originals")}</p>
      )}
    </section>
  );
}
