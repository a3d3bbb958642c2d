import type { ComparePage, Shared } from "../../api.gen";
import { hint } from "../../keys";
import { Button } from "../../parts/Button";
import { Said, Scraped } from "../../parts/Scraped";
import { t } from "../../text";
import css from "./Words.module.css";
import type { Region } from "./geometry";

interface Props {
  page: ComparePage;
  shared: Shared | null;
  looked: boolean; // the originals were compared just now
  looking: boolean;
  onLook: () => void;
  explained: boolean;
  onExplain: () => void;
  regions: readonly Region[];
  shown: boolean; // regions are
  lit: number;
  onLit: (n: number) => void;
}

// Words says what the two share, and what that leaves open.
export function Words(p: Props) {
  const { shared, page } = p;
  if (!shared) return <None {...p} />;
  const facts: [string, string][] = [
    [t("compare.part"), shared.part],
    [t("compare.when"), shared.when],
    [t("compare.how"), shared.how],
    [t("compare.changed"), shared.changed],
    [t("compare.sound"), shared.sound],
    [t("compare.open"), shared.open],
  ];
  const names = shared.first === "a" ? { first: page.a.name, second: page.b.name } : { first: page.b.name, second: page.a.name };
  return (
    <section class={css["words"]}>
      <h2>{shared.headline}</h2>
      {!shared.stored && <p class="dim">{t("compare.justNow")}</p>}
      <dl class={css["facts"]}>
        {facts
          .filter(([, value]) => value !== "")
          .map(([name, value]) => (
            <>
              <dt>{name}</dt>
              <dd>
                <Scraped most={900}>{value}</Scraped>
              </dd>
            </>
          ))}
      </dl>
      <p class={css["counted"]}>{evidence(shared)}</p>
      <Button small kind="quiet" hint={hint("explain")} expanded={p.explained} onClick={p.onExplain}>
        {t("compare.why")}
      </Button>
      {p.explained && (
        <div class={css["why"]}>
          <p>
            <Said most={1200}>{shared.why}</Said>
          </p>
          <p class="dim">
            <Scraped most={300}>{t("compare.first", names)}</Scraped>
          </p>
        </div>
      )}
      {p.regions.length > 0 && <List {...p} />}
    </section>
  );
}

function None({ page, looked, looking, onLook }: Props) {
  return (
    <section class={css["words"]}>
      <h2>{t("compare.none")}</h2>
      {looked && <p class="dim">{t("compare.lookedNone")}</p>}
      {looking && (
        <p class="dim" role="status">
          {t("compare.looking")}
        </p>
      )}
      {!looked && page.can_look && (
        <Button busy={looking} onClick={onLook}>
          {t("compare.look")}
        </Button>
      )}
    </section>
  );
}

// evidence is what was counted, in one line.
function evidence(s: Shared): string {
  const parts = [];
  if (s.points > 0) parts.push(t("compare.points", { n: s.points }));
  if (s.blocks_compared > 0) parts.push(t("compare.blocks", { agree: s.blocks_agree, seen: s.blocks_compared }));
  parts.push(t("compare.bits", { bits: s.distance_bits }));
  return parts.join(" · ");
}

// List names the regions; the one in focus lights up in both pictures.
function List({ regions, shown, lit, onLit }: Props) {
  return (
    <div class={css["list"]}>
      <h3>{t("compare.regionsList")}</h3>
      <ol>
        {regions.map((r) => (
          <li key={r.n}>
            <button type="button" class={css["region"]} data-kind={r.kind} data-lit={lit === r.n || undefined} onFocus={() => onLit(r.n)} onBlur={() => onLit(0)} onPointerEnter={() => onLit(r.n)} onPointerLeave={() => onLit(0)}>
              <span class={css["number"]}>{r.n}</span>
              {r.kind === "shared" ? t("compare.region.shared") : t("compare.region.changed", { where: r.where })}
            </button>
          </li>
        ))}
      </ol>
      {!shown && <p class="dim">{t("compare.regionsHidden")}</p>}
    </div>
  );
}
