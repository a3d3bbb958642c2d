// Collecting answers: the folder or stick that they lie on, the pack that they
// are of, and its passphrase, which is kept nowhere.
import { useState } from "preact/hooks";
import { client, type CollectionName } from "../../api.gen";
import type { ApiError } from "../../client";
import { asApiError } from "../../load";
import { Button } from "../../parts/Button";
import { Check, Field } from "../../parts/Field";
import { FolderPicker } from "../../parts/FolderPicker";
import { Scraped } from "../../parts/Scraped";
import { Failed } from "../../parts/State";
import { Worded } from "../../parts/Worded";
import { collectionAddress, go, query, setQuery } from "../../router";
import { t } from "../../text";
import { PathField } from "./PathField";
import css from "./Trainer.module.css";

export function Collect({ open, folder: usual }: { open: readonly CollectionName[]; folder: string }) {
  const folder = query.value.get("folder") ?? "";
  const pack = query.value.get("pack") ?? "";
  const [passphrase, setPassphrase] = useState("");
  const [shown, setShown] = useState(false);
  const [picking, setPicking] = useState<"folder" | "pack" | "">("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const collect = async () => {
    setBusy(true);
    setError(null);
    try {
      const made = await client.collect({ folder, pack, passphrase });
      setPassphrase("");
      go(collectionAddress(made.collection));
    } catch (failure) {
      setError(asApiError(failure));
      setBusy(false);
    }
  };
  const picked = (what: "folder" | "pack") => (path: string) => {
    setPicking("");
    setQuery({ [what]: path });
  };
  return (
    <section class={css["job"]} aria-labelledby="collect">
      <h2 id="collect">{t("trainer.collect")}</h2>
      <form
        class={css["form"]}
        onSubmit={(event) => {
          event.preventDefault();
          void collect();
        }}
      >
        <p class="dim">{t("trainer.collect.hint")}</p>
        <PathField label={t("trainer.collect.folder")} hint={t("trainer.collect.folder.hint")} value={folder} onInput={(path) => setQuery({ folder: path })} choose={t("trainer.collect.folder.choose")} onChoose={() => setPicking("folder")} />
        <PathField label={t("trainer.collect.pack")} hint={t("trainer.collect.pack.hint")} value={pack} onInput={(path) => setQuery({ pack: path })} choose={t("trainer.collect.pack.choose")} onChoose={() => setPicking("pack")} />
        <Field label={t("trainer.passphrase")} hint={t("trainer.collect.passphrase.hint")}>
          {(props) => {
            const all = { ...props, dir: "ltr", autocomplete: "off", spellcheck: false, maxLength: 1000, value: passphrase, onInput: (e: { currentTarget: HTMLInputElement }) => setPassphrase(e.currentTarget.value) } as const;
            return shown ? <input {...all} type="text" /> : <input {...all} type="password" />;
          }}
        </Field>
        <Check label={t("trainer.passphrase.show")} checked={shown} onChange={setShown} />
        {error && <Failed error={error} />}
        <span>
          <Button type="submit" busy={busy} disabled={folder === "" || pack === "" || passphrase.trim() === ""}>
            {t(busy ? "trainer.collecting" : "trainer.collect.verb")}
          </Button>
        </span>
      </form>
      {open.length > 0 && <Open list={open} />}
      {picking === "folder" && <FolderPicker title={t("trainer.collect.folder")} verb={t("trainer.collect.folder.take")} at={folder || usual} onPick={picked("folder")} onClose={() => setPicking("")} />}
      {picking === "pack" && <FolderPicker title={t("trainer.collect.pack")} verb={t("trainer.collect.pack.take")} at={parent(pack) || usual} ending=".zip" onPick={picked("pack")} onClose={() => setPicking("")} />}
    </section>
  );
}

// parent is the folder that a file lies in.
export function parent(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, "");
}

function Open({ list }: { list: readonly CollectionName[] }) {
  return (
    <div class={css["part"]}>
      <h3>{t("trainer.collections")}</h3>
      <ul class={css["rows"]}>
        {list.map((one) => (
          <li key={one.collection} class={css["row"]}>
            <span class={css["facts"]}>
              <strong>
                <a href={collectionAddress(one.collection)}>
                  <Worded words={one.title} most={120} />
                </a>
              </strong>
              <span class="dim">
                {t("trainer.learners", { n: one.learners })} · <Scraped most={200}>{one.folder}</Scraped>
              </span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
