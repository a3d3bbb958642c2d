// Where the answers to one part of a task lie: bars of options, a timeline of
// intervals or a map of circles; with the key where it is shown.
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import type { NumberedPlace, NumberedTime, ShownItem, SubjectKey, SubjectSpread } from "../../api.gen";
import { t } from "../../text";
import { Evidence } from "../Evidence";
import { Icon } from "../Icon";
import { Scraped } from "../Scraped";
import { Timeline, type TimeMark } from "../Timeline";
import { inWords, Paragraphs, Worded, type Words } from "../Worded";
import { WorldMap, type MapMark } from "../WorldMap";
import { spanText, zoneOf } from "../timeline/calendar";
import { Bars, reasoned } from "./Bars";
import css from "./Spread.module.css";

export interface PartProps {
  part: SubjectSpread;
  form: string;
  keyed: boolean; // the key is shown
  nameOf: (number: number) => string; // of a learner
  large?: boolean; // for a room
  lead?: ComponentChildren; // stands above what the part is of
}

export function Part({ part, form, keyed, nameOf, large, lead }: PartProps) {
  const key = keyed ? part.key : null;
  return (
    <article class={css["part"]} data-large={large || undefined} aria-label={inWords(part.label).text}>
      <div class={css["of"]}>
        {lead}
        <header class={css["partHead"]}>
          <h3>
            <Worded words={part.label} most={300} />
          </h3>
          <span class="dim">{t("trainer.spread.answered", { n: part.answered })}</span>
        </header>
        <Items items={part.items} />
        {large && <Why sealed={key} />}
      </div>
      <div class={css["given"]}>
        {part.options.length > 0 && part.answered === 0 && !key && <p class="dim">{t("trainer.spread.noAnswer")}</p>}
        {part.options.length > 0 && (part.answered > 0 || key) && <Bars label={t("trainer.spread.options")} counts={part.options} of={part.answered} sealed={key} />}
        {form === "interval" && <Times times={part.times} sealed={key} label={part.label} nameOf={nameOf} />}
        {form === "place" && <Places places={part.places} sealed={key} label={part.label} nameOf={nameOf} large={large ?? false} />}
        {part.reasons.length > 0 && (part.answered > 0 || key) && (
          <div class={css["reasons"]}>
            <h4>{t("trainer.spread.reasons")}</h4>
            <Bars label={t("trainer.spread.reasons")} counts={part.reasons} of={part.answered} sealed={key} good={reasoned} />
          </div>
        )}
        {!large && <Why sealed={key} />}
      </div>
    </article>
  );
}

// Why is what the key says of the part. To a room it stands beside the answers.
function Why({ sealed }: { sealed: SubjectKey | null }) {
  if (!sealed || Object.keys(sealed.why).length === 0) return null;
  return (
    <div class={css["told"]}>
      <h4>
        <Icon name="check" size={14} /> {t("trainer.spread.why")}
      </h4>
      <Paragraphs words={sealed.why} />
    </div>
  );
}

// Items are the files that the part is of, softened: nothing is revealed here.
function Items({ items }: { items: readonly ShownItem[] }) {
  if (items.length === 0) return null;
  return (
    <ul class={css["items"]}>
      {items.map((item) => (
        <li key={item.path}>
          {item.case !== "" && (
            <span class={css["thumb"]}>
              <Evidence case={item.case} id={item.id} name={item.path.replace(/^.*\//, "")} kind={item.kind} described={item.described} warning={item.warning} masked={item.masked} readable={item.readable} still />
            </span>
          )}
          <span class={css["path"]}>
            <Scraped most={160}>{item.path}</Scraped>
          </span>
        </li>
      ))}
    </ul>
  );
}

interface ShownProps {
  sealed: SubjectKey | null;
  label: Words;
  nameOf: (number: number) => string;
}

const mostLanes = 30;

function Times({ times, sealed, label, nameOf }: ShownProps & { times: readonly NumberedTime[] }) {
  const when = sealed?.when;
  const marks = useMemo<TimeMark[]>(() => {
    const lanes = times.length <= mostLanes;
    const out: TimeMark[] = times.map((one) => ({ id: `n${one.number}`, from: one.earliest, to: one.latest, trust: "platform", label: nameOf(one.number), ...(lanes ? { group: nameOf(one.number) } : {}) }));
    if (when) out.push({ id: "key", from: when.earliest, to: when.latest, trust: "device", label: t("trainer.spread.key"), selected: true, ...(lanes ? { group: t("trainer.spread.key") } : {}) });
    return out;
  }, [times, when, nameOf]);
  if (marks.length === 0) return <p class="dim">{t("trainer.spread.noAnswer")}</p>;
  return (
    <>
      <Timeline label={t("trainer.spread.timeline", { part: inWords(label).text })} marks={marks} zone="Z" height={Math.max(120, 40 + 24 * Math.min(marks.length, mostLanes + 1))} />
      {when && (
        <p class={css["told"]}>
          <strong>{t("trainer.spread.keyIs")}</strong> <bdi dir="ltr">{spanText(Date.parse(when.earliest), Date.parse(when.latest), zoneOf("Z")!)}</bdi>
        </p>
      )}
    </>
  );
}

function Places({ places, sealed, label, nameOf, large }: ShownProps & { places: readonly NumberedPlace[]; large: boolean }) {
  const where = sealed?.where;
  const marks = useMemo<MapMark[]>(() => {
    const out: MapMark[] = places.map((one) => ({ id: `n${one.number}`, lat: one.latitude, lon: one.longitude, radiusM: one.radius_m, trust: "platform", label: nameOf(one.number) }));
    if (where) out.push({ id: "key", lat: where.latitude, lon: where.longitude, radiusM: where.radius_m, trust: "device", label: t("trainer.spread.key"), selected: true });
    return out;
  }, [places, where, nameOf]);
  if (marks.length === 0) return <p class="dim">{t("trainer.spread.noAnswer")}</p>;
  return <WorldMap label={t("trainer.spread.map", { part: inWords(label).text })} marks={marks} height={large ? Math.max(320, Math.round(innerHeight * 0.55)) : 360} />;
}
