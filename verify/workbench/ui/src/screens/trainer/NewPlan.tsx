// Beginning an exercise: what it is called, and the case and files that it is made
// of.
import { useState } from "preact/hooks";
import { client } from "../../api.gen";
import type { ApiError } from "../../client";
import { asApiError, useLoad } from "../../load";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { Field } from "../../parts/Field";
import { visible } from "../../parts/Scraped";
import { Failed } from "../../parts/State";
import { go, query } from "../../router";
import { language, t } from "../../text";
import { Chooser } from "./Chooser";
import { shortName, shortNamePattern } from "./plan";

export function NewPlan({ onClose }: { onClose: () => void }) {
  const cases = useLoad((signal) => client.cases({}, { signal }), []);
  const open = cases.data?.open ?? [];
  const [chosenCase, setChosenCase] = useState(query.value.get("case") ?? "");
  const [title, setTitle] = useState("");
  const [name, setName] = useState<string | null>(null);
  const [items, setItems] = useState<string[]>(() => query.value.getAll("item").filter((id) => /^[0-9a-f]{64}$/.test(id)));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const caseID = chosenCase || (open[0]?.id ?? "");
  const id = name ?? (shortName(title) || "exercise");
  const ready = title.trim() !== "" && shortNamePattern.test(id) && items.length > 0 && caseID !== "";
  const begin = async () => {
    if (!ready) return;
    setBusy(true);
    setError(null);
    try {
      const page = await client.beginPlan({ case: caseID, exercise: id, title: title.trim(), language: language(), items });
      go(`/trainer?plan=${page.id}`, { replace: true });
    } catch (failure) {
      setError(asApiError(failure));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t("trainer.new.title")}
      wide
      onClose={onClose}
      onSubmit={() => void begin()}
      actions={
        <>
          <Button onClick={onClose}>{t("parts.ask.cancel")}</Button>
          <Button kind="main" type="submit" busy={busy} disabled={!ready}>
            {t("trainer.new.verb")}
          </Button>
        </>
      }
    >
      <Field label={t("trainer.about.title")}>
        {(props) => <input {...props} dir="auto" maxLength={300} autocomplete="off" value={title} onInput={(e) => setTitle(e.currentTarget.value)} />}
      </Field>
      <Field label={t("trainer.about.id")} hint={t("trainer.about.id.hint")} error={shortNamePattern.test(id) ? "" : t("trainer.about.id.wrong")}>
        {(props) => <input {...props} dir="ltr" maxLength={60} autocomplete="off" spellcheck={false} value={id} onInput={(e) => setName(e.currentTarget.value)} />}
      </Field>
      {cases.data && open.length === 0 ? (
        <p role="note">{t("trainer.new.noCase")}</p>
      ) : (
        <Field label={t("trainer.new.case")} hint={t("trainer.new.case.hint")}>
          {(props) => (
            <select
              {...props}
              value={caseID}
              onChange={(e) => {
                setChosenCase(e.currentTarget.value);
                setItems([]);
              }}
            >
              {open.map((c) => (
                <option key={c.id} value={c.id}>
                  {visible(`${c.name} – ${c.dir}`, 160)}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {caseID !== "" && <Chooser case={caseID} chosen={items} onChange={setItems} />}
      {error && <Failed error={error} />}
    </Dialog>
  );
}
