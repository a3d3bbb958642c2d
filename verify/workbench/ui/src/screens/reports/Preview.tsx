// The draft: what it names and places, what it leaves out, its digests, and the
// file itself. What is shown is what is written, byte for byte.
import { useState } from "preact/hooks";
import type { HandOn, HandOnChoices } from "../../api.gen";
import type { ApiError } from "../../client";
import { Button } from "../../parts/Button";
import { Empty, Failed, Loading, Partial } from "../../parts/State";
import { t } from "../../text";
import type { Choice } from "./form";
import { Contents } from "./Contents";
import css from "./Preview.module.css";
import { Save } from "./Save";
import { Sharp } from "./Sharp";

// Drafted is a draft with the choice that it was made of.
export interface Drafted {
  made: HandOn;
  of: string;
}

interface Props {
  case: string;
  choices: HandOnChoices;
  choice: Choice;
  look: HandOn | null; // what it would hold, before it is made
  draft: Drafted | null;
  stale: boolean; // something else was chosen since
  busy: boolean;
  error: ApiError | null;
  onChange: (some: Partial<Choice>) => void;
}

export function Preview({ case: caseID, choices, choice, look, draft, stale, busy, error, onChange }: Props) {
  const [saving, setSaving] = useState(false);
  if (error && !busy) return <Failed error={error} />;
  if (!draft) return <Before case={caseID} look={look} busy={busy} choice={choice} onChange={onChange} />;
  const { made } = draft;
  const shown = `/report/${encodeURIComponent(caseID)}/${encodeURIComponent(made.draft)}`;
  const page = made.files.length === 1 && made.text === "";
  return (
    <section class={css["preview"]} aria-label={t("reports.preview")} aria-busy={busy || undefined} data-stale={stale || undefined}>
      {stale && <Partial text={t("reports.stale")} />}
      <header class={css["head"]}>
        <h2 class={css["name"]}>
          <bdi dir="auto">{made.name}</bdi>
        </h2>
        <div class={css["acts"]}>
          {page && (
            <a class={css["link"]} href={shown} target="_blank" rel="noopener">
              {t("reports.alone")}
            </a>
          )}
          {!made.later && (
            <a class={css["link"]} href={`${shown}?download=1`} download aria-disabled={stale || undefined}>
              {t(made.folder ? "reports.download.folder" : "reports.download")}
            </a>
          )}
          <Button kind={stale ? "line" : "main"} disabled={stale || busy} onClick={() => setSaving(true)}>
            {t("reports.save")}
          </Button>
        </div>
      </header>
      <Contents made={stale && look ? look : made} />
      {choice.pictures === "sharp" && <Sharp case={caseID} made={made} choice={choice} onChange={onChange} />}
      {page && <p class={css["hint"]}>{t("reports.pdf")}</p>}
      {page && <iframe class={css["page"]} src={shown} title={t("reports.preview")} sandbox="" tabIndex={0} />}
      {made.text !== "" && (
        <pre class={css["text"]} tabIndex={0} aria-label={t("reports.text")}>
          {made.text}
        </pre>
      )}
      {made.later && <Partial text={t("reports.later")} />}
      {saving && <Save case={caseID} made={made} folder={choices.folder} onClose={() => setSaving(false)} />}
    </section>
  );
}

// Before is what a draft would hold, said before it is made.
function Before({ case: caseID, look, busy, choice, onChange }: Pick<Props, "case" | "look" | "busy" | "choice" | "onChange">) {
  if (!look) return busy ? <Loading shape="page" /> : <Empty text={t("reports.none")} />;
  return (
    <section class={css["preview"]} aria-label={t("reports.before")} aria-busy={busy || undefined}>
      <header class={css["head"]}>
        <h2 class={css["name"]}>
          <bdi dir="auto">{look.name}</bdi>
        </h2>
      </header>
      <Contents made={look} />
      {choice.pictures === "sharp" && <Sharp case={caseID} made={look} choice={choice} onChange={onChange} />}
      <p class={css["hint"]}>{t("reports.none")}</p>
    </section>
  );
}
