// Handing in: the name, what is in the file word for word, and where it goes.
import { useState } from "preact/hooks";
import { client, type ExercisePage } from "../../api.gen";
import { asApiError, useLoad } from "../../load";
import { Button } from "../../parts/Button";
import { Copy } from "../../parts/Copy";
import { Dialog } from "../../parts/Dialog";
import { Field } from "../../parts/Field";
import { FolderPicker } from "../../parts/FolderPicker";
import { Icon } from "../../parts/Icon";
import { Scraped, visible } from "../../parts/Scraped";
import { sentence } from "../../parts/Toast";
import { t } from "../../text";
import css from "./Dialogs.module.css";

interface Props {
  case: string;
  page: ExercisePage;
  onClose: () => void;
}

const longestName = 80;
const longestText = 200_000; // characters shown

export function HandIn({ case: caseID, page, onClose }: Props) {
  const [name, setName] = useState(page.name);
  const [folder, setFolder] = useState(page.hand_in_dir);
  const [choosing, setChoosing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const [written, setWritten] = useState("");
  const text = useLoad((signal) => client.exerciseHandInText({ case: caseID, name }, { signal }), [caseID, name]);
  const open = page.subjects - page.answered;
  const write = async () => {
    if (name.trim() === "") {
      setError(t("workshop.handIn.needName"));
      return;
    }
    setBusy(true);
    try {
      setWritten((await client.exerciseHandIn({ case: caseID, name, folder })).path);
    } catch (failure) {
      const e = asApiError(failure);
      setError([e.what, e.hint].filter(Boolean).map(sentence).join(" "));
    }
    setBusy(false);
  };
  if (written !== "") return <Done path={written} onClose={onClose} />;
  return (
    <Dialog
      title={t("workshop.handIn.title")}
      wide
      onClose={onClose}
      onSubmit={() => !busy && void write()}
      actions={
        <>
          <Button onClick={onClose}>{t("parts.ask.cancel")}</Button>
          <Button kind="main" type="submit" busy={busy}>
            {t("workshop.handIn.verb")}
          </Button>
        </>
      }
    >
      {open > 0 && <p>{t("workshop.handIn.open", { n: open })}</p>}
      {page.handed_in && <p>{t("workshop.handIn.again")}</p>}
      <Field label={t("workshop.handIn.name")} hint={t("workshop.handIn.name.hint")} error={error}>
        {(props) => (
          <input
            {...props}
            dir="auto"
            maxLength={longestName}
            autocomplete="off"
            value={name}
            onInput={(e) => {
              setName(e.currentTarget.value);
              setError("");
            }}
          />
        )}
      </Field>
      <Field label={t("workshop.handIn.folder")} hint={t("workshop.handIn.folder.hint")}>
        {(props) => (
          <span class={css["folder"]}>
            <input {...props} readOnly dir="ltr" value={visible(folder, 300)} />
            <Button onClick={() => setChoosing(true)}>{t("workshop.handIn.choose")}</Button>
          </span>
        )}
      </Field>
      <section class={css["inside"]} aria-labelledby="inside">
        <h3 id="inside">{t("workshop.handIn.text")}</h3>
        <p class={css["note"]}>{t("workshop.handIn.text.hint")}</p>
        <pre class={css["file"]} tabIndex={0} role="group" aria-labelledby="inside" dir="ltr">
          {text.error ? sentence(text.error.what) : visible(text.data?.text ?? "", longestText)}
        </pre>
      </section>
      {choosing && (
        <FolderPicker
          title={t("workshop.handIn.folder.title")}
          verb={t("workshop.handIn.folder.verb")}
          onClose={() => setChoosing(false)}
          onPick={(path) => {
            setFolder(path);
            setChoosing(false);
          }}
        />
      )}
    </Dialog>
  );
}

function Done({ path, onClose }: { path: string; onClose: () => void }) {
  return (
    <Dialog
      title={t("workshop.handIn.done")}
      onClose={onClose}
      onSubmit={onClose}
      actions={
        <Button kind="main" type="submit">
          {t("parts.dialog.close")}
        </Button>
      }
    >
      <p class={css["done"]}>
        <Icon name="check" /> {t("workshop.handIn.give")}
      </p>
      <p class={css["path"]}>
        <code>
          <Scraped most={600}>{path}</Scraped>
        </code>
        <Copy text={path} what="path" />
      </p>
    </Dialog>
  );
}
