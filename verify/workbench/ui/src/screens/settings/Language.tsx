import { Field } from "../../parts/Field";
import { tellError } from "../../parts/Toast";
import { choose, session, settings } from "../../session";
import { language, t } from "../../text";

// LanguageChoice changes the language of the page, which is then loaded anew.
export function LanguageChoice() {
  const now = settings.value.language;
  const known = session.value?.languages ?? [];
  const chosen = known.find((l) => l.tag === language());
  return (
    <Field label={t("settings.language")} hint={chosen && !chosen.read ? t("settings.language.unread") : ""}>
      {(props) => (
        <select {...props} value={now} onChange={(e) => void change(e.currentTarget.value)}>
          <option value="">{t("settings.language.system")}</option>
          {known.map((l) => (
            <option key={l.tag} value={l.tag} lang={l.tag} dir="auto">
              {l.name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

async function change(language: string): Promise<void> {
  try {
    await choose({ language });
    location.reload();
  } catch (error) {
    tellError(error);
  }
}
