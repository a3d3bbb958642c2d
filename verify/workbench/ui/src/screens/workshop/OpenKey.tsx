// Opening the key: for practice at once, else with the pack and the passphrase
// that the trainer tells.
import { useState } from "preact/hooks";
import { client, type ExercisePage } from "../../api.gen";
import { asApiError } from "../../load";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { Field } from "../../parts/Field";
import { FolderPicker } from "../../parts/FolderPicker";
import { visible } from "../../parts/Scraped";
import { Partial } from "../../parts/State";
import { sentence } from "../../parts/Toast";
import { t } from "../../text";
import css from "./Dialogs.module.css";

interface Props {
  case: string;
  page: ExercisePage;
  onPage: (page: ExercisePage) => void;
  onClose: () => void;
}

export function OpenKey({ case: caseID, page, onPage, onClose }: Props) {
  const [path, setPath] = useState(page.pack_path);
  const [passphrase, setPassphrase] = useState("");
  const [choosing, setChoosing] = useState(path === "" && !page.practice);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const open = async () => {
    if (!page.practice && passphrase.trim() === "") {
      setError(t("workshop.key.needPassphrase"));
      return;
    }
    setBusy(true);
    try {
      onPage(await client.exerciseKey({ case: caseID, path, passphrase: passphrase.trim() }));
      onClose();
    } catch (failure) {
      const e = asApiError(failure);
      setError([e.what, e.hint].filter(Boolean).map(sentence).join(" "));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t("workshop.key.title")}
      onClose={onClose}
      onSubmit={() => !busy && void open()}
      actions={
        <>
          <Button onClick={onClose}>{t("parts.ask.cancel")}</Button>
          <Button kind="main" type="submit" busy={busy}>
            {t("workshop.key.verb")}
          </Button>
        </>
      }
    >
      <p>{t("workshop.key.after")}</p>
      {page.practice ? (
        <p class="dim">{t("workshop.key.practice")}</p>
      ) : (
        <>
          {!page.handed_in && <Partial text={t("workshop.key.notHanded")} />}
          <Field label={t("workshop.key.passphrase")} hint={t("workshop.key.passphrase.hint")} error={error}>
            {(props) => (
              <input
                {...props}
                data-first
                dir="auto"
                maxLength={1000}
                spellcheck={false}
                autocomplete="off"
                autocapitalize="off"
                value={passphrase}
                onInput={(e) => {
                  setPassphrase(e.currentTarget.value);
                  setError("");
                }}
              />
            )}
          </Field>
          <Field label={t("workshop.key.pack")}>
            {(props) => (
              <span class={css["folder"]}>
                <input {...props} readOnly dir="ltr" value={visible(path, 300)} />
                <Button onClick={() => setChoosing(true)}>{t("workshop.handIn.choose")}</Button>
              </span>
            )}
          </Field>
        </>
      )}
      {page.practice && error && <p role="alert">{error}</p>}
      {choosing && (
        <FolderPicker
          title={t("workshop.key.pack.title")}
          verb={t("workshop.key.pack.verb")}
          ending=".zip"
          onClose={() => setChoosing(false)}
          onPick={(at) => {
            setPath(at);
            setChoosing(false);
          }}
        />
      )}
    </Dialog>
  );
}
