import { useMemo } from "preact/hooks";
import { t } from "../text";
import { useKeys } from "../keys";
import { ChartTable } from "./chart/ChartTable";
import { TableSwitch } from "./chart/TableSwitch";
import { useWidth } from "./chart/size";
import { labelOf, tables, toggleTables, trustText } from "./chart/tables";
import { timeOf } from "./timeline/Bunches";
import { momentText, zoneOf, type Zone } from "./timeline/calendar";
import { Plot } from "./timeline/Plot";
import { spansOf, type Span, type TimeMark } from "./timeline/spans";
import type { Range } from "./timeline/useRange";
import css from "./timeline/timeline.module.css";

export type { TimeMark } from "./timeline/spans";
export type { Range } from "./timeline/useRange";

interface Props {
  label: string; // what the timeline is of
  marks: readonly TimeMark[];
  zone?: string | undefined; // "+03:00", "Z" or a name; the axis is in UTC where none is given
  range?: Range | null;
  onRange?: (range: Range | null) => void;
  onPick?: (id: string) => void;
  place?: { lat: number; lon: number } | null; // where nights are shaded, if the zone is given too
  height?: number;
}

const utc = zoneOf("Z")!;

// Timeline shows when things were, as exactly as that is known and no more: a
// bar for a time that may be anywhere in it, pale where it rests on little.
export function Timeline({ label, marks, zone, range = null, onRange, onPick, place = null, height = 140 }: Props) {
  const [box, width] = useWidth();
  const given = useMemo(() => zoneOf(zone), [zone]);
  const spans = useMemo(() => spansOf(marks), [marks]);
  useKeys("everywhere", { tables: toggleTables });
  return (
    <section class={css.timeline} aria-label={label}>
      <div ref={box}>
        {tables.value ? (
          <>
            <div class={css.above}>
              <TableSwitch what="timeline" />
            </div>
            <TimeTable label={label} spans={spans} zone={given ?? utc} height={height + 60} onPick={onPick} />
          </>
        ) : (
          width > 0 && (
            <Plot
              label={label}
              spans={spans}
              without={marks.length - spans.length}
              zone={given ?? utc}
              zoned={given !== null}
              range={range}
              onRange={onRange}
              onPick={onPick}
              place={given === null ? null : place}
              width={width}
              height={height}
            />
          )
        )}
      </div>
    </section>
  );
}

function TimeTable({ label, spans, zone, height, onPick }: { label: string; spans: readonly Span[]; zone: Zone; height: number; onPick?: ((id: string) => void) | undefined }) {
  const grouped = spans.some((s) => s.mark.group !== undefined);
  const rows = useMemo(
    () =>
      spans.map((s) => ({
        id: s.mark.id,
        label: labelOf(s.mark.label, s.mark.count),
        selected: s.mark.selected,
        cells: [
          ...(grouped ? [s.mark.group ?? ""] : []),
          s.open === "from" ? timeOf(s, zone) : momentText(s.from, zone),
          s.open === "to" ? timeOf(s, zone) : momentText(s.to, zone),
          trustText(s.mark.trust) + (s.mark.dashed ? `, ${t("map.suggested")}` : ""),
        ],
      })),
    [spans, zone, grouped],
  );
  const columns = [
    t("timeline.column.what"),
    ...(grouped ? [t("timeline.column.group")] : []),
    t("timeline.column.earliest"),
    t("timeline.column.latest"),
    t("timeline.column.trust"),
  ];
  return <ChartTable caption={label} columns={columns} rows={rows} height={height} onPick={onPick} />;
}
