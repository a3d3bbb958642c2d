import type { ClusterLane, ClusterMark } from "../../api.gen";
import { Timeline, type TimeMark } from "../../parts/Timeline";
import { lastPart } from "./name";
import { t } from "../../text";
import css from "./Clusters.module.css";

// Lanes shows who had it when: a lane for each source, a mark for each copy.
export function Lanes({ lanes, current, onPick }: { lanes: readonly ClusterLane[]; current: string; onPick: (item: string) => void }) {
  const timed = lanes.flatMap((l) => l.marks.filter((m) => m.time !== null).map((m) => markOf(l, m, current)));
  const without = lanes.reduce((n, l) => n + l.marks.filter((m) => m.time === null).length, 0);
  const pick = (id: string) => onPick(id.slice(0, 64));
  return (
    <section class={css["part"]} aria-labelledby="cluster-lanes">
      <h3 id="cluster-lanes">{t("clusters.lanes")}</h3>
      {timed.length > 0 && <Timeline label={t("clusters.lanes")} marks={timed} zone={zoneOf(lanes)} onPick={pick} height={laneHeight(timed)} />}
      {without > 0 && <p class="dim">{t("clusters.timeless", { n: without })}</p>}
    </section>
  );
}

// laneHeight is what the lanes of a timeline need, in px.
function laneHeight(marks: readonly TimeMark[]): number {
  return Math.min(360, Math.max(96, 36 + 24 * new Set(marks.map((m) => m.group)).size));
}

function markOf(lane: ClusterLane, m: ClusterMark, current: string): TimeMark {
  const time = m.time!;
  const words = { name: lastPart(m.path), time: time.text };
  return {
    id: `${m.item} ${m.path}`,
    from: time.not_after ? time.latest : time.earliest,
    to: time.latest,
    trust: time.trust,
    label: m.trusted ? t("clusters.mark.trusted", words) : m.claimed ? t("clusters.mark.claimed", words) : t("clusters.mark", words),
    selected: m.item === current,
    group: lane.source,
    dashed: time.trust !== "device" && time.trust !== "platform",
  };
}

// zoneOf is the zone that all times state, if they state one and the same.
function zoneOf(lanes: readonly ClusterLane[]): string | undefined {
  const zones = new Set(lanes.flatMap((l) => l.marks.map((m) => m.time?.zone ?? "")).filter((z) => /^([+-]\d\d:\d\d|Z)$/.test(z)));
  return zones.size === 1 ? [...zones][0] : undefined;
}
