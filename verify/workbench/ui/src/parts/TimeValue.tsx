// A claimed time: value, zone and how it is known, trust and field.
import { settings } from "../session";
import { t } from "../text";
import type { When } from "../api.gen";
import { Scraped } from "./Scraped";
import css from "./Value.module.css";
import { TrustMark } from "./TrustMark";
import { inZone } from "./zone";

// TimeValue writes a time as it is known, in full or (compact) in one line.
export function TimeValue({ time, compact }: { time: When | null; compact?: boolean }) {
  if (!time)
    return (
      <span class={css["value"]}>
        <TrustMark trust="none" /> <span class="dim">{t("parts.time.none")}</span>
      </span>
    );
  const told = `${time.label}, ${time.zone_why || time.zone}${time.field ? ", " + time.field : ""}`;
  if (compact)
    return (
      <span class={css["value"]} title={told}>
        <TrustMark trust={time.trust} /> <span>{time.text}</span>
      </span>
    );
  const other = time.iso && settings.value.case_zone ? inZone(time.iso, settings.value.case_zone) : "";
  return (
    <span class={css["full"]}>
      <span class={css["value"]}>
        <TrustMark trust={time.trust} /> <strong>{time.text}</strong>
      </span>
      <span class={css["from"]}>
        {time.label}
        {time.zone_why && <> · {time.zone_why}</>}
        {time.field && (
          <>
            {" · "}
            <code>
              <Scraped most={120}>{time.field}</Scraped>
            </code>
          </>
        )}
      </span>
      {other && (
        <span class={css["from"]}>
          {other} · {settings.value.case_zone}
        </span>
      )}
    </span>
  );
}
