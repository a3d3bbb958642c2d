// The tasks of an exercise with how far each is, and what is done at the end.
import type { ExercisePage, ExerciseTask } from "../../api.gen";
import { Button } from "../../parts/Button";
import { Icon } from "../../parts/Icon";
import { Progress } from "../../parts/Progress";
import { Worded } from "../../parts/Worded";
import { exerciseAddress } from "../../router";
import { decimal, t } from "../../text";
import css from "./Learner.module.css";

// Tool is a question that lies over the screen.
export type Tool = "hand-in" | "key" | "";

interface Props {
  case: string;
  page: ExercisePage;
  current: string; // task, "" for the story
  onTool: (tool: Tool) => void;
}

export function Tasks({ case: caseID, page, current, onTool }: Props) {
  const all = page.answered === page.subjects;
  const done = (task: ExerciseTask) => !page.key_open && task.answered === task.subjects.length; // points are said once there are any
  return (
    <aside class={css["side"]} aria-label={t("workshop.toList")}>
      <p class={css["up"]}>
        <a href="/workshop">{t("workshop.all")}</a>
      </p>
      <nav aria-label={t("workshop.toList")}>
        <ol class={css["tasks"]}>
          <li>
            <a class={css["task"]} href={exerciseAddress(caseID)} aria-current={current === "" ? "page" : undefined}>
              <Icon name="note" />
              <span class={css["title"]}>{t("workshop.story")}</span>
            </a>
          </li>
          {page.tasks.map((task, i) => (
            <li key={task.task}>
              <a class={css["task"]} href={exerciseAddress(caseID, task.task)} aria-current={task.task === current ? "page" : undefined}>
                <span class={css["number"]} data-done={done(task) || undefined} aria-hidden="true">
                  {done(task) ? <Icon name="check" size={14} /> : i + 1}
                </span>
                <span class={css["title"]}>
                  <Worded words={task.title} most={120} />
                  <span class={css["state"]}>{stateOf(task, page.key_open)}</span>
                </span>
              </a>
            </li>
          ))}
        </ol>
      </nav>
      <div class={css["sum"]}>
        {page.key_open ? (
          <p class={css["points"]}>{t("workshop.score", { points: decimal(page.points, 2), of: page.of })}</p>
        ) : (
          <>
            <p>{t("workshop.answered", { done: page.answered, n: page.subjects })}</p>
            <Progress value={page.answered} max={page.subjects} label={t("workshop.answered", { done: page.answered, n: page.subjects })} />
          </>
        )}
        <p class="dim">{t("workshop.spent", { n: page.spent })}</p>
      </div>
      <div class={css["ends"]}>
        {(!page.key_open || page.handed_in) && (
          <Button kind={all && !page.handed_in ? "main" : "line"} onClick={() => onTool("hand-in")}>
            {t("workshop.handIn")}
          </Button>
        )}
        {page.handed_in && (
          <p class={css["done"]}>
            <Icon name="check" size={14} /> {t("workshop.handedIn")}
          </p>
        )}
        {!page.key_open && (
          <Button kind={page.handed_in ? "main" : "quiet"} onClick={() => onTool("key")}>
            {t("workshop.key")}
          </Button>
        )}
      </div>
    </aside>
  );
}

function stateOf(task: ExerciseTask, open: boolean): string {
  const hints = task.hints.length > 0 ? t("workshop.hints.taken", { n: task.hints.length }) : "";
  if (open) return [t("workshop.score", { points: decimal(task.points, 2), of: task.of }), hints].filter(Boolean).join(" · ");
  const answered = task.answered === task.subjects.length ? t("workshop.answered.all") : t("workshop.answered.short", { done: task.answered, all: task.subjects.length });
  return [answered, hints].filter(Boolean).join(" · ");
}
