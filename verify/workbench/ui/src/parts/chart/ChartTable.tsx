import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../../text";
import { Scraped } from "../Scraped";
import css from "./chart.module.css";

export interface ChartRow {
  id: string;
  label: string; // text of a file or a source
  cells: string[]; // one for each column after the first
  selected?: boolean | undefined;
}

interface Props {
  caption: string;
  columns: string[]; // the first is that of the labels
  rows: readonly ChartRow[];
  height: number;
  onPick?: ((id: string) => void) | undefined;
}

const perPage = 100;

// ChartTable shows what a map or a timeline draws, equally, as a table.
export function ChartTable({ caption, columns, rows, height, onPick }: Props) {
  const [page, setPage] = useState(0);
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => frame.current?.style.setProperty("max-height", `${height}px`), [height]);
  const pages = Math.max(1, Math.ceil(rows.length / perPage));
  const at = Math.min(page, pages - 1);
  return (
    <div class={css.scroll} ref={frame} tabIndex={0} role="region" aria-label={caption}>
      <table class={css.table}>
        <caption class="heard">{caption}</caption>
        <thead>
          <tr>
            {columns.map((c) => (
              <th scope="col" key={c}>
                {c}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(at * perPage, (at + 1) * perPage).map((row) => (
            <tr key={row.id} class={row.selected ? css.chosen : css.row}>
              <td>
                {onPick ? (
                  <button type="button" class={css.pick} onClick={() => onPick(row.id)}>
                    <Scraped most={200}>{row.label}</Scraped>
                  </button>
                ) : (
                  <Scraped most={200}>{row.label}</Scraped>
                )}
              </td>
              {row.cells.map((cell, i) => (
                <td key={i}>
                  <Scraped most={200}>{cell}</Scraped>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {pages > 1 && (
        <div class={css.pages}>
          <button type="button" class={css.control} disabled={at === 0} onClick={() => setPage(at - 1)}>
            {t("map.before")}
          </button>
          <span aria-live="polite">{t("map.page", { from: at * perPage + 1, to: Math.min(rows.length, (at + 1) * perPage), all: rows.length })}</span>
          <button type="button" class={css.control} disabled={at === pages - 1} onClick={() => setPage(at + 1)}>
            {t("map.after")}
          </button>
        </div>
      )}
    </div>
  );
}
