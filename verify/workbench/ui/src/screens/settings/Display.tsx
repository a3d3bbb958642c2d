import { Check, Choices, Field } from "../../parts/Field";
import { settings } from "../../session";
import { t } from "../../text";
import { keep } from "./Care";
import { themes } from "./choices";
import { LanguageChoice } from "./Language";

export function Display() {
  const now = settings.value;
  return (
    <>
      <Choices label={t("settings.theme")} row value={now.theme} choices={themes()} onChange={(theme) => keep({ theme })} />
      <LanguageChoice />
      <Field label={t("settings.by")} hint={t("start.nameHint")}>
        {(props) => <input {...props} maxLength={200} autocomplete="off" defaultValue={now.by} onChange={(e) => keep({ by: e.currentTarget.value.trim() })} />}
      </Field>
      <Check label={t("settings.advance")} hint={t("settings.advanceHint")} checked={now.auto_advance} onChange={(auto_advance) => keep({ auto_advance })} />
      <Check label={t("settings.title")} hint={t("settings.titleHint")} checked={now.case_in_title} onChange={(case_in_title) => keep({ case_in_title })} />
    </>
  );
}
