// Duplicate clusters: who had it first, what was made from what, and which
// copy stands for the others.
import { useEffect } from "preact/hooks";
import { client } from "../../api.gen";
import type { ClusterRow } from "../../api.gen";
import { changed } from "../../done";
import { useKeys, hint } from "../../keys";
import { useLoad } from "../../load";
import { Button } from "../../parts/Button";
import { Menu } from "../../parts/Menu";
import { RowList } from "../../parts/RowList";
import { step } from "../../parts/rowWindow";
import { Empty, Failed, Loading } from "../../parts/State";
import { tell } from "../../parts/Toast";
import { address, go, query, setQuery, type Route } from "../../router";
import { t } from "../../text";
import css from "./Clusters.module.css";
import { Detail } from "./Detail";
import { Row } from "./Row";
import { nextOpen } from "./branches";

const sorts = ["waiting", "copies", "sources", "time"] as const;
const shows = ["all", "open", "settled", "equal"] as const;
const rowHeight = 84; // px
const page = 8; // rows that PgUp and PgDn move by

export default function Clusters({ case: caseID, id }: Route) {
  const sort = sorts.find((s) => s === query.value.get("sort")) ?? "waiting";
  const show = shows.find((s) => s === query.value.get("show")) ?? "all";
  const list = useLoad((signal) => client.clusters({ case: caseID, sort, show }, { signal }), [caseID, sort, show, changed.value]);
  const rows = list.data?.clusters ?? [];
  const current = rows.findIndex((r) => r.id === id);
  const choose = (row: ClusterRow | undefined, replace = true) => {
    if (row && row.id !== id) go(address(caseID, "clusters", row.id) + kept(), { replace });
  };
  useEffect(() => {
    if (id === "" && rows.length > 0) choose(rows[0]);
  }, [id, list.data]);
  const next = () => {
    const row = nextOpen(rows, id);
    if (row) choose(row, false);
    else tell({ text: t("clusters.allSettled") });
  };
  const move = (by: number) => choose(rows[step(current, by, rows.length)]);
  useKeys("clusters", {
    down: () => move(1),
    up: () => move(-1),
    pageDown: () => move(page),
    pageUp: () => move(-page),
    first: () => choose(rows[0]),
    last: () => choose(rows[rows.length - 1]),
    skip: next,
  });
  if (list.error && !list.data) return <Failed error={list.error} retry={list.reload} />;
  if (!list.data) return <Loading shape="page" />;
  if (list.data.total === 0)
    return (
      <div class={css["bare"]}>
        <h1 class="heard">{t("clusters.title")}</h1>
        <Empty text={t("clusters.empty")} action={<Button kind="main" onClick={() => go(address(caseID, "import"))}>{t("clusters.empty.action")}</Button>} />
      </div>
    );
  return (
    <div class={css["screen"]}>
      <h1 class="heard">{t("clusters.title")}</h1>
      <section class={css["side"]} aria-label={t("clusters.list")}>
        <header class={css["count"]}>
          <strong aria-live="polite">{list.data.open > 0 ? t("clusters.waiting", { n: list.data.open }) : t("clusters.allSettled")}</strong>
          <span class="dim">
            {t("clusters.settled", { n: list.data.settled })}
            {list.data.equal > 0 && <> · {t("clusters.equal", { n: list.data.equal })}</>}
          </span>
          <div class={css["tools"]}>
            <Menu kind="quiet" small label={t("clusters.sort", { by: t(`clusters.sort.${sort}`) })} items={sorts.map((s) => ({ text: t(`clusters.sort.${s}`), checked: s === sort, onPick: () => setQuery({ sort: s === "waiting" ? null : s }) }))} />
            <Menu kind="quiet" small label={t("clusters.show", { what: t(`clusters.show.${show}`) })} items={shows.map((s) => ({ text: t(`clusters.show.${s}`), checked: s === show, onPick: () => setQuery({ show: s === "all" ? null : s }) }))} />
            <Button kind="quiet" small hint={hint("skip")} disabled={list.data.open === 0} onClick={next}>
              {t("clusters.next")}
            </Button>
          </div>
        </header>
        {rows.length === 0 ? (
          <Empty text={t("clusters.none", { what: t(`clusters.show.${show}`) })} action={<Button onClick={() => setQuery({ show: null })}>{t("clusters.none.all")}</Button>} />
        ) : (
          <RowList label={t("clusters.list")} items={rows} keyOf={(r) => r.id} current={current} row={rowHeight} onCurrent={(i) => choose(rows[i], false)}>
            {(r) => <Row case={caseID} row={r} />}
          </RowList>
        )}
      </section>
      {id !== "" && <Detail case={caseID} id={id} onSettled={next} />}
    </div>
  );
}

// kept is what of the address stays when another group is shown.
function kept(): string {
  const now = new URLSearchParams(location.search);
  now.delete("item");
  const text = now.toString();
  return text === "" ? "" : "?" + text;
}
