import { useEffect, useState } from "preact/hooks";
import { client, type ComparePage, type Pair as Listed, type Shared } from "../../api.gen";
import { reveal, revealOf, type Subject } from "../../care";
import { trying } from "../../done";
import { useKeys } from "../../keys";
import { tellError } from "../../parts/Toast";
import { askReason } from "../../parts/ask";
import { Scraped } from "../../parts/Scraped";
import { clamp, moved, nearer, whole } from "../../parts/viewport";
import { address, go, query, setQuery } from "../../router";
import { by, settings } from "../../session";
import { t } from "../../text";
import { atSeconds } from "../media/film";
import css from "./Compare.module.css";
import { Differ } from "./Differ";
import { follow, regionsOf, stretched } from "./geometry";
import { Head } from "./Head";
import { Judge, type Verdict } from "./Judge";
import { Moments } from "./Moments";
import { Over } from "./Over";
import { keepingA, neighbour } from "./pairs";
import { Words } from "./Words";
import { SideBySide } from "./SideBySide";
import { modes, type Mode, type Panes, type View } from "./view";

interface Props {
  caseID: string;
  page: ComparePage;
  pairs: readonly Listed[];
  of: string;
  id: string;
}

const start: Omit<View, "mode"> = {
  look: whole,
  lookB: whole,
  locked: true,
  regions: true,
  opacity: 1,
  slider: 0.5,
  showB: false,
  sizes: { a: { width: 4, height: 3 }, b: { width: 4, height: 3 } },
};

