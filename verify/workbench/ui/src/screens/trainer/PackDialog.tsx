// Making a pack: where it goes and the passphrase that seals its key. One that is
// made here is shown once.
import { useState } from "preact/hooks";
import type { PackMade } from "../../api.gen";
import type { ApiError } from "../../client";
import { asApiError } from "../../load";
import { Button } from "../../parts/Button";
import { Copy } from "../../parts/Copy";
import { Dialog } from "../../parts/Dialog";
import { Choices, Field } from "../../parts/Field";
import { FolderPicker } from "../../parts/FolderPicker";
import { bytes } from "../../parts/measure";
import { Scraped } from "../../parts/Scraped";
import { Failed } from "../../parts/State";
import { inWords, type Words } from "../../parts/Worded";
import { t } from "../../text";
import { PathField } from "./PathField";
import css from "./Trainer.module.css";

interface Props {
  title: Words; // of the exercise
  folder: string; // suggested
  pack: (order: { folder: string; passphrase: string }) => Promise<PackMade>;
  onClose: () => void;
}

export function PackDialog({ title, folder: suggested, pack, onClose }: Props) {
  const [folder, setFolder] = useState(suggested);
  const [picking, setPicking] = useState(false);
  const [whose, setWhose] = useState<"made" | "own">("made");
  const [own, setOwn] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const [made, setMade] = useState<PackMade | null>(null);
  const make = async () => {
    setBusy(true);
    setError(null);
    try {
      setMade(await pack({ folder, passphrase: whose === "own" ? own : "" }));
      setOwn("");
    } catch (failure) {
      setError(asApiError(failure));
    } finally {
      setBusy(false);
    }
  };
  if (picking)
    return (
      <FolderPicker
        title={t("trainer.pack.folder")}
        verb={t("trainer.pack.folder.take")}
        at={folder}
        onPick={(path) => {
          setFolder(path);
          setPicking(false);
        }}
        onClose={() => setPicking(false)}
      />
    );
  if (made) return <Made made={made} chosen={whose === "own"} onClose={onClose} />;
  return (
    <Dialog
      title={t("trainer.pack.title", { title: inWords(title).text })}
      onClose={onClose}
      onSubmit={() => void make()}
      actions={
        <>
          <Button onClick={onClose}>{t("parts.ask.cancel")}</Button>
          <Button kind="main" type="submit" busy={busy} disabled={folder === "" || (whose === "own" && own.trim() === "")}>
            {t(busy ? "trainer.packing" : "trainer.pack.verb")}
          </Button>
        </>
      }
    >
      <PathField label={t("trainer.pack.folder")} value={folder} onInput={setFolder} choose={t("trainer.pack.folder.choose")} onChoose={() => setPicking(true)} />
      <Choices
        label={t("trainer.passphrase")}
        value={whose}
        choices={[
          { value: "made", label: t("trainer.passphrase.made"), hint: t("trainer.passphrase.made.hint") },
          { value: "own", label: t("trainer.passphrase.own"), hint: t("trainer.passphrase.own.hint") },
        ]}
        onChange={setWhose}
      />
      {whose === "own" && (
        <Field label={t("trainer.passphrase.own.field")}>
          {(props) => <input {...props} dir="ltr" autocomplete="off" spellcheck={false} maxLength={1000} value={own} onInput={(e) => setOwn(e.currentTarget.value)} />}
        </Field>
      )}
      {error && <Failed error={error} />}
    </Dialog>
  );
}

// Made says where the pack is and what opens its key. It is closed by a button,
// for the passphrase does not come back.
function Made({ made, chosen, onClose }: { made: PackMade; chosen: boolean; onClose: () => void }) {
  return (
    <Dialog
      title={t("trainer.pack.made")}
      onClose={onClose}
      onSubmit={onClose}
      actions={
        <Button kind="main" type="submit">
          {t(chosen ? "trainer.pack.close" : "trainer.pack.noted")}
        </Button>
      }
    >
      <dl class={css["made"]}>
        <dt>{t("trainer.pack.file")}</dt>
        <dd class={css["copied"]}>
          <span>
            <Scraped most={600}>{made.path}</Scraped> <span class="dim">{bytes(made.bytes)}</span>
          </span>
          <Copy text={made.path} what="path" />
        </dd>
        <dt>{t("workshop.code")}</dt>
        <dd>
          <code class={css["code"]}>{made.code}</code>
          <p class="dim">{t("trainer.pack.code.hint")}</p>
        </dd>
        {!chosen && (
          <>
            <dt>{t("trainer.passphrase")}</dt>
            <dd>
              <span class={css["copied"]}>
                <code class={css["secret"]} data-passphrase="">
                  {made.passphrase}
                </code>
                <Copy text={made.passphrase} label={t("trainer.passphrase.copy")} />
              </span>
              <p class={css["careful"]}>{t("trainer.passphrase.once")}</p>
            </dd>
          </>
        )}
      </dl>
    </Dialog>
  );
}
