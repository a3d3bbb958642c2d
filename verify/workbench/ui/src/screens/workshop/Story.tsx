// What the exercise is about, and where its files come from.
import type { ExercisePage } from "../../api.gen";
import { Button } from "../../parts/Button";
import { Scraped } from "../../parts/Scraped";
import { Paragraphs, Worded } from "../../parts/Worded";
import { exerciseAddress, go } from "../../router";
import { t } from "../../text";
import css from "./Task.module.css";

export function Story({ case: caseID, page }: { case: string; page: ExercisePage }) {
  const open = page.tasks.find((task) => task.answered < task.subjects.length);
  const to = open ?? page.tasks[0];
  return (
    <article class={css["task"]}>
      <header class={css["head"]}>
        <p class={css["over"]}>
          {t("workshop.level.of", { n: page.level })} · {t("workshop.minutes", { from: page.minutes[0], to: page.minutes[1] })} · {t("workshop.by")} <Scraped most={300}>{page.by}</Scraped>
        </p>
        <h1>
          <Worded words={page.title} />
        </h1>
      </header>
      <div class={css["text"]}>
        <Paragraphs words={page.story} />
      </div>
      {to && (
        <div>
          <Button kind={page.answered === page.subjects ? "line" : "main"} onClick={() => go(exerciseAddress(caseID, to.task))}>
            {t(page.answered === 0 || page.answered === page.subjects ? "workshop.start" : "workshop.resume")}
          </Button>
        </div>
      )}
      <p class={css["code"]}>
        {t("workshop.code")}: <code>{page.code}</code>. {t("workshop.code.hint")}
      </p>
      <details class={css["sources"]}>
        <summary>
          {t("workshop.sources")} ({t("workshop.files", { n: page.files.length })})
        </summary>
        <div class={css["wide"]} tabIndex={0} role="group" aria-label={t("workshop.sources")}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t("workshop.sources.path")}</th>
                <th scope="col">{t("workshop.sources.origin")}</th>
                <th scope="col">{t("workshop.sources.licence")}</th>
              </tr>
            </thead>
            <tbody>
              {page.files.map((f) => (
                <tr key={f.path}>
                  <th scope="row">
                    <Scraped most={200}>{f.path}</Scraped>
                  </th>
                  <td>
                    <Scraped most={400}>{f.origin}</Scraped>
                  </td>
                  <td>
                    <Scraped most={200}>{f.licence}</Scraped>
                    {f.credit && (
                      <>
                        <br />
                        <Scraped most={400}>{f.credit}</Scraped>
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </article>
  );
}
