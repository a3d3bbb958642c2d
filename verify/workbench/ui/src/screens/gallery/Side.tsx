// What is known of the active item, beside the grid: the picture when it is
// asked for, best time and place, what people said, and where to go on.
import { lazy, Suspense } from "preact/compat";
import { client, type Card, type MediaPage } from "../../api.gen";
import { changed } from "../../done";
import { hint } from "../../keys";
import { useLoad } from "../../load";
import { Button } from "../../parts/Button";
import { Copy } from "../../parts/Copy";
import { Evidence } from "../../parts/Evidence";
import { Icon } from "../../parts/Icon";
import { PlaceValue } from "../../parts/PlaceValue";
import { Said, Scraped, visible } from "../../parts/Scraped";
import { Failed } from "../../parts/State";
import { TimeValue } from "../../parts/TimeValue";
import { address } from "../../router";
import { inRow, t } from "../../text";
import css from "./Side.module.css";
import { useSettled } from "./settled";
import { duration, kindWord } from "./words";

const WorldMap = lazy(() => import("../../parts/WorldMap").then((m) => ({ default: m.WorldMap })));

export interface Acts {
  open: () => void;
  pin: () => void;
  aside: () => void;
  clear: () => void;
  warning: () => void;
  note: () => void;
  tag: () => void;
  describe: () => void;
  duplicates: () => void;
  compare: () => void;
  checklist: () => void;
  explain: () => void;
  dropTag: (tag: string) => void;
}

interface Props {
  case: string;
  card: Card;
  acts: Acts;
}

const rest = 180; // ms on one item until all that is known of it is asked for

// useAll reads all that is known of an item once the person stays on it.
export function useAll(caseID: string, id: string): { data: MediaPage | null; error: ReturnType<typeof useLoad>["error"]; reload: () => void } {
  const settled = useSettled(id, rest);
  const all = useLoad((signal) => (settled === "" ? Promise.resolve(null) : client.media({ case: caseID, id: settled }, { signal })), [caseID, settled, changed.value]);
  return { ...all, data: all.data?.card.id === id ? all.data : null };
}

