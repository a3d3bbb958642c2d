// Making a case: its name, and the folder that it is made in.
import { useState } from "preact/hooks";
import { client } from "../../api.gen";
import { asApiError } from "../../load";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { Field } from "../../parts/Field";
import { FolderPicker, room } from "../../parts/FolderPicker";
import { sentence } from "../../parts/Toast";
import { address, go } from "../../router";
import { session, settings } from "../../session";
import { t } from "../../text";
import css from "./Cases.module.css";

export function NewCase({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState("");
  const [dir, setDir] = useState(settings.value.case_folder);
  const [choosing, setChoosing] = useState(false);
  const [making, setMaking] = useState(false);
  const [error, setError] = useState("");
  const make = async () => {
    if (name.trim() === "") {
      setError(t("cases.needName"));
      return;
    }
    setMaking(true);
    try {
      go(address((await client.createCase({ dir, name: name.trim() })).id, "import"));
    } catch (failure) {
      const e = asApiError(failure);
      setError([e.what, e.hint].filter(Boolean).map(sentence).join(" "));
      setMaking(false);
    }
  };
  const usual = dir === settings.value.case_folder && session.value;
  return (
    <Dialog
      title={t("cases.newTitle")}
      onClose={onClose}
      onSubmit={() => void make()}
      actions={
        <>
          <Button onClick={onClose}>{t("parts.ask.cancel")}</Button>
          <Button kind="main" type="submit" busy={making}>
            {t("cases.newVerb")}
          </Button>
        </>
      }
    >
      <Field label={t("cases.name")} hint={t("cases.nameHint")} error={error}>
        {(props) => (
          <input
            {...props}
            maxLength={100}
            autocomplete="off"
            value={name}
            onInput={(e) => {
              setName(e.currentTarget.value);
              setError("");
            }}
          />
        )}
      </Field>
      <Field label={t("cases.in")} hint={usual ? room(usual) : ""}>
        {(props) => (
          <span class={css["folder"]}>
            <input {...props} readOnly value={dir} />
            <Button onClick={() => setChoosing(true)}>{t("cases.choose")}</Button>
          </span>
        )}
      </Field>
      {choosing && (
        <FolderPicker
          title={t("cases.in")}
          verb={t("cases.here")}
          at={dir === settings.value.case_folder ? "" : dir}
          onClose={() => setChoosing(false)}
          onPick={(path) => {
            setDir(path);
            setChoosing(false);
          }}
        />
      )}
    </Dialog>
  );
}
