// Writing a draft: a folder of this machine and a name. Nothing is ever written
// over.
import { useState } from "preact/hooks";
import { client, type HandOn, type Saved } from "../../api.gen";
import type { ApiError } from "../../client";
import { asApiError } from "../../load";
import { Button } from "../../parts/Button";
import { Copy } from "../../parts/Copy";
import { Dialog } from "../../parts/Dialog";
import { Field } from "../../parts/Field";
import { FolderPicker } from "../../parts/FolderPicker";
import { Failed } from "../../parts/State";
import { t } from "../../text";
import css from "./Preview.module.css";

interface Props {
  case: string;
  made: HandOn;
  folder: string; // suggested
  onClose: () => void;
}

export function Save({ case: caseID, made, folder: suggested, onClose }: Props) {
  const [folder, setFolder] = useState(suggested);
  const [name, setName] = useState(made.name);
  const [picking, setPicking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const [saved, setSaved] = useState<Saved | null>(null);
  const write = async () => {
    setBusy(true);
    setError(null);
    try {
      setSaved(await client.saveReport({ case: caseID, draft: made.draft, folder, name }));
    } catch (failure) {
      setError(asApiError(failure));
    } finally {
      setBusy(false);
    }
  };
  if (picking) return <FolderPicker title={t("reports.folder")} verb={t("reports.folder.take")} at={folder} onPick={(path) => (setFolder(path), setPicking(false))} onClose={() => setPicking(false)} />;
  if (saved) return <Done saved={saved} onClose={onClose} />;
  return (
    <Dialog
      title={t(made.folder ? "reports.save.folderTitle" : "reports.save.title")}
      onClose={onClose}
      onSubmit={() => void write()}
      actions={
        <>
          <Button onClick={onClose}>{t("parts.ask.cancel")}</Button>
          <Button kind="main" type="submit" busy={busy} disabled={name.trim() === "" || folder === ""}>
            {t(busy ? "reports.writing" : "reports.write")}
          </Button>
        </>
      }
    >
      <Field label={t("reports.save.where")}>{(props) => <input {...props} spellcheck={false} autocomplete="off" value={folder} onInput={(e) => setFolder(e.currentTarget.value)} />}</Field>
      <Button onClick={() => setPicking(true)} icon="folder">
        {t("reports.folder")}
      </Button>
      <Field label={t("reports.save.name")} hint={t("reports.save.hint")}>
        {(props) => <input {...props} spellcheck={false} autocomplete="off" maxLength={200} value={name} onInput={(e) => setName(e.currentTarget.value)} />}
      </Field>
      {error && <Failed error={error} />}
    </Dialog>
  );
}

function Done({ saved, onClose }: { saved: Saved; onClose: () => void }) {
  return (
    <Dialog title={t("reports.saved")} onClose={onClose} onSubmit={onClose} actions={<Button type="submit">{t("reports.close")}</Button>}>
      <p class={css["path"]}>
        <code>{saved.path}</code> <Copy text={saved.path} what="path" />
      </p>
      {saved.losses.length > 0 && (
        <>
          <p>{t("reports.losses", { n: saved.losses.length + saved.more_losses })}</p>
          <ul class={css["losses"]}>
            {saved.losses.map((l) => (
              <li key={l.what + l.why}>
                {l.what}: {l.why}
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}
