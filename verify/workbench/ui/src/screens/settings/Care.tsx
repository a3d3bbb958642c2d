import { Check, Choices, Field } from "../../parts/Field";
import { tellError } from "../../parts/Toast";
import { choose, settings } from "../../session";
import { t } from "../../text";
import { levels, reseals } from "./choices";
import css from "./Settings.module.css";

// keep saves changes, and says when that failed.
export function keep(changes: Parameters<typeof choose>[0]): void {
  choose(changes).catch(tellError);
}

export function Care() {
  const now = settings.value;
  return (
    <>
      <Choices label={t("settings.level")} value={now.level} choices={levels()} onChange={(level) => keep({ level })} />
      <Choices label={t("settings.reseal")} value={String(now.reseal_seconds) as "30"} choices={reseals() as readonly { value: "30"; label: string }[]} row onChange={(s) => keep({ reseal_seconds: Number(s) })} />
      <p class={css["note"]}>{t("settings.severeNote")}</p>
      <div class={css["pair"]}>
        <Amount label={t("settings.breakMinutes")} most={240} value={now.break_minutes} onChange={(break_minutes) => keep({ break_minutes })} />
        <Amount label={t("settings.breakSevere")} most={500} value={now.break_severe} onChange={(break_severe) => keep({ break_severe })} />
      </div>
      <p class={css["note"]}>{t("settings.breakNote")}</p>
      <Field label={t("break.contacts")} hint={t("break.contactsHint")}>
        {(props) => <textarea {...props} rows={4} maxLength={4000} defaultValue={now.contacts} onChange={(e) => keep({ contacts: e.currentTarget.value.trim() })} />}
      </Field>
      <Check label={t("settings.projector")} hint={t("settings.projectorHint")} checked={now.projector} onChange={(projector) => keep({ projector })} />
      <p class={css["note"]}>{t("settings.careNote")}</p>
    </>
  );
}

function Amount({ label, value, most, onChange }: { label: string; value: number; most: number; onChange: (n: number) => void }) {
  return (
    <Field label={label} hint={t("settings.zeroOff")}>
      {(props) => <input {...props} type="number" min={0} max={most} step={1} value={value} onChange={(e) => onChange(Math.min(most, Math.max(0, Math.round(e.currentTarget.valueAsNumber || 0))))} />}
    </Field>
  );
}
