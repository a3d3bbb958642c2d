// A place with the radius within which it surely lies: typed, or set on the map.
import { useEffect, useMemo, useState } from "preact/hooks";
import { Button } from "../Button";
import { Field } from "../Field";
import { metres } from "../measure";
import { WorldMap, type MapMark } from "../WorldMap";
import { t } from "../../text";
import css from "./Entry.module.css";
import { number, position } from "./instant";

// Circle is a place in degrees (WGS 84) with a radius in metres.
export interface Circle {
  latitude: number;
  longitude: number;
  radius_m: number;
}

interface Props {
  value: Circle | null;
  onChange: (value: Circle | null) => void;
  disabled?: boolean;
  marks?: readonly MapMark[]; // that are shown beside it
}

const least = 1;
const most = 20_000_000;
const radii = [100, 1000, 10_000, 100_000];
const usual = 1000;

export function WhereEntry({ value, onChange, disabled, marks = [] }: Props) {
  const [text, setText] = useState(() => written(value));
  const [left, setLeft] = useState({ at: false, radius: false });
  useEffect(() => setText(written(value)), [value?.latitude, value?.longitude, value?.radius_m]);
  const commit = (next: typeof text) => {
    const at = position(next.at);
    const radius = number(next.radius, least, most);
    if (next.at.trim() === "") {
      if (value) onChange(null);
    } else if (at && radius !== null && !(value && at.latitude === value.latitude && at.longitude === value.longitude && radius === value.radius_m)) onChange({ ...at, radius_m: radius });
  };
  const put = (changes: Partial<typeof text>) => {
    const next = { ...text, ...changes };
    setText(next);
    commit(next);
  };
  const leave = (side: "at" | "radius") => {
    setLeft({ ...left, [side]: true });
    commit(text);
  };
  const place = ({ lat, lon }: { lat: number; lon: number }) => {
    const at = { latitude: rounded(lat), longitude: rounded(lon) };
    onChange({ ...at, radius_m: number(text.radius, least, most) ?? usual });
  };
  const shown = useMemo<MapMark[]>(
    () => [...marks, ...(value ? [{ id: "answer", lat: value.latitude, lon: value.longitude, radiusM: value.radius_m, label: t("workshop.where.mine"), selected: true }] : [])],
    [marks, value?.latitude, value?.longitude, value?.radius_m],
  );
  return (
    <div class={css["entry"]}>
      <div class={css["fields"]}>
        <Field label={t("workshop.where.at")} hint={t("workshop.where.at.hint")} error={left.at && text.at.trim() !== "" && !position(text.at) ? t("workshop.where.at.wrong") : ""}>
          {(props) => (
            <input
              {...props}
              class={`${props.class} ${css["data"]}`}
              dir="ltr"
              disabled={disabled}
              maxLength={60}
              spellcheck={false}
              autocomplete="off"
              value={text.at}
              onInput={(e) => setText({ ...text, at: e.currentTarget.value })}
              onBlur={() => leave("at")}
              onKeyDown={(e) => e.key === "Enter" && leave("at")}
            />
          )}
        </Field>
        <Field label={t("workshop.where.radius")} hint={t("workshop.where.radius.hint")} error={left.radius && text.radius.trim() !== "" && number(text.radius, least, most) === null ? t("workshop.where.radius.wrong") : ""}>
          {(props) => (
            <input
              {...props}
              class={`${props.class} ${css["data"]}`}
              dir="ltr"
              inputMode="decimal"
              disabled={disabled}
              maxLength={12}
              autocomplete="off"
              value={text.radius}
              onInput={(e) => setText({ ...text, radius: e.currentTarget.value })}
              onBlur={() => leave("radius")}
              onKeyDown={(e) => e.key === "Enter" && leave("radius")}
            />
          )}
        </Field>
      </div>
      {!disabled && (
        <div class={css["chips"]} role="group" aria-label={t("workshop.where.radius")}>
          {radii.map((m) => (
            <Button key={m} small pressed={text.radius === String(m)} onClick={() => put({ radius: String(m) })}>
              {metres(m)}
            </Button>
          ))}
        </div>
      )}
      <p class={css["hint"]}>
        {t("workshop.where.width")} {!disabled && t("map.place")}
      </p>
      <WorldMap label={t("workshop.where.map")} marks={shown} onPlace={disabled ? undefined : place} height={300} />
    </div>
  );
}

// rounded keeps what a press on a map can mean: about a tenth of a metre.
function rounded(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}

function written(value: Circle | null): { at: string; radius: string } {
  return value ? { at: `${value.latitude}, ${value.longitude}`, radius: String(value.radius_m) } : { at: "", radius: "" };
}
