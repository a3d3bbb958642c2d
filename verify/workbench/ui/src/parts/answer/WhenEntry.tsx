// A time from when to when, typed in a zone that is always in sight, with help
// to say no more than is known.
import { useEffect, useState } from "preact/hooks";
import { Button } from "../Button";
import { Field } from "../Field";
import { spanText, zoneOf, type Zone } from "../timeline/calendar";
import { t } from "../../text";
import css from "./Entry.module.css";
import { around, iso, reading, typed, type Unit } from "./instant";

// Interval is from an earliest to a latest instant, RFC 3339.
export interface Interval {
  earliest: string;
  latest: string;
}

interface Props {
  value: Interval | null;
  onChange: (value: Interval | null) => void;
  disabled?: boolean;
  zone?: string; // IANA name of the clock that is offered first; UTC where none is known
}

const units: readonly Unit[] = ["second", "minute", "hour", "day"];

export function WhenEntry({ value, onChange, disabled, zone: usual = "" }: Props) {
  const zones = [...new Set([usual, "UTC"])].filter((name) => zoneOf(name));
  const [name, setName] = useState(zones[0] ?? "UTC");
  const zone = zoneOf(name)!;
  const [text, setText] = useState(() => written(value, zone));
  const [left, setLeft] = useState({ from: false, to: false }); // fields that were left: what is wrong there is said
  useEffect(() => setText(written(value, zone)), [value?.earliest, value?.latest, name]);
  const from = reading(text.from, zone)?.from ?? null;
  const to = reading(text.to, zone)?.to ?? null;
  const ordered = from === null || to === null || from <= to;
  const commit = (next: typeof text) => {
    const a = reading(next.from, zone)?.from;
    const b = reading(next.to, zone)?.to;
    if (next.from.trim() === "" && next.to.trim() === "") {
      if (value) onChange(null);
    } else if (a !== undefined && b !== undefined && a <= b && (iso(a) !== value?.earliest || iso(b) !== value.latest)) onChange({ earliest: iso(a), latest: iso(b) });
  };
  const exactly = (unit: Unit) => {
    const middle = from !== null && to !== null && ordered ? (from + to) / 2 : (from ?? to);
    if (middle === null) return;
    const span = around(middle, unit, zone);
    onChange({ earliest: iso(span.from), latest: iso(span.to) });
  };
  const leave = (side: "from" | "to") => {
    setLeft({ ...left, [side]: true });
    commit(text);
  };
  const error = (side: "from" | "to") => {
    if (!left[side] || text[side].trim() === "") return "";
    if (reading(text[side], zone) === null) return t("workshop.when.wrong");
    return side === "to" && !ordered ? t("workshop.when.order") : "";
  };
  const field = (side: "from" | "to") => (
    <Field label={t(`workshop.when.${side}`)} error={error(side)}>
      {(props) => (
        <input
          {...props}
          class={`${props.class} ${css["data"]}`}
          dir="ltr"
          disabled={disabled}
          maxLength={40}
          spellcheck={false}
          autocomplete="off"
          value={text[side]}
          onInput={(e) => setText({ ...text, [side]: e.currentTarget.value })}
          onBlur={() => leave(side)}
          onKeyDown={(e) => e.key === "Enter" && leave(side)}
        />
      )}
    </Field>
  );
  return (
    <div class={css["entry"]}>
      <div class={css["fields"]}>
        {field("from")}
        {field("to")}
        <Field label={t("workshop.when.zone")}>
          {(props) => (
            <select {...props} disabled={disabled || zones.length < 2} value={name} onChange={(e) => setName(e.currentTarget.value)}>
              {zones.map((z) => (
                <option key={z} value={z}>
                  {z}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <p class={css["hint"]}>{t("workshop.when.hint")}</p>
      {!disabled && (
        <div class={css["chips"]} role="group" aria-label={t("workshop.when.exact")}>
          <span class={css["label"]}>{t("workshop.when.exact")}</span>
          {units.map((unit) => (
            <Button key={unit} small disabled={from === null && to === null} onClick={() => exactly(unit)}>
              {t(`workshop.when.${unit}`)}
            </Button>
          ))}
        </div>
      )}
      {from !== null && to !== null && ordered && <Read from={from} to={to} zone={zone} />}
    </div>
  );
}

// Read says how the two are read, and how wide that is.
function Read({ from, to, zone }: { from: number; to: number; zone: Zone }) {
  return (
    <p class={css["read"]}>
      <strong>
        <bdi>{spanText(from, to, zone)}</bdi>
      </strong>{" "}
      {t("workshop.when.width", { width: lasting((to - from) / 1000) })}
    </p>
  );
}

const parts = [
  ["workshop.span.days", 86_400],
  ["workshop.span.hours", 3600],
  ["workshop.span.minutes", 60],
  ["workshop.span.seconds", 1],
] as const;

// lasting writes a length of time in its two largest units.
export function lasting(seconds: number): string {
  let rest = Math.max(0, Math.round(seconds));
  const said: string[] = [];
  for (const [key, unit] of parts) {
    const n = Math.floor(rest / unit);
    rest -= n * unit;
    if (n > 0 && said.length < 2) said.push(t(key, { n }));
  }
  return said.length > 0 ? said.join(" ") : t("workshop.span.instant");
}

function written(value: Interval | null, zone: Zone): { from: string; to: string } {
  if (!value) return { from: "", to: "" };
  return { from: typed(Date.parse(value.earliest), zone, false), to: typed(Date.parse(value.latest), zone, true) };
}
