import { useState } from "preact/hooks";
import { client, type IncidentOut, type IncidentRow, type MergeOut } from "../../api.gen";
import { useLoad } from "../../load";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { Field } from "../../parts/Field";
import { Scraped } from "../../parts/Scraped";
import { Failed, Loading } from "../../parts/State";
import { address, go } from "../../router";
import { inRow, t } from "../../text";
import { merge } from "./acts";
import { shortNames } from "./shown";
import css from "./Parting.module.css";
import { Weighed } from "./Weighed";

const mostOffered = 12;

// Merge finds the other incident and shows both whys side by side, and what
// clashes, before anything is decided.
export function Merge({ case: caseID, group, first, onClose }: { case: string; group: IncidentOut; first?: string; onClose: () => void }) {
  const id = group.row.id;
  const [other, setOther] = useState(first ?? "");
  const preview = useLoad((signal) => (other === "" ? Promise.resolve(null) : client.previewMerge({ case: caseID, incident: id, other }, { signal })), [caseID, id, other]);
  const shown = other !== "" && preview.data?.rows.some((r) => r.id === other) ? preview.data : null;
  const decide = async () => {
    if (!shown || !(await merge(caseID, id, other))) return;
    onClose();
    if (shown.keeps !== id) go(address(caseID, "incidents", shown.keeps) + location.search, { replace: true });
  };
  return (
    <Dialog
      title={t("incidents.mergeTitle", { id })}
      wide
      onClose={onClose}
      onSubmit={() => void decide()}
      actions={
        <>
          {other !== "" && <Button onClick={() => setOther("")}>{t("incidents.mergeOther")}</Button>}
          <Button onClick={onClose}>{t("incidents.close")}</Button>
          <Button kind="main" disabled={!shown} onClick={() => void decide()}>
            {t("incidents.mergeVerb")}
          </Button>
        </>
      }
    >
      {other === "" ? <Choose case={caseID} group={group} onChoose={setOther} /> : preview.error ? <Failed error={preview.error} retry={preview.reload} /> : shown ? <Both merged={shown} /> : <Loading shape="rows" />}
    </Dialog>
  );
}

// Choose offers the nearest incidents, and finds any other by words.
function Choose({ case: caseID, group, onChoose }: { case: string; group: IncidentOut; onChoose: (id: string) => void }) {
  const [words, setWords] = useState("");
  const found = useLoad((signal) => (words.trim() === "" ? Promise.resolve(null) : client.incidents({ case: caseID, words }, { signal })), [caseID, words]);
  const near = group.neighbours.map((n) => ({ row: n.row, note: inRow(n.apart) }));
  const rows = words.trim() === "" ? near : (found.data?.incidents ?? []).filter((r) => r.id !== group.row.id && !r.by_hand).slice(0, mostOffered).map((row) => ({ row, note: "" }));
  return (
    <>
      <Field label={t("incidents.mergeFilter")}>{(props) => <input {...props} type="search" maxLength={200} value={words} onInput={(e) => setWords(e.currentTarget.value)} />}</Field>
      <ul class={css["offers"]} aria-label={t("incidents.mergeChoose")}>
        {rows.map(({ row, note }) => (
          <li key={row.id}>
            <button type="button" class={css["move"]} onClick={() => onChoose(row.id)}>
              <Facts row={row} />
              {note && <span class="dim">{note}</span>}
            </button>
          </li>
        ))}
      </ul>
      {rows.length === 0 && <p class="dim">{t("incidents.mergeNone")}</p>}
    </>
  );
}

function Facts({ row }: { row: IncidentRow }) {
  return (
    <span class={css["facts"]}>
      <span class={css["name"]}>
        {row.when} <span class="dim data">{row.id}</span>
      </span>
      <span class="dim">
        <Scraped most={120}>{row.summary || row.where}</Scraped> · {t("incidents.media", { n: row.media })} · {t("incidents.sources", { n: row.sources })}
      </span>
    </span>
  );
}

function Both({ merged }: { merged: MergeOut }) {
  const names = shortNames([{ paths: merged.paths }]);
  const [first, second] = merged.rows;
  return (
    <>
      <div class={css["columns"]}>
        {merged.rows.map((row, i) => (
          <section key={row.id} class={css["column"]} aria-label={row.id}>
            <h3>
              <Facts row={row} />
            </h3>
            {merged.whys[i] && merged.whys[i].length > 0 ? <Weighed reasons={merged.whys[i]} names={names} /> : <p class="dim">{t("incidents.noWhy")}</p>}
          </section>
        ))}
      </div>
      <div class={css["after"]}>
        {merged.clashes.length + merged.forbids.length > 0 && (
          <>
            <h3>{t("incidents.mergeClash")}</h3>
            {merged.clashes.map((c) => (
              <p key={c} class={css["warning"]}>
                {c}
              </p>
            ))}
            {merged.forbids.map((f) => (
              <p key={f.entry} class={css["warning"]}>
                <Scraped most={400}>{t("incidents.mergeForbids", { by: f.by, reason: f.reason })}</Scraped>
              </p>
            ))}
          </>
        )}
        {merged.apart.length > 0 && first && second && <p>{t("incidents.mergeApart", { a: first.id, b: second.id, apart: inRow(merged.apart) })}</p>}
        <h3>{t("incidents.mergeShared")}</h3>
        {merged.for.length > 0 ? (
          <ul>
            {merged.for.map((f) => (
              <li key={f}>{f}</li>
            ))}
          </ul>
        ) : (
          <p class="dim">{t("incidents.mergeSharedNone")}</p>
        )}
        <p class="dim">
          {t("incidents.mergeKeeps", { id: merged.keeps })} {t("incidents.mergeSpan", { when: merged.when })}
        </p>
      </div>
    </>
  );
}
