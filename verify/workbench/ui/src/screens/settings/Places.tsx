import { Field } from "../../parts/Field";
import { zones } from "../../parts/zone";
import { settings } from "../../session";
import { t } from "../../text";
import { keep } from "./Care";
import css from "./Settings.module.css";

export function Zones() {
  const now = settings.value.case_zone;
  return (
    <>
      <Field label={t("settings.zone")} hint={t("settings.zoneHint")}>
        {(props) => (
          <select {...props} value={now} onChange={(e) => keep({ case_zone: e.currentTarget.value })}>
            <option value="">{t("settings.zoneNone")}</option>
            {zones().map((z) => (
              <option key={z} value={z}>
                {z}
              </option>
            ))}
          </select>
        )}
      </Field>
      <p class={css["note"]}>{t("settings.zoneNote")}</p>
    </>
  );
}

export function Maps() {
  return (
    <>
      <p class={css["note"]}>{t("settings.mapsWhat")}</p>
      <p class={css["note"]}>{t("settings.mapsBorders")}</p>
      <p class={css["note"]}>{t("settings.mapsOffline")}</p>
    </>
  );
}
