import { useEffect, useRef, useState } from "preact/hooks";
import { client, type IncidentMember, type IncidentOut, type IncidentPart } from "../../api.gen";
import { useLoad } from "../../load";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { Evidence } from "../../parts/Evidence";
import { pictured } from "../../parts/pictured";
import { step } from "../../parts/rowWindow";
import { Scraped } from "../../parts/Scraped";
import { TimeValue } from "../../parts/TimeValue";
import { fromRight, inRow, t } from "../../text";
import { split } from "./acts";
import { shortNames, shownMembers } from "./shown";
import css from "./Parting.module.css";
import { Weighed } from "./Weighed";

// Split parts the members into two columns. Left and right move the one that
// has the focus, and what the two sides would be is said below them.
export function Split({ case: caseID, group, chosen, onClose }: { case: string; group: IncidentOut; chosen: readonly string[]; onClose: () => void }) {
  const id = group.row.id;
  const members = shownMembers(group.members).filter((s) => s.member.counts).map((s) => s.member);
  const [leaving, setLeaving] = useState<ReadonlySet<string>>(() => new Set(chosen));
  const [at, setAt] = useState(0);
  const rows = useRef<HTMLDivElement>(null);
  const items = [...leaving].sort();
  const preview = useLoad((signal) => client.previewSplit({ case: caseID, incident: id, items: withCopies(group, leaving) }, { signal }), [caseID, id, items.join(" ")]);
  const put = (item: string, out: boolean) => {
    const next = new Set(leaving);
    if (out) next.add(item);
    else next.delete(item);
    setLeaving(next);
  };
  useEffect(() => {
    rows.current?.querySelector<HTMLElement>(`[data-at="${at}"]`)?.focus();
  }, [at, leaving]);
  const onKey = (e: KeyboardEvent) => {
    const member = members[at];
    if (!member || !(e.target instanceof HTMLElement) || !e.target.dataset["at"]) return;
    if (e.key === "ArrowDown" || e.key === "ArrowUp") setAt(step(at, e.key === "ArrowDown" ? 1 : -1, members.length));
    else if (e.key === (fromRight() ? "ArrowLeft" : "ArrowRight")) put(member.card.id, true);
    else if (e.key === (fromRight() ? "ArrowRight" : "ArrowLeft")) put(member.card.id, false);
    else return;
    e.preventDefault();
  };
  const can = leaving.size > 0 && leaving.size < members.length;
  const go = async () => {
    if (can && (await split(caseID, id, items))) onClose();
  };
  const column = (out: boolean, title: string, part: IncidentPart | undefined) => (
    <section class={css["column"]} aria-label={title}>
      <h3>{title}</h3>
      <ul class={css["rows"]}>
        {members.map((m, i) => leaving.has(m.card.id) === out && <Line key={m.card.id} case={caseID} member={m} at={i} current={i === at} out={out} onFocus={() => setAt(i)} onMove={() => put(m.card.id, !out)} />)}
      </ul>
      {![...members].some((m) => leaving.has(m.card.id) === out) && <p class="dim">{t("incidents.splitNone")}</p>}
      {part && part.items > 0 && (
        <p class={css["sum"]}>
          {t("incidents.media", { n: part.items - part.copies })}
          {part.copies > 0 && <> {t("incidents.copies", { n: part.copies })}</>} · {t("incidents.sources", { n: part.sources })}
          <br />
          {part.when} · <Scraped most={120}>{part.where}</Scraped>
        </p>
      )}
    </section>
  );
  return (
    <Dialog
      title={t("incidents.splitTitle", { id })}
      wide
      onClose={onClose}
      onSubmit={() => void go()}
      actions={
        <>
          <Button onClick={onClose}>{t("incidents.close")}</Button>
          <Button kind="main" disabled={!can} onClick={() => void go()}>
            {t("incidents.splitVerb", { n: leaving.size })}
          </Button>
        </>
      }
    >
      <p class="dim">{t("incidents.splitHint")}</p>
      <div ref={rows} class={css["columns"]} onKeyDown={onKey}>
        {column(false, t("incidents.splitStays", { id }), preview.data?.stays)}
        {column(true, t("incidents.splitLeaves"), preview.data?.leaves)}
      </div>
      {preview.data && can && (
        <div class={css["after"]} aria-live="polite">
          {preview.data.apart.length > 0 && <p>{t("incidents.splitApart", { apart: inRow(preview.data.apart) })}</p>}
          {preview.data.warnings.map((w) => (
            <p key={w} class={css["warning"]}>
              <Scraped most={300}>{w}</Scraped>
            </p>
          ))}
          <h3>{t("incidents.splitTies")}</h3>
          {preview.data.ties.length > 0 ? <Weighed reasons={preview.data.ties} names={shortNames(group.members)} /> : <p class="dim">{t("incidents.splitNoTies")}</p>}
        </div>
      )}
    </Dialog>
  );
}

function Line({ case: caseID, member: m, at, current, out, onFocus, onMove }: { case: string; member: IncidentMember; at: number; current: boolean; out: boolean; onFocus: () => void; onMove: () => void }) {
  return (
    <li class={css["line"]}>
      <button type="button" class={css["move"]} data-at={at} tabIndex={current ? 0 : -1} title={t(out ? "incidents.splitMoveBack" : "incidents.splitMoveOut")} onFocus={onFocus} onClick={onMove}>
        <span class={css["thumb"]}>
          <Evidence case={caseID} {...pictured(m.card)} size="cell" />
        </span>
        <span class={css["facts"]}>
          <span class={css["name"]}>
            <Scraped most={60}>{m.card.name}</Scraped>
          </span>
          <TimeValue time={m.card.time} compact />
        </span>
        <span aria-hidden="true">{out !== fromRight() ? "←" : "→"}</span>
        <span class="heard">{t(out ? "incidents.splitMoveBack" : "incidents.splitMoveOut")}</span>
      </button>
    </li>
  );
}

// withCopies are items with their copies among the members: those go along.
function withCopies(group: IncidentOut, items: ReadonlySet<string>): string[] {
  return group.members.filter((m) => items.has(m.card.id) || (m.role === "copy" && items.has(m.copy_of))).map((m) => m.card.id);
}
