// Learners and their scores, task by task; each column can be sorted by.
import type { CollectionPage } from "../../api.gen";
import { Icon } from "../../parts/Icon";
import { Scraped } from "../../parts/Scraped";
import { inWords } from "../../parts/Worded";
import { query, setQuery } from "../../router";
import { count, decimal, t } from "../../text";
import css from "./Collection.module.css";
import { sorted, sortingOf, turned, type Sorting } from "./order";

interface Props {
  page: CollectionPage;
  nameOf: (number: number) => string;
  hidden: boolean;
}

export function Learners({ page, nameOf, hidden }: Props) {
  const sorting = sortingOf(query.value.get("sort"));
  const rows = sorted(page.handed, sorting, hidden);
  return (
    <div class={css["wide"]} role="region" aria-labelledby="learners" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <Column by="name" sorting={sorting} words={t("trainer.column.name")} />
            <Column by="points" sorting={sorting} words={t("trainer.column.points", { of: page.of })} end />
            {page.spreads.map((s, i) => (
              <Column key={s.task} by={String(i)} sorting={sorting} words={t("trainer.column.task", { n: i + 1, of: s.of })} title={inWords(s.title).text} end />
            ))}
            <Column by="hints" sorting={sorting} words={t("trainer.column.hints")} end />
            <Column by="minutes" sorting={sorting} words={t("trainer.column.minutes")} end />
          </tr>
        </thead>
        <tbody>
          {rows.map((l) => (
            <tr key={l.number}>
              <th scope="row">
                <Scraped most={120}>{nameOf(l.number)}</Scraped>
              </th>
              <td class="end">
                <strong>{decimal(l.points, 2)}</strong>
              </td>
              {l.tasks.map((task, i) => (
                <td key={page.spreads[i]?.task ?? i} class="end">
                  {task.answered === 0 ? <span class="dim">{t("trainer.unanswered")}</span> : decimal(task.points, 2)}
                  {task.answered > 0 && task.answered < task.subjects && <span class={css["part"]}>{t("trainer.answeredOf", { done: task.answered, all: task.subjects })}</span>}
                </td>
              ))}
              <td class="end">{count(l.hints)}</td>
              <td class="end">{count(l.minutes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Column({ by, sorting, words, title, end }: { by: string; sorting: Sorting; words: string; title?: string; end?: boolean }) {
  const here = sorting.by === by;
  return (
    <th scope="col" class={end ? "end" : undefined} aria-sort={here ? (sorting.down ? "descending" : "ascending") : undefined}>
      <button type="button" class={css["sort"]} title={title} onClick={() => setQuery({ sort: turned(sorting, by) })}>
        {words}
        {here && <Icon name={sorting.down ? "arrowDown" : "arrowUp"} size={12} />}
      </button>
    </th>
  );
}
