import { useEffect, useId, useRef } from "preact/hooks";
import { Evidence } from "../../parts/Evidence";
import { Icon } from "../../parts/Icon";
import { Scraped } from "../../parts/Scraped";
import { TimeValue } from "../../parts/TimeValue";
import { inRow, t, type Key } from "../../text";
import css from "./Tree.module.css";
import { pictured } from "../../parts/pictured";
import type { Branch } from "./branches";

// Tree shows what was most likely made from what. A whole line is likely, a
// dashed one unsure, a dotted one says that the direction is not known.
export function Tree({ case: caseID, rows, at, shown, onPick }: { case: string; rows: readonly Branch[]; at: number; shown: string; onPick: (item: string) => void }) {
  const id = useId();
  const box = useRef<HTMLUListElement>(null);
  const moved = useRef(false);
  useEffect(() => {
    if (moved.current) box.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
    moved.current = true;
  }, [at]);
  return (
    <ul ref={box} class={css["tree"]} role="tree" tabIndex={0} aria-label={t("clusters.tree")} aria-activedescendant={rows[at] ? `${id}-${at}` : undefined}>
      {rows.map((r, i) => (
        <li
          key={r.node.card.id}
          id={`${id}-${i}`}
          class={css["node"]}
          role="treeitem"
          aria-level={r.level}
          aria-posinset={r.place}
          aria-setsize={r.size}
          aria-selected={i === at}
          data-beside={r.node.beside || undefined}
          onClick={() => onPick(r.node.card.id)}
        >
          <Lines row={r} />
          <span class={css["thumb"]}>
            <Evidence case={caseID} {...pictured(r.node.card)} size="cell" />
          </span>
          <Facts row={r} shown={shown} />
        </li>
      ))}
    </ul>
  );
}

function Lines({ row }: { row: Branch }) {
  if (row.level === 1) return null;
  return (
    <span class={css["lines"]} aria-hidden="true">
      {row.lines.map((on, i) => (
        <span key={i} class={css["pass"]} data-on={on || undefined} />
      ))}
      <span class={css["bend"]} data-last={row.last || undefined} data-direction={row.node.direction} />
    </span>
  );
}

function Facts({ row, shown }: { row: Branch; shown: string }) {
  const n = row.node;
  return (
    <span class={css["facts"]}>
      <span class={css["title"]}>
        <span class={css["name"]}>
          <Scraped most={100}>{n.card.name}</Scraped>
        </span>
        <span class="dim">
          <Scraped most={60}>{inRow(n.card.sources)}</Scraped>
        </span>
      </span>
      <span class={css["marks"]}>
        {n.changes.map((c) => (
          <span key={c} class={css["change"]}>
            {t(`clusters.change.${c}` as Key)}
          </span>
        ))}
        {n.from && <span class={css["direction"]}>{t(`clusters.direction.${n.direction}` as Key)}</span>}
        {!n.from && row.size > 0 && <span class="dim">{t("clusters.root")}</span>}
        {n.beside && <span class="dim">{t("clusters.beside")}</span>}
        {n.copies > 1 && <span class="dim">{t("clusters.equalFiles", { n: n.copies })}</span>}
        {n.best && <span class="dim">{t("clusters.best")}</span>}
        {n.chosen ? (
          <span class={css["chosen"]}>
            <Icon name="check" size={12} /> {t("clusters.chosen")}
          </span>
        ) : (
          n.card.id === shown && <span class="dim">{t("clusters.proposed")}</span>
        )}
      </span>
      <span class={css["time"]}>
        <TimeValue time={n.card.time} compact />
        {n.card.width > 0 && <span class="dim">{t("clusters.pixels", { w: n.card.width, h: n.card.height })}</span>}
      </span>
    </span>
  );
}
