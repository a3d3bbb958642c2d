// When the items of the filter were made; a range of it becomes part of the
// filter.
import { useMemo } from "preact/hooks";
import type { Gallery } from "../../api.gen";
import { Timeline, type Range, type TimeMark } from "../../parts/Timeline";
import { t } from "../../text";
import { rangeOf, withRange } from "./range";

interface Props {
  bins: Gallery["bins"];
  filter: string;
  onFilter: (filter: string) => void;
}

export function Strip({ bins, filter, onFilter }: Props) {
  const marks = useMemo(() => marksOf(bins), [bins]);
  if (marks.length === 0) return null;
  return <Timeline label={t("gallery.timeline")} marks={marks} range={rangeOf(filter)} onRange={(range: Range | null) => onFilter(withRange(filter, range))} height={60} />;
}

// marksOf makes two marks of a bar: what is trusted, and what is weak.
function marksOf(bins: Gallery["bins"]): TimeMark[] {
  const marks: TimeMark[] = [];
  for (const bin of bins) {
    const add = (trust: string, n: number) => {
      if (n > 0) marks.push({ id: `${bin.from}-${trust}`, from: bin.from, to: bin.to, trust, count: n, label: t("gallery.timelineLabel", { n }) });
    };
    add("device", bin.trusted);
    add("derived", bin.weak);
  }
  return marks;
}