export function Side({ case: caseID, card, acts }: Props) {
  const all = useAll(caseID, card.id);
  const said = all.data?.said;
  const at = card.place;
  return (
    <aside class={css["side"]} aria-label={t("gallery.panel")}>
      <h2 class={css["name"]}>
        <Scraped most={200}>{card.name}</Scraped>
      </h2>
      <div class={css["acts"]}>
        <Button kind="main" small hint={hint("open")} onClick={acts.open}>
          {t("gallery.open")}
        </Button>
        <Button small icon="pin" pressed={card.pinned} hint={hint("pin")} onClick={card.pinned ? acts.clear : acts.pin}>
          {t("gallery.pin")}
        </Button>
        <Button small icon="aside" pressed={card.set_aside} hint={hint("aside")} onClick={card.set_aside ? acts.clear : acts.aside}>
          {t("gallery.aside")}
        </Button>
        {(card.pinned || card.set_aside) && (
          <Button small kind="quiet" hint={hint("clear")} onClick={acts.clear}>
            {t("gallery.clearState")}
          </Button>
        )}
      </div>
      <Evidence
        key={card.id}
        case={caseID}
        id={card.id}
        name={card.name}
        kind={card.kind}
        described={card.described}
        warning={card.warning}
        warningBy={card.warning_by}
        tags={card.tags}
        notes={said?.notes ?? []}
        masked={card.masked}
        masks={card.masked ? said?.masks : []}
        readable={card.readable}
        seconds={card.seconds}
        size="view"
        current
        still
      />
      <Facts card={card} />
      {at?.latitude != null && at.longitude != null && (
        <Suspense fallback={<div class={css["map"]} />}>
          <WorldMap label={t("gallery.map")} height={230} marks={[{ id: card.id, lat: at.latitude, lon: at.longitude, radiusM: at.radius_m, label: card.name, trust: at.trust, selected: true }]} />
        </Suspense>
      )}
      {all.error && <Failed error={all.error} retry={all.reload} />}
      <section class={css["said"]}>
        <div class={css["head"]}>
          <h3>{t("gallery.tags")}</h3>
          <Button kind="quiet" small icon="tag" hint={hint("tag")} onClick={acts.tag}>
            {t("gallery.tag")}
          </Button>
        </div>
        {card.tags.length === 0 ? (
          <p class="dim">{t("gallery.noTags")}</p>
        ) : (
          <ul class={css["tags"]}>
            {card.tags.map((tag) => (
              <li key={tag}>
                <Scraped most={100}>{tag}</Scraped>
                <button type="button" aria-label={t("gallery.dropTag", { tag: visible(tag, 100) })} onClick={() => acts.dropTag(tag)}>
                  <Icon name="close" size={10} />
                </button>
              </li>
            ))}
          </ul>
        )}
        <div class={css["head"]}>
          <h3>{t("gallery.notes")}</h3>
          <Button kind="quiet" small icon="note" hint={hint("note")} onClick={acts.note}>
            {t("gallery.note")}
          </Button>
          <Button kind="quiet" small onClick={acts.describe}>
            {t("gallery.describe")}
          </Button>
        </div>
        {card.notes === 0 ? (
          <p class="dim">{t("gallery.noNotes")}</p>
        ) : (
          said?.notes.slice(-5).map((note) => (
            <blockquote key={note.entry} class={css["note"]}>
              <Scraped most={1000}>{note.text}</Scraped>
              <cite>
                <Scraped most={80}>{note.by}</Scraped> · {note.at}
              </cite>
            </blockquote>
          ))
        )}
      </section>
      <div class={css["acts"]}>
        <Button small hint={hint("warning")} pressed={card.warning === "moderate" || card.warning === "severe"} onClick={acts.warning}>
          {t("gallery.warning", { level: warningWords(card) })}
        </Button>
        <Button small icon="copies" hint={hint("duplicates")} disabled={card.copies < 2} onClick={acts.duplicates}>
          {card.copies > 1 ? t("gallery.copies", { n: card.copies }) : t("gallery.duplicates")}
        </Button>
        <Button small icon="compare" hint={hint("compare")} disabled={card.copies < 2} onClick={acts.compare}>
          {t("gallery.compare")}
        </Button>
        <Button small icon="check" hint={hint("checklist")} onClick={acts.checklist}>
          {t("gallery.checklist")}
        </Button>
        <Button small hint={hint("explain")} onClick={acts.explain}>
          {t("gallery.explain")}
        </Button>
        {card.incident && <a href={address(caseID, "incidents", card.incident)}>{t("gallery.inIncident", { id: card.incident })}</a>}
      </div>
    </aside>
  );
}

// warningWords is how graphic an item is said to be, and by whom where it was
// no person who looked at it.
function warningWords(card: Card): string {
  const level = t(`gallery.level.${card.warning as "" | "none" | "moderate" | "severe"}`);
  if (card.warning === "" || card.warning_by === "person") return level;
  return `${level}, ${t(card.warning_by === "copy" ? "gallery.byCopy" : "gallery.byText")}`;
}

function Facts({ card }: { card: Card }) {
  const size = card.width > 0 ? t("gallery.pixels", { width: String(card.width), height: String(card.height) }) : "";
  return (
    <dl class={css["facts"]}>
      <dt>{t("gallery.time")}</dt>
      <dd>
        <TimeValue time={card.time} />
      </dd>
      <dt>{t("gallery.place")}</dt>
      <dd>
        <PlaceValue place={card.place} />
      </dd>
      <dt>{t("gallery.source")}</dt>
      <dd>
        <Scraped most={300}>{inRow(card.sources)}</Scraped>
      </dd>
      <dt>{t("gallery.file")}</dt>
      <dd>
        {[kindWord(card.kind), size, card.seconds > 0 ? duration(card.seconds) : ""].filter(Boolean).join(" · ")}
        <span class={css["path"]}>
          <Scraped most={400}>{card.path}</Scraped>
        </span>
      </dd>
      <dt>{t("gallery.sha")}</dt>
      <dd class={css["digest"]}>
        <code>
          {card.id.slice(0, 12)}…{card.id.slice(-6)}
        </code>
        <Copy text={card.id} what="digest" />
      </dd>
      {card.caption && (
        <>
          <dt>{t("gallery.caption")}</dt>
          <dd>
            <Scraped most={300}>{card.caption}</Scraped>
          </dd>
        </>
      )}
      {card.problem && (
        <>
          <dt>{t("gallery.value.problem")}</dt>
          <dd class={css["problem"]}>
            <Said most={400}>{card.problem}</Said>
          </dd>
        </>
      )}
    </dl>
  );
}