// Pair is two items that are looked at together, judged, and left for the next
// ones.
export function Pair({ caseID, page, pairs, of, id }: Props) {
  const [view, setView] = useState(start);
  const [found, setFound] = useState<{ shared: Shared | null } | null>(null); // by looking anew
  const [looking, setLooking] = useState(false);
  const [lit, setLit] = useState(0);
  const [moment, setMoment] = useState({ stretch: 0, at: 0 });
  const [explained, setExplained] = useState(false);
  const asked = query.value.get("mode");
  const mode: Mode = modes.find((m) => m === asked) ?? "side";
  const shared = page.shared ?? found?.shared ?? null;
  const now = shared?.stretches[moment.stretch]?.moments[moment.at];
  const subjects = [page.a, page.b].map(subjectOf);
  const group = `pair:${[page.a.id, page.b.id].sort().join(":")}`;
  const change = (to: Partial<View>) => setView((was) => ({ ...was, ...to }));
  const panes: Panes = {
    caseID,
    a: { name: "a", card: page.a, at: millis(now?.a ?? shared?.at_a) },
    b: { name: "b", card: page.b, at: millis(now?.b ?? shared?.at_b) },
    group,
    view: { ...view, mode },
    onView: change,
    onSize: (side, fitted) => setView((was) => ({ ...was, sizes: { ...was.sizes, [side]: fitted } })),
    aToB: shared?.a_to_b ?? null,
    bToA: shared?.b_to_a ?? null,
    regions: shared ? regionsOf(shared) : [],
    lit,
    onLit: setLit,
  };
  const show = (next: { a: string; b: string } | null) => {
    if (next) go(pairAddress(caseID, next, { of, id, mode: asked ?? "" }));
  };
  const step = (steps: number) => {
    const next = neighbour(pairs, page.a.id, page.b.id, steps);
    show(next && keepingA(next, of === "item" ? id : ""));
  };
  const judge = async (verdict: Verdict) => {
    const who = by.value === "" ? await askReason({ title: t("compare.who"), body: t("compare.whoBody"), chips: [], verb: t("compare.record"), optional: true }) : { by: "", reason: "" };
    if (!who) return;
    const ok = await trying(caseID, () => client.verdict({ case: caseID, a: page.a.id, b: page.b.id, verdict, ...who }));
    if (ok && settings.value.auto_advance) step(1);
  };
  const look = async () => {
    setLooking(true);
    try {
      setFound(await client.compareLook({ case: caseID, a: page.a.id, b: page.b.id }));
    } catch (error) {
      tellError(error);
    }
    setLooking(false);
  };
  const pan = (dx: number, dy: number) => {
    if (mode === "slider" && view.look.zoom <= 1 && dx !== 0) change({ slider: clamp(view.slider + Math.sign(dx) * 0.02, 0, 1) });
    else change({ look: moved(view.look, dx, dy) });
  };
  const toMode = (m: Mode) => setQuery({ mode: m === "side" ? null : m });
  useEffect(() => {
    if (!panes.view.locked && panes.aToB) return;
    change({ lookB: follow(view.look, panes.aToB ?? stretched, view.sizes.a, view.sizes.b) });
  }, [view.look, view.locked, view.sizes, shared]);
  useKeys("compare", {
    side: () => toMode("side"),
    slider: () => toMode("slider"),
    flicker: () => toMode("flicker"),
    difference: () => toMode("difference"),
    showB:
      mode === "flicker"
        ? () => {
            change({ showB: true });
            return () => change({ showB: false });
          }
        : undefined,
    swap: () => show({ a: page.b.id, b: page.a.id }),
    regions: () => change({ regions: !view.regions }),
    lock: () => change({ locked: !view.locked }),
    less: () => change({ opacity: clamp(view.opacity - 0.1, 0, 1) }),
    more: () => change({ opacity: clamp(view.opacity + 0.1, 0, 1) }),
    panLeft: () => pan(-0.1, 0),
    panRight: () => pan(0.1, 0),
    panUp: () => pan(0, -0.1),
    panDown: () => pan(0, 0.1),
    zoomIn: () => change({ look: nearer(view.look, 1) }),
    zoomOut: () => change({ look: nearer(view.look, -1) }),
    zoomFit: () => change({ look: whole, lookB: whole }),
    prevPair: () => step(-1),
    nextPair: () => step(1),
    reveal: () => reveal(group, subjects),
    explain: () => setExplained(!explained),
    same: () => void judge("same-image"),
    scene: () => void judge("same-scene"),
    different: () => void judge("not-same"),
    unsure: () => void judge("unsure"),
  });
  const worst = [page.a.warning, page.b.warning].includes("severe") ? "severe" : page.a.warning;
  const stage = revealOf(group, worst);
  return (
    <>
      <h1 class="heard">
        <Scraped most={300}>{t("compare.title", { a: page.a.name, b: page.b.name })}</Scraped>
      </h1>
      <Head caseID={caseID} page={page} pairs={pairs} of={of} panes={panes} onMode={toMode} onShow={show} onStep={step} />
      <div class={css["body"]}>
        <div class={css["panes"]}>
          {mode === "side" ? <SideBySide {...panes} stage={stage} subjects={subjects} /> : <Over {...panes} stage={stage} subjects={subjects} scene={shared?.relation === "same_scene"} />}
          {shared && shared.stretches.length > 0 && <Moments page={page} shared={shared} moment={moment} onMoment={setMoment} />}
          <Judge verdict={page.verdict} onJudge={(v) => void judge(v)} />
        </div>
        <aside class={css["words"]} aria-label={t("compare.shared")}>
          <Words page={page} shared={shared} looked={found !== null} looking={looking} onLook={() => void look()} explained={explained} onExplain={() => setExplained(!explained)} regions={panes.regions} shown={view.regions} lit={lit} onLit={setLit} />
          <Differ caseID={caseID} page={page} />
        </aside>
      </div>
    </>
  );
}

function subjectOf(c: ComparePage["a"]): Subject {
  return { id: c.id, name: c.name, kind: c.kind, warning: c.warning, warningBy: c.warning_by, described: c.described, tags: c.tags };
}

function millis(seconds: number | null | undefined): number | null {
  return seconds === null || seconds === undefined ? null : atSeconds(seconds).ms;
}

// pairAddress shows a pair within a list of pairs.
function pairAddress(caseID: string, pair: { a: string; b: string }, more: Record<string, string>): string {
  const search = new URLSearchParams({ a: pair.a, b: pair.b });
  for (const [name, value] of Object.entries(more)) if (value !== "") search.set(name, value);
  return `${address(caseID, "compare")}?${search}`;
}
