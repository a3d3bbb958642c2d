// The gallery: every item of the case that a filter finds, to be gone through
// with the keys.
import type { Card } from "../../api.gen";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { softenAll } from "../../care";
import { changed } from "../../done";
import { hint, useKeys } from "../../keys";
import { Button } from "../../parts/Button";
import { aside } from "../../parts/gridLayout";
import { Grid, type Cell as CellSize, type GridHandle } from "../../parts/Grid";
import { Empty, Failed, Loading } from "../../parts/State";
import { address, go, newExerciseAddress, type Route } from "../../router";
import { fromRight, t } from "../../text";
import { Cell, Line } from "./Cell";
import { Explain } from "./Explain";
import { FilterBox } from "./FilterBox";
import css from "./Gallery.module.css";
import { HelpDialog } from "./HelpDialog";
import { IncidentDialog } from "./IncidentDialog";
import { FacetMenu, GroupMenu, OrderMenu, SavedMenu } from "./Menus";
import { Nothing } from "./Nothing";
import { PickedBar } from "./PickedBar";
import { changeFilter, changeView, keepPosition, usePlace } from "./place";
import { written } from "./picked";
import { Side } from "./Side";
import { useGallery } from "./store";
import { Strip } from "./Strip";
import { TextDialog } from "../../parts/TextDialog";
import { tagsOf } from "../../marks";
import { useActs } from "./useActs";
import { usePosition } from "./usePosition";

import { more } from "./words";

const gridCell: CellSize = { width: 176, picture: 132, words: 44, gap: 14 };
const listCell: CellSize = { width: 0, picture: 0, words: 36, gap: 0 };
const wide = "(min-width: 1100px)";

