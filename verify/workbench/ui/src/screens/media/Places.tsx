import type { MediaPage, PlaceClaim } from "../../api.gen";
import { Button } from "../../parts/Button";
import { PlaceValue } from "../../parts/PlaceValue";
import { Scraped } from "../../parts/Scraped";
import { WorldMap, type MapMark } from "../../parts/WorldMap";
import { t } from "../../text";
import css from "./Claims.module.css";
import { Clashes, Reasons } from "./Times";

// Places is a map of every position that is claimed, and the claims with
// their sources.
export function Places({ page, onConfirm }: { page: MediaPage; onConfirm: () => void }) {
  const marks = page.places.flatMap(onMap);
  return (
    <>
      {page.places.length === 0 && <p class="dim">{t("media.places.none")}</p>}
      {marks.length > 0 && <WorldMap label={t("media.places.map")} marks={marks} height={230} />}
      <Clashes list={page.place_clash} />
      {page.said.place && <Reasons of={page.said.place} what="media.times.said" />}
      <ul class={css["places"]}>
        {page.places.map((c, i) => (
          <li key={`${c.place.kind}${c.place.field}${i}`} data-best={c.best || undefined}>
            <PlaceValue place={c.place} />
            <span class={css["detail"]}>
              {c.best && <span>{t("media.places.best")} · </span>}
              {c.place.raw && (
                <>
                  <span class="dim">{t("media.times.raw")}</span>{" "}
                  <code>
                    <Scraped most={160}>{c.place.raw}</Scraped>
                  </code>
                </>
              )}
              {c.altitude_m !== null && <span> · {t("media.places.altitude", { metres: Math.round(c.altitude_m) })}</span>}
              {c.direction_degrees !== null && <span> · {t("media.places.direction", { degrees: Math.round(c.direction_degrees) })}</span>}
            </span>
          </li>
        ))}
      </ul>
      <div class={css["acts"]}>
        <Button small onClick={onConfirm}>
          {t("media.places.confirm")}
        </Button>
      </div>
    </>
  );
}

function onMap(c: PlaceClaim, i: number): MapMark[] {
  const { latitude, longitude, radius_m, label, trust } = c.place;
  if (latitude === null || longitude === null) return [];
  return [{ id: String(i), lat: latitude, lon: longitude, radiusM: radius_m, label, trust, selected: c.best, dashed: trust === "derived" && !c.place.by }];
}
