import type { SourceRow } from "../../api.gen";
import { Scraped, visible } from "../../parts/Scraped";
import { TimeValue } from "../../parts/TimeValue";
import { count, t } from "../../text";
import { gallery, quoted } from "./links";
import css from "./Overview.module.css";

// Sources lists where the files came from and what each source is good for.
export function Sources({ case: id, sources }: { case: string; sources: SourceRow[] }) {
  return (
    <section aria-labelledby="overview-sources">
      <h2 id="overview-sources" class={css.heading}>
        {t("overview.sources")}
      </h2>
      <div class={css.scroll} tabIndex={0} role="region" aria-labelledby="overview-sources">
        <table class={css.table}>
          <thead>
            <tr>
              <th scope="col">{t("overview.source.name")}</th>
              <th scope="col" class={css.figure}>
                {t("overview.source.files")}
              </th>
              <th scope="col">{t("overview.source.first")}</th>
              <th scope="col">{t("overview.source.last")}</th>
              <th scope="col" class={css.figure}>
                {t("overview.source.shared")}
              </th>
              <th scope="col" class={css.figure}>
                {t("overview.source.no_time")}
              </th>
              <th scope="col" class={css.figure}>
                {t("overview.source.unreadable")}
              </th>
              <th scope="col">{t("overview.source.obtained")}</th>
            </tr>
          </thead>
          <tbody>
            {sources.map((s) => (
              <tr key={s.name}>
                <th scope="row">
                  <a href={gallery(id, `source:${quoted(s.name)} setaside:any`)} title={t("overview.source.see", { name: visible(s.name, 80) })}>
                    <Scraped most={80}>{s.name}</Scraped>
                  </a>
                  {!s.there && <span class={css.gone}>{t("overview.source.gone")}</span>}
                </th>
                <td class={css.figure}>{count(s.files)}</td>
                <td>
                  <TimeValue time={s.first} compact />
                </td>
                <td>
                  <TimeValue time={s.last} compact />
                </td>
                <td class={css.figure}>{count(s.shared)}</td>
                <td class={css.figure}>{count(s.no_time)}</td>
                <td class={css.figure}>{count(s.unreadable)}</td>
                <td class={css.obtained}>{s.obtained ? <Scraped most={200}>{s.obtained}</Scraped> : <span class="dim">{t("overview.source.obtained.none")}</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
