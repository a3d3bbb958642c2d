// One task of what was collected: agreement, and the answers to each part, with
// the key or without.
import type { CollectionPage, TaskSpread } from "../../api.gen";
import { Button } from "../../parts/Button";
import { Agreement } from "../../parts/spread/Agreement";
import { agreementText } from "../../parts/spread/agreement";
import { Part } from "../../parts/spread/Part";
import { Paragraphs, Worded } from "../../parts/Worded";
import { query, setQuery } from "../../router";
import { t } from "../../text";
import css from "./Collection.module.css";

export function TaskView({ page, nameOf }: { page: CollectionPage; nameOf: (number: number) => string }) {
  const spread = page.spreads.find((s) => s.task === query.value.get("task")) ?? page.spreads[0];
  const keyed = query.value.get("key") === "1";
  if (!spread) return null;
  return (
    <section class={css["section"]} aria-labelledby="spread">
      <div class={css["sectionHead"]}>
        <h2 id="spread">{t("trainer.spread")}</h2>
        <Button pressed={keyed} onClick={() => setQuery({ key: keyed ? null : "1" })}>
          {t("trainer.key.show")}
        </Button>
      </div>
      <div class={css["tasks"]}>
        <nav aria-label={t("trainer.tasks")}>
          <ol class={css["taskList"]}>
            {page.spreads.map((s, i) => (
              <li key={s.task}>
                <button type="button" class={css["task"]} aria-current={s === spread ? "true" : undefined} onClick={() => setQuery({ task: s.task })}>
                  <strong>
                    {i + 1}. <Worded words={s.title} most={100} />
                  </strong>
                  <span class="dim">{agreementText(s)}</span>
                </button>
              </li>
            ))}
          </ol>
        </nav>
        <Task spread={spread} keyed={keyed} nameOf={nameOf} />
      </div>
    </section>
  );
}

function Task({ spread, keyed, nameOf }: { spread: TaskSpread; keyed: boolean; nameOf: (number: number) => string }) {
  return (
    <div class={css["taskBody"]}>
      <Paragraphs words={spread.question} />
      <Agreement spread={spread} />
      {keyed && Object.keys(spread.why).length > 0 && (
        <div class={css["why"]}>
          <h3>{t("trainer.task.why")}</h3>
          <Paragraphs words={spread.why} />
        </div>
      )}
      {spread.subjects.map((part) => (
        <Part key={part.subject} part={part} form={spread.form} keyed={keyed} nameOf={nameOf} />
      ))}
    </div>
  );
}