export default function Gallery({ case: caseID }: Route) {
  const place = usePlace();
  const shown = useGallery(caseID, place);
  const { ids, result, card } = shown;
  const grid = useRef<GridHandle>(null);
  const position = usePosition(shown, place, grid);
  const { active, picked, pick, step, setActive } = position;
  const activeCard = card(ids.at(active));
  const [panel, setPanel] = useState(() => matchMedia(wide).matches);
  const { acts, dialog, setDialog, subjects, add } = useActs({ case: caseID, place, shown, position });

  const softenAndUnpick = () => {
    softenAll();
    position.unpick();
  };
  useKeys("gallery", {
    left: () => step(aside("left", fromRight())),
    right: () => step(aside("right", fromRight())),
    up: () => step("up"),
    down: () => step("down"),
    first: () => step("first"),
    last: () => step("last"),
    pageUp: () => step("pageUp"),
    pageDown: () => step("pageDown"),
    extendLeft: () => step(aside("left", fromRight()), true),
    extendRight: () => step(aside("right", fromRight()), true),
    extendUp: () => step("up", true),
    extendDown: () => step("down", true),
    select: () => pick(active),
    selectAll: position.pickAll,
    skip: () => step("right"),
    open: acts.open,
    pin: acts.pin,
    aside: acts.aside,
    clear: acts.clear,
    warning: acts.warning,
    note: acts.note,
    tag: acts.tag,
    duplicates: acts.duplicates,
    compare: acts.compare,
    checklist: acts.checklist,
    explain: acts.explain,
    panel: () => setPanel(!panel),
    close: picked.size > 0 ? softenAndUnpick : undefined,
  });

  useEffect(() => keepPosition(ids.at(active), written(picked, ids)), [ids, active, picked]);

  const list = place.view === "list";
  const moreOf = (i: number) => {
    const one = card(ids.at(i));
    return one ? more(one) : "";
  };
  const item = (i: number) => {
    const id = ids.at(i);
    const one = card(id);
    if (!one) return <span class={css["waiting"]} role="img" aria-label={t("gallery.waiting", { n: i + 1 })} />;
    const part = { case: caseID, card: one, version: stamp(one), current: i === active && !panel, picked: picked.has(id), onPick: () => pick(i) };
    return list ? <Line {...part} /> : <Cell {...part} />;
  };
  const onSight = useCallback((from: number, to: number) => shown.want(ids.slice(from, to)), [ids, shown.want]);
  const onActive = (i: number, event: MouseEvent) => {
    grid.current?.focus();
    if (event.shiftKey) position.extendTo(i);
    else if (event.ctrlKey || event.metaKey) pick(i);
    else setActive(i);
  };
  const tags = useMemo(() => result?.facets.find((f) => f.key === "tag")?.values.map((v) => v.value) ?? [], [result]);

  if (shown.error && !result)
    return (
      <>
        <h1 class="heard">{t("gallery.title")}</h1>
        <Failed error={shown.error} retry={shown.refresh} />
      </>
    );
  const total = ids.length;
  return (
    <div class={css["gallery"]} data-panel={(panel && (total > 0 || (!result && !shown.problem))) || undefined} aria-busy={shown.loading}>
      <h1 class="heard">{t("gallery.title")}</h1>
      <div class={css["top"]}>
        <div class={css["line"]}>
          <FilterBox case={caseID} filter={place.filter} problem={shown.problem} onFilter={changeFilter} onLeave={() => grid.current?.focus()} onHelp={() => setDialog("help")} />
          <span class={css["count"]} role="status">
            {result ? t("gallery.items", { n: total }) : ""}
          </span>
          <OrderMenu place={place} />
          <GroupMenu place={place} />
          <Button small kind="quiet" icon="grid" label={t("gallery.asGrid")} pressed={!list} onClick={() => changeView("grid")} />
          <Button small kind="quiet" icon="list" label={t("gallery.asList")} pressed={list} onClick={() => changeView("list")} />
          <Button small kind="quiet" hint={hint("panel")} pressed={panel} onClick={() => setPanel(!panel)}>
            {t("gallery.panel")}
          </Button>
        </div>
        <div class={css["line"]}>
          {result?.facets.map((f) => <FacetMenu key={f.key} facet={f} />)}
          <SavedMenu case={caseID} result={result} />
          <span class={css["side"]} />
          <Notices shown={shown} filter={place.filter} />
        </div>
        {shown.error && result && <Failed error={shown.error} retry={shown.refresh} />}
      </div>
      <div class={css["main"]}>
        {!result && !shown.problem && <Loading shape="grid" />}
        {!result && shown.problem && <Empty text={t("gallery.faultAsk")} action={<Button kind="main" onClick={() => changeFilter("")}>{t("gallery.clear")}</Button>} />}
        {result && total === 0 && !shown.loading && (result.all === 0 ? <Empty text={t("gallery.empty")} action={<Button kind="main" onClick={() => go(address(caseID, "import"))}>{t("gallery.emptyAct")}</Button>} /> : <Nothing drops={result.drops} />)}
        {total > 0 && (
          <Grid
            key={`${place.filter}|${place.sort}|${place.group}|${place.view}`}
            handle={grid}
            label={t("gallery.list")}
            count={total}
            sections={shown.sections}
            cell={list ? listCell : gridCell}
            active={active}
            picked={(i) => picked.has(ids.at(i))}
            item={item}
            more={moreOf}
            onActive={onActive}
            onOpen={acts.open}
            onSight={onSight}
          />
        )}
        {picked.size > 1 && <PickedBar count={picked.size} acts={acts} onIncident={() => setDialog("incident")} onExercise={() => go(newExerciseAddress(caseID, [...picked]))} onUnpick={position.unpick} />}
        {result && total > 0 && (
          <div class={css["strip"]}>
            <Strip bins={result.bins} filter={place.filter} onFilter={changeFilter} />
          </div>
        )}
      </div>
      {panel && (total > 0 || (!result && !shown.problem)) && (activeCard ? <Side case={caseID} card={activeCard} acts={acts} /> : <aside class={css["blankSide"]} aria-label={t("gallery.panel")} />)}
      {dialog === "help" && <HelpDialog case={caseID} onClose={() => setDialog("")} />}
      {dialog === "incident" && <IncidentDialog case={caseID} items={subjects()} onClose={() => setDialog("")} />}
      {dialog === "explain" && activeCard && <Explain case={caseID} card={activeCard} onClose={() => setDialog("")} />}
      {dialog === "tag" && (
        <TextDialog
          title={t("gallery.tagTitle", { n: subjects().length })}
          label={t("gallery.tagLabel")}
          verb={t("gallery.tagVerb")}
          most={500}
          used={tags.slice(0, 30)}
          usedLabel={t("gallery.tagUsed")}
          onClose={() => setDialog("")}
          onText={(text) => add({ add_tags: tagsOf(text) })}
        />
      )}
      {dialog === "note" && (
        <TextDialog title={t("gallery.noteTitle", { n: subjects().length })} label={t("gallery.noteLabel")} verb={t("gallery.noteVerb")} most={20_000} long onClose={() => setDialog("")} onText={(note) => add({ note })} />
      )}
      {dialog === "describe" && (
        <TextDialog
          title={t("gallery.describeTitle")}
          label={t("gallery.describeLabel")}
          verb={t("gallery.describeVerb")}
          most={4000}
          long
          empty
          initial={activeCard?.described ?? ""}
          onClose={() => setDialog("")}
          onText={(described) => add({ described })}
        />
      )}
    </div>
  );
}

// Notices say what is missing from the list, or that it would be another.
function Notices({ shown, filter }: { shown: ReturnType<typeof useGallery>; filter: string }) {
  const { result, stale } = shown;
  const told = (text: string, verb: string, act: () => void) => (
    <span class={css["told"]} role="status">
      {text}
      <Button small kind="quiet" onClick={act}>
        {verb}
      </Button>
    </span>
  );
  return (
    <>
      {stale !== 0 && told(stale < 0 ? t("gallery.staleOrder") : t("gallery.stale", { n: stale }), t("gallery.refresh"), shown.refresh)}
      {result && result.unread > 0 && filter === "" && told(t("gallery.unread", { n: result.unread }), t("gallery.show"), () => changeFilter("type:photo,video problem:unreadable"))}
      {result && result.aside > 0 && told(t("gallery.asideLeft", { n: result.aside }), t("gallery.show"), () => changeFilter(`${filter} setaside:any`.trim()))}
    </>
  );
}

// stamp changes with everything that a cell shows.
function stamp(card: Card): string {
  return [card.id, changed.value, card.pinned, card.set_aside, card.warning, card.notes, card.tags.length, card.described, card.masked].join("|");
}
