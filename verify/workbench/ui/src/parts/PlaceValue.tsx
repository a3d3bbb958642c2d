// A claimed place: name, position, how far off it may be, and who says so.
import { t } from "../text";
import type { Spot } from "../api.gen";
import { Copy } from "./Copy";
import { metres } from "./measure";
import { Scraped } from "./Scraped";
import { TrustMark } from "./TrustMark";
import css from "./Value.module.css";

export function PlaceValue({ place, compact }: { place: Spot | null; compact?: boolean }) {
  if (!place)
    return (
      <span class={css["value"]}>
        <TrustMark trust="none" /> <span class="dim">{t("parts.place.none")}</span>
      </span>
    );
  const at = position(place.latitude, place.longitude);
  const off = place.radius_m === null ? "" : radius(place.radius_m);
  return (
    <span class={compact ? css["value"] : css["full"]}>
      <span class={css["value"]}>
        <TrustMark trust={place.trust} />
        {place.name && (
          <strong>
            <Scraped most={120}>{place.name}</Scraped>
          </strong>
        )}
        {at && (
          <span>
            <bdi dir="ltr">{at}</bdi> {off && <span class="dim">{off}</span>}
          </span>
        )}
        {at && !compact && <Copy text={at} what="position" />}
      </span>
      {!compact && (
        <span class={css["from"]}>
          {place.label} · {place.by ? t("parts.place.confirmed", { by: place.by }) : t("parts.place.open")}
          {place.field && (
            <>
              {" · "}
              <code>
                <Scraped most={120}>{place.field}</Scraped>
              </code>
            </>
          )}
        </span>
      )}
    </span>
  );
}

// position writes coordinates with four decimals, about 11 m.
export function position(latitude: number | null, longitude: number | null): string {
  if (latitude === null || longitude === null) return "";
  return `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
}

// radius writes how far off a position may be.
export function radius(off: number): string {
  return `± ${metres(off)}`;
}
