import { useMemo } from "preact/hooks";
import { client } from "../../api.gen";
import { useLoad } from "../../load";
import { Failed } from "../../parts/State";
import { Timeline } from "../../parts/Timeline";
import { WorldMap } from "../../parts/WorldMap";
import { address, go } from "../../router";
import { t } from "../../text";
import css from "./Overview.module.css";

const none = { places: [], times: [] };

// Everything shows where and when all of a case was, as far as it is known.
export function Everything({ case: id, zone, seen }: { case: string; zone: string; seen: number }) {
  const { data, error, reload } = useLoad((signal) => client.overviewMarks({ case: id }, { signal }), [id, seen]);
  const { places, times } = data ?? none;
  const onMap = useMemo(
    () => places.map((p) => ({ id: p.id, lat: p.lat, lon: p.lon, radiusM: p.radius_m, trust: p.trust, label: p.label, count: p.n })),
    [places],
  );
  const onLine = useMemo(() => times.map((m) => ({ id: m.id, from: m.from, to: m.to, trust: m.trust, label: m.label, ...(m.n > 1 ? { count: m.n } : {}) })), [times]);
  const open = (item: string): void => go(address(id, "media", item));
  return (
    <div class={css.everything} aria-busy={!data && !error}>
      {error && <Failed error={error} retry={reload} />}
      <h2 class={css.heading}>{t("overview.map")}</h2>
      <WorldMap label={t("overview.map")} marks={onMap} onPick={open} height={300} />
      {data && places.length === 0 && <p class="dim">{t("overview.map.none")}</p>}
      <h2 class={css.heading}>{t("overview.timeline")}</h2>
      <Timeline label={t("overview.timeline")} marks={onLine} zone={zone || undefined} onPick={open} height={120} />
    </div>
  );
}
