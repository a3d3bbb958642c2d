// The sun over a place: where it stood on a day, and when a shadow that was
// measured in a picture can have fallen.
import { useState } from "preact/hooks";
import { client, type SunDay } from "../../api.gen";
import { asApiError } from "../../load";
import { Button } from "../../parts/Button";
import { Field } from "../../parts/Field";
import { number, position, reading } from "../../parts/answer/instant";
import { spanText, zoneOf } from "../../parts/timeline/calendar";
import { sentence } from "../../parts/Toast";
import { decimal, t } from "../../text";
import css from "./Sun.module.css";

type Side = "at" | "day" | "direction" | "ratio" | "tolerance";

const utc = zoneOf("Z")!;

export function Sun({ zone }: { zone: string }) {
  const [typed, setTyped] = useState<Record<Side, string>>({ at: "", day: "", direction: "", ratio: "", tolerance: "3" });
  const [tried, setTried] = useState(false);
  const [found, setFound] = useState<SunDay | null>(null);
  const [error, setError] = useState("");
  const at = position(typed.at);
  const optional = (side: "direction" | "ratio", most: number) => typed[side].trim() === "" || number(typed[side], 0, most) !== null;
  const wrong: Record<Side, string> = {
    at: at ? "" : t("workshop.where.at.wrong"),
    day: reading(typed.day, utc) && /^\S+$/.test(typed.day.trim()) ? "" : t("workshop.sun.day.wrong"),
    direction: optional("direction", 360) ? "" : t("workshop.sun.number"),
    ratio: optional("ratio", 100) ? "" : t("workshop.sun.number"),
    tolerance: number(typed.tolerance, 0.1, 45) !== null ? "" : t("workshop.sun.number"),
  };
  const find = async () => {
    setTried(true);
    if (!at || Object.values(wrong).some(Boolean)) return;
    const day = new Date(reading(typed.day, utc)!.from).toISOString().slice(0, 10);
    const given = (side: "direction" | "ratio", most: number) => number(typed[side], 0, most)?.toString() ?? "";
    try {
      setFound(await client.sunDay({ ...at, day, zone, direction: given("direction", 360), ratio: given("ratio", 100), tolerance: number(typed.tolerance, 0.1, 45) ?? 3 }));
      setError("");
    } catch (failure) {
      setFound(null);
      setError(sentence(asApiError(failure).what));
    }
  };
  const field = (side: Side, label: string, hint: string) => (
    <Field label={label} hint={hint} error={tried ? wrong[side] : ""}>
      {(props) => <input {...props} dir="ltr" maxLength={60} autocomplete="off" value={typed[side]} onInput={(e) => setTyped({ ...typed, [side]: e.currentTarget.value })} />}
    </Field>
  );
  return (
    <section class={css["sun"]} aria-labelledby="sun">
      <h2 id="sun">{t("workshop.sun.title")}</h2>
      <p class={css["hint"]}>{t("workshop.sun.hint")}</p>
      <form
        class={css["fields"]}
        onSubmit={(e) => {
          e.preventDefault();
          void find();
        }}
      >
        {field("at", t("workshop.sun.at"), t("workshop.where.at.hint"))}
        {field("day", t("workshop.sun.day"), zone || "UTC")}
        {field("direction", t("workshop.sun.direction"), t("workshop.sun.direction.hint"))}
        {field("ratio", t("workshop.sun.ratio"), t("workshop.sun.ratio.hint"))}
        {field("tolerance", t("workshop.sun.tolerance"), "")}
        <div class={css["act"]}>
          <Button type="submit">{t("workshop.sun.find")}</Button>
        </div>
      </form>
      <div role="status">
        {error}
        {found && <Found found={found} />}
      </div>
    </section>
  );
}

function Found({ found }: { found: SunDay }) {
  const zone = zoneOf(found.zone) ?? utc;
  return (
    <>
      {found.measured && (
        <div class={css["times"]}>
          <h3>{t(found.times.length > 0 ? "workshop.sun.when" : "workshop.sun.never")}</h3>
          <ul>
            {found.times.map((w) => (
              <li key={w.from}>
                <bdi>{spanText(Date.parse(w.from), Date.parse(w.to), zone)}</bdi>
              </li>
            ))}
          </ul>
        </div>
      )}
      <details>
        <summary>{t("workshop.sun.day.table")}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("workshop.sun.time")}</th>
              <th scope="col">{t("workshop.sun.height")}</th>
              <th scope="col">{t("workshop.sun.shadow")}</th>
              <th scope="col">{t("workshop.sun.length")}</th>
            </tr>
          </thead>
          <tbody>
            {found.hours.map((h) => (
              <tr key={h.at}>
                <th scope="row">
                  <bdi>{spanText(Date.parse(h.at), Date.parse(h.at), zone)}</bdi>
                </th>
                <td>{degrees(h.elevation)}</td>
                <td>{h.direction === null ? t("workshop.sun.none") : degrees(h.direction)}</td>
                <td>{h.ratio === null ? t("workshop.sun.none") : decimal(h.ratio, 2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}

function degrees(n: number): string {
  return `${decimal(n, 1)}°`;
}
