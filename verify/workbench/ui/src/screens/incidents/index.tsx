// The incident board: candidate events, why their items were put together, and
// what a person decides of them.
import { useEffect, useRef, useState } from "preact/hooks";
import { client, type IncidentRow } from "../../api.gen";
import { changed } from "../../done";
import { hint, useKeys } from "../../keys";
import { useLoad } from "../../load";
import { Button } from "../../parts/Button";
import { Menu } from "../../parts/Menu";
import { RowList } from "../../parts/RowList";
import { step } from "../../parts/rowWindow";
import { Empty, Failed, Loading } from "../../parts/State";
import { tell } from "../../parts/Toast";
import { address, go, query, setQuery, type Route } from "../../router";
import { t } from "../../text";
import { nextCandidate } from "./shown";
import { Changes } from "./Changes";
import { Detail } from "./Detail";
import css from "./Incidents.module.css";
import { Row } from "./Row";

const sorts = ["confidence", "time", "size", "sources", "name"] as const;
const statuses = ["candidate", "confirmed", "rejected"] as const;
const rowHeight = 76; // px
const page = 8; // rows that PgUp and PgDn move by
const pause = 250; // ms after the last letter until the filter is asked for

export default function Incidents({ case: caseID, id }: Route) {
  const sort = sorts.find((s) => s === query.value.get("sort")) ?? "confidence";
  const status = statuses.find((s) => s === query.value.get("status")) ?? "";
  const words = query.value.get("words") ?? "";
  const changes = query.value.has("changes");
  const list = useLoad((signal) => client.incidents({ case: caseID, sort, status, words }, { signal }), [caseID, sort, status, words, changed.value]);
  const rows = list.data?.incidents ?? [];
  const current = rows.findIndex((r) => r.id === id);
  const filter = useRef<HTMLInputElement>(null);
  const choose = (row: IncidentRow | undefined, replace = true) => {
    if (row && (row.id !== id || changes)) go(address(caseID, "incidents", row.id) + kept(), { replace });
  };
  useEffect(() => {
    if (id === "" && !changes && rows.length > 0) choose(rows[0]);
  }, [id, changes, list.data]);
  const next = () => {
    const row = nextCandidate(rows, id);
    if (row) choose(row, false);
    else tell({ text: t("incidents.none") });
  };
  const move = (by: number) => choose(rows[step(current, by, rows.length)]);
  useKeys("incidents", {
    down: () => move(1),
    up: () => move(-1),
    pageDown: () => move(page),
    pageUp: () => move(-page),
    first: () => choose(rows[0]),
    last: () => choose(rows[rows.length - 1]),
    skip: next,
    filter: () => filter.current?.focus(),
  });
  if (list.error && !list.data) return <Failed error={list.error} retry={list.reload} />;
  if (!list.data) return <Loading shape="page" />;
  const { candidates, confirmed, rejected } = list.data;
  const all = candidates + confirmed + rejected;
  if (all === 0)
    return (
      <div class={css["bare"]}>
        <h1 class="heard">{t("incidents.title")}</h1>
        <Empty text={t("incidents.empty")} action={<Button kind="main" onClick={() => go(address(caseID, "import"))}>{t("incidents.empty.action")}</Button>} />
      </div>
    );
  const numbers = { candidate: candidates, confirmed, rejected };
  return (
    <div class={css["screen"]}>
      <h1 class="heard">{t("incidents.title")}</h1>
      <section class={css["side"]} aria-label={t("incidents.list")}>
        <header class={css["tools"]}>
          <div class={css["tabs"]} role="group" aria-label={t("incidents.showStatus")}>
            <Button small kind="quiet" pressed={status === ""} onClick={() => setQuery({ status: null })}>
              {t("incidents.all", { n: all })}
            </Button>
            {statuses.map((s) => (
              <Button key={s} small kind="quiet" pressed={status === s} onClick={() => setQuery({ status: s })}>
                {t(`incidents.${s}`, { n: numbers[s] })}
              </Button>
            ))}
          </div>
          <div class={css["find"]}>
            <Words value={words} inner={filter} />
            <Menu kind="quiet" small label={t("incidents.sort", { by: t(`incidents.sort.${sort}`) })} items={sorts.map((s) => ({ text: t(`incidents.sort.${s}`), checked: s === sort, onPick: () => setQuery({ sort: s === "confidence" ? null : s }) }))} />
          </div>
          {list.data.changes > 0 && (
            <Button icon="alert" onClick={() => go(address(caseID, "incidents") + "?changes=1")}>
              {t("incidents.changes", { n: list.data.changes })}
            </Button>
          )}
        </header>
        {rows.length === 0 ? (
          <Empty text={t("incidents.none")} action={<Button onClick={() => setQuery({ status: null, words: null })}>{t("incidents.none.all")}</Button>} />
        ) : (
          <RowList label={t("incidents.list")} items={rows} keyOf={(r) => r.id} current={current} row={rowHeight} onCurrent={(i) => choose(rows[i], false)}>
            {(r) => <Row row={r} />}
          </RowList>
        )}
        <p class="heard" aria-live="polite">
          {t("incidents.media", { n: rows.length })}
        </p>
      </section>
      {changes ? <Changes case={caseID} /> : id !== "" && <Detail case={caseID} id={id} onDecided={next} skipHint={hint("skip")} />}
    </div>
  );
}

// Words is the filter: it is asked for when the person pauses.
function Words({ value, inner }: { value: string; inner: { current: HTMLInputElement | null } }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => setQuery({ words: text }), pause);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <input
      ref={inner}
      class={css["words"]}
      type="search"
      value={text}
      maxLength={200}
      aria-label={t("incidents.filter")}
      placeholder={t("incidents.filterShort")}
      onInput={(e) => setText(e.currentTarget.value)}
      onKeyDown={(e) => {
        if (e.key !== "Escape") return;
        e.stopPropagation();
        e.currentTarget.blur();
      }}
    />
  );
}

// kept is what of the address stays when another incident is shown.
function kept(): string {
  const now = new URLSearchParams(location.search);
  for (const name of ["item", "sel", "changes"]) now.delete(name);
  const text = now.toString();
  return text === "" ? "" : "?" + text;
}

