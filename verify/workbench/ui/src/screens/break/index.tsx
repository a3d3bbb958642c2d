// A calm page for a break: nothing on it asks for anything.
import { useState } from "preact/hooks";
import { rest } from "../../care";
import { Button } from "../../parts/Button";
import { Field } from "../../parts/Field";
import { tellError } from "../../parts/Toast";
import { go } from "../../router";
import { choose, settings } from "../../session";
import { t } from "../../text";
import css from "./Break.module.css";

export default function Break() {
  const contacts = settings.value.contacts;
  const [editing, setEditing] = useState<string | null>(null);
  const back = () => {
    rest();
    if (history.length > 1) history.back();
    else go("/");
  };
  const save = () =>
    void choose({ contacts: (editing ?? "").trim() }).then(() => setEditing(null), tellError);
  return (
    <div class={css["page"]}>
      <svg class={css["horizon"]} viewBox="0 0 240 80" width="240" height="80" aria-hidden="true" focusable="false">
        <circle cx="120" cy="46" r="22" />
        <path d="M10 60h220M40 70h160M80 79h80" />
      </svg>
      <h1>{t("break.title")}</h1>
      <p class={css["words"]}>{t("break.words")}</p>
      {editing !== null ? (
        <div class={css["edit"]}>
          <Field label={t("break.contacts")} hint={t("break.contactsHint")}>
            {(props) => <textarea {...props} rows={5} maxLength={4000} value={editing} onInput={(e) => setEditing(e.currentTarget.value)} />}
          </Field>
          <span class={css["acts"]}>
            <Button onClick={() => setEditing(null)}>{t("parts.ask.cancel")}</Button>
            <Button onClick={save}>{t("break.keep")}</Button>
          </span>
        </div>
      ) : contacts ? (
        <div class={css["contacts"]}>
          <h2>{t("break.contacts")}</h2>
          <p class={css["lines"]}>
            <bdi dir="auto">{contacts}</bdi>
          </p>
        </div>
      ) : null}
      <span class={css["acts"]}>
        {editing === null && (
          <Button kind="quiet" onClick={() => setEditing(contacts)}>
            {contacts ? t("break.change") : t("break.add")}
          </Button>
        )}
        <Button onClick={back}>{t("break.back")}</Button>
      </span>
      <p class="dim">{t("break.unrecorded")}</p>
    </div>
  );
}
