// Reports and exports: choose what is handed on, see exactly what it will be,
// then write it. Nothing leaves before it was shown.
import { useState } from "preact/hooks";
import { client, type HandOnChoices } from "../../api.gen";
import type { ApiError } from "../../client";
import { asApiError, useLoad } from "../../load";
import { Button } from "../../parts/Button";
import { Empty, Failed, Loading } from "../../parts/State";
import { address, go, query, setQuery, type Route } from "../../router";
import { t } from "../../text";
import { How } from "./How";
import { LeaveOut } from "./LeaveOut";
import { formOf, idsOf, read, ready, written, type Choice } from "./form";
import { Preview, type Drafted } from "./Preview";
import css from "./Reports.module.css";
import { What } from "./What";

export default function Reports({ case: caseID }: Route) {
  const choices = useLoad((signal) => client.reports({ case: caseID }, { signal }), [caseID]);
  if (choices.error && !choices.data) return <Failed error={choices.error} retry={choices.reload} />;
  if (!choices.data) return <Loading shape="page" />;
  if (choices.data.items === 0)
    return (
      <Empty
        text={t("reports.empty")}
        action={
          <Button kind="main" onClick={() => go(address(caseID, "import"))}>
            {t("reports.empty.action")}
          </Button>
        }
      />
    );
  return <Choosing case={caseID} choices={choices.data} />;
}

function Choosing({ case: caseID, choices }: { case: string; choices: HandOnChoices }) {
  const [beside, setBeside] = useState<Pick<Choice, "title" | "pictures" | "sharp"> | null>(null); // what the address does not keep
  const [draft, setDraft] = useState<Drafted | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const choice: Choice = { ...read(query.value), ...beside };
  const format = choices.formats.find((f) => f.id === choice.format) ?? choices.formats[0]!;
  const change = (some: Partial<Choice>) => {
    const next = { ...choice, ...some };
    setBeside({ title: next.title, pictures: next.pictures, sharp: next.sharp });
    setQuery(written(next));
  };
  const lacks = ready(choice);
  const now = JSON.stringify(formOf(choice, format, [choice.filter]));
  const formNow = async (signal?: AbortSignal) => {
    const found = choice.scope === "media" && choice.filter.trim() !== "" ? idsOf((await client.gallery({ case: caseID, filter: choice.filter }, signal ? { signal } : {})).ids) : [];
    return { case: caseID, ...formOf(choice, format, found) };
  };
  const look = useLoad(async (signal) => (lacks === "" ? await client.lookReport(await formNow(signal), { signal }) : null), [caseID, JSON.stringify(formOf({ ...choice, title: "", sharp: [] }, format, [choice.filter])), lacks]);
  const make = async () => {
    setBusy(true);
    setError(null);
    try {
      setDraft({ made: await client.draftReport(await formNow()), of: now });
    } catch (failure) {
      setError(asApiError(failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div class={css["screen"]}>
      <form
        class={css["form"]}
        aria-label={t("reports.title")}
        onSubmit={(e) => {
          e.preventDefault();
          if (lacks === "") void make();
        }}
      >
        <header class={css["head"]}>
          <h1>{t("reports.title")}</h1>
          <a href={address(caseID, "checklist")}>{t("reports.checklists")}</a>
        </header>
        <What case={caseID} choices={choices} choice={choice} onChange={change} />
        <How choices={choices} choice={choice} format={format} onChange={change} />
        <LeaveOut choices={choices} choice={choice} format={format} onChange={change} />
        <footer class={css["foot"]}>
          <Button kind={draft?.of === now ? "line" : "main"} type="submit" busy={busy} disabled={lacks !== ""}>
            {t(busy ? "reports.making" : draft ? "reports.again" : "reports.make")}
          </Button>
          {lacks !== "" && <span class="dim">{t(`reports.needs.${lacks}`)}</span>}
        </footer>
      </form>
      <Preview case={caseID} choices={choices} choice={choice} look={look.data} draft={draft} stale={draft !== null && draft.of !== now} busy={busy} error={error ?? look.error} onChange={change} />
    </div>
  );
}
