import type { Overview } from "../../api.gen";
import { Progress } from "../../parts/Progress";
import { t } from "../../text";
import { gallery } from "./links";
import css from "./Overview.module.css";

const kinds = {
  image: "overview.kind.image",
  video: "overview.kind.video",
  audio: "overview.kind.audio",
  document: "overview.kind.document",
  other: "overview.kind.other",
} as const;

const types: Record<string, string> = { image: "photo", video: "video", audio: "audio", document: "document", other: "other" };

// Numbers tells how much there is and how far the review is. Each number leads
// to the files that it counts.
export function Numbers({ case: id, data }: { case: string; data: Overview }) {
  const lacks = [
    { n: data.no_time, key: "overview.no_time", filter: "-has:time" },
    { n: data.no_zone, key: "overview.no_zone", filter: "zone:unknown" },
    { n: data.no_place, key: "overview.no_place", filter: "-has:place" },
    { n: data.unreadable, key: "overview.unreadable", filter: "problem:unreadable" },
    { n: data.set_aside, key: "overview.set_aside", filter: "setaside:yes" },
  ] as const;
  return (
    <section aria-labelledby="overview-where">
      <h2 id="overview-where" class={css.heading}>
        {t("overview.where")}
      </h2>
      <p class={css.total}>
        <a href={gallery(id, "setaside:any")}>{t("overview.files", { n: data.files })}</a>
        <span aria-hidden="true"> · </span>
        {t("overview.distinct", { n: data.distinct })}
      </p>
      <ul class={css.facts}>
        {data.kinds.map((k) => (
          <li key={k.kind}>
            <a href={gallery(id, `type:${types[k.kind] ?? "other"} setaside:any`)}>{t(kinds[k.kind as keyof typeof kinds] ?? kinds.other, { n: k.n })}</a>
          </li>
        ))}
      </ul>
      <ul class={css.facts}>
        {lacks
          .filter((l) => l.n > 0)
          .map((l) => (
            <li key={l.key}>
              <a href={gallery(id, l.filter === "setaside:yes" ? l.filter : `${l.filter} setaside:any`)}>{t(l.key, { n: l.n })}</a>
            </li>
          ))}
      </ul>
      <h2 class={css.heading}>{t("overview.progress")}</h2>
      <dl class={css.progress}>
        <Line label={t("overview.progress.files")} value={data.reviewed} max={data.distinct} />
        <Line label={t("overview.progress.incidents")} value={data.incidents.confirmed + data.incidents.rejected} max={data.incidents.candidates + data.incidents.confirmed + data.incidents.rejected} />
        <Line label={t("overview.progress.clusters")} value={data.clusters.total - data.clusters.open} max={data.clusters.total} />
        {data.checked.members > 0 && <Line label={t("overview.progress.checked")} value={data.checked.closed} max={data.checked.members} />}
      </dl>
    </section>
  );
}

function Line({ label, value, max }: { label: string; value: number; max: number }) {
  if (max === 0) return null;
  return (
    <div class={css.line}>
      <dt>{label}</dt>
      <dd>
        <Progress value={value} max={max} label={label} />
      </dd>
    </div>
  );
}
