import type { Clash, MediaPage, TimeClaim } from "../../api.gen";
import { Button } from "../../parts/Button";
import { Copy } from "../../parts/Copy";
import { hint } from "../../keys";
import { Icon } from "../../parts/Icon";
import { Said, Scraped } from "../../parts/Scraped";
import { TrustMark } from "../../parts/TrustMark";
import { TimeValue } from "../../parts/TimeValue";
import { inZone } from "../../parts/zone";
import { settings } from "../../session";
import { inRow, t, type Key } from "../../text";
import css from "./Claims.module.css";

interface Props {
  page: MediaPage;
  explained: boolean;
  onExplain: () => void;
  onConfirm: () => void;
}

// Times lists every time that something says of the item, strongest first,
// each with how it stands to the best one.
export function Times({ page, explained, onExplain, onConfirm }: Props) {
  const best = page.times.find((c) => c.standing === "best");
  return (
    <>
      {best ? <Best claim={best} /> : <p class="dim">{t("media.times.none")}</p>}
      <Clashes list={page.time_clash} />
      {page.said.time && <Reasons of={page.said.time} what="media.times.said" />}
      <ul class={css["claims"]}>
        {page.times.map((c, i) => (
          <TimeRow key={`${c.time.field}${c.time.kind}${i}`} claim={c} explained={explained} />
        ))}
      </ul>
      <div class={css["acts"]}>
        <Button small onClick={onConfirm}>
          {t("media.times.confirm")}
        </Button>
        {page.times.length > 0 && (
          <Button small kind="quiet" hint={hint("explain")} pressed={explained} onClick={onExplain}>
            {t("media.explain")}
          </Button>
        )}
      </div>
    </>
  );
}

// Best is the strongest time in a few readings: its own, UTC, and the zone that
// the person chose to see.
function Best({ claim: c }: { claim: TimeClaim }) {
  const zone = settings.value.case_zone;
  const there = zone && c.time.iso ? inZone(c.time.iso, zone) : "";
  return (
    <div class={css["best"]}>
      <p class={css["reading"]}>
        <TimeValue time={c.time} compact />
      </p>
      {c.time.iso !== "" && c.time.zone !== "Z" && <p class="dim">{c.utc}</p>}
      {there && (
        <p class="dim">
          {there} · {zone}
        </p>
      )}
      {c.time.iso === "" && (
        <p class="dim">
          {t("media.times.between", { from: c.utc, to: c.utc_until })}
        </p>
      )}
    </div>
  );
}

const stands = ["best", "agrees", "bounds", "contradicts", "unused"] as const;

function standsKey(standing: string): Key {
  return `media.times.stands.${stands.find((s) => s === standing) ?? "unused"}`;
}

function TimeRow({ claim: c, explained }: { claim: TimeClaim; explained: boolean }) {
  return (
    <li class={css["claim"]} data-standing={c.standing}>
      <span class={css["mark"]}>
        <TrustMark trust={c.time.trust} />
      </span>
      <span class={css["label"]}>{c.time.label}</span>
      <span class={css["value"]}>
        {c.time.text}
        {c.time.iso && <Copy text={c.time.iso} what="text" />}
      </span>
      <span class={css["standing"]}>{t(standsKey(c.standing))}</span>
      <span class={css["detail"]}>
        {c.time.zone_why && <span>{c.time.zone_why} · </span>}
        <code>
          <Scraped most={120}>{c.time.field}</Scraped>
        </code>
        {c.time.raw && (
          <>
            {" · "}
            <span class="dim">{t("media.times.raw")}</span>{" "}
            <code>
              <Scraped most={160}>{c.time.raw}</Scraped>
            </code>
          </>
        )}
        {explained && <Explained claim={c} />}
      </span>
    </li>
  );
}

// Explained says how a claim stands to the best one, which instants it can be,
// and who says it.
function Explained({ claim: c }: { claim: TimeClaim }) {
  return (
    <span class={css["why"]}>
      {c.why && <>{c.why} · </>}
      {c.utc && <>{c.utc === c.utc_until ? c.utc : t("media.times.between", { from: c.utc, to: c.utc_until })} · </>}
      {c.paths.length === 0 ? (
        t("media.times.file")
      ) : (
        <>
          {t("media.times.of")} <Scraped most={200}>{inRow(c.paths)}</Scraped>
        </>
      )}
    </span>
  );
}

// Clashes are claims that cannot both be right, in sentences.
export function Clashes({ list }: { list: readonly Clash[] }) {
  if (list.length === 0) return null;
  return (
    <div class={css["clash"]} role="note">
      <Icon name="alert" />
      <div>
        <strong>{t("media.clash")}</strong>
        <ul>
          {list.map((c) => (
            <li key={c.text}>
              <Said most={400}>{c.text + "."}</Said>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

// Reasons is what a person's confirmation rests on.
export function Reasons({ of, what }: { of: { by: string; at: string; reason: string; evidence: string[] }; what: Key }) {
  return (
    <div class={css["said"]}>
      <p>
        <Scraped most={200}>{t(what, { by: of.by, at: of.at })}</Scraped>: <Scraped most={600}>{of.reason}</Scraped>
      </p>
      {of.evidence.length > 0 && (
        <>
          <p class="dim">{t("media.evidence")}</p>
          <ul>
            {of.evidence.map((e) => (
              <li key={e}>
                <Scraped most={400}>{e}</Scraped>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
