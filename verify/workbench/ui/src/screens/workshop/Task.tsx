// One task: what is asked, what may be used, hints, and its questions one below
// the other. The current question is in the address.
import { useEffect, useState } from "preact/hooks";
import { client, type ExercisePage, type ExerciseTask } from "../../api.gen";
import { useKeys, hint as keyHint } from "../../keys";
import { Button } from "../../parts/Button";
import { tellError } from "../../parts/Toast";
import { Paragraphs, Worded } from "../../parts/Worded";
import { query, setQuery } from "../../router";
import { decimal, t, type Key } from "../../text";
import { choosing } from "./choosing";
import { Subject } from "./Subject";
import { Sun } from "./Sun";
import css from "./Task.module.css";
import { toolAddress } from "./tools";
import type { Answers } from "./useAnswers";

interface Props {
  case: string;
  page: ExercisePage;
  task: ExerciseTask;
  n: number; // from 1
  answers: Answers;
  onPage: (page: ExercisePage) => void;
  onMove: (by: number) => void;
}

const numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

export function Task({ case: caseID, page, task, n, answers, onPage, onMove }: Props) {
  const subjects = task.subjects;
  const at = Math.max(0, subjects.findIndex((s) => s.subject === query.value.get("q")));
  const current = subjects[at];
  const [sun, setSun] = useState(false);
  const move = (by: number) => () => show(subjects[at + by]?.subject);
  const choose = (number: number) => {
    if (!current) return;
    const changes = choosing(task, current, answers.of(task.task, current.subject), number);
    if (changes) answers.say(task.task, current.subject, changes);
  };
  const hint = async () => {
    try {
      onPage(await client.exerciseHint({ case: caseID, task: task.task }));
    } catch (error) {
      tellError(error);
    }
  };
  useEffect(() => {
    if (query.value.has("q")) bring(current?.subject);
  }, []);
  const can = !page.key_open;
  useKeys("workshop", {
    nextSubject: subjects.length > 1 ? move(1) : undefined,
    prevSubject: subjects.length > 1 ? move(-1) : undefined,
    hint: can && task.hints_left > 0 ? () => void hint() : undefined,
    ...Object.fromEntries(numbers.map((i) => [`option${i}`, can ? () => choose(i) : undefined])),
  });
  return (
    <article class={css["task"]}>
      <header class={css["head"]}>
        <p class={css["over"]}>
          {t("workshop.task", { n, all: page.tasks.length })} · {t(`workshop.topic.${task.topic}` as Key)}
          {page.key_open && <> · {t("workshop.score", { points: decimal(task.points, 2), of: task.of })}</>}
        </p>
        <h1>
          <Worded words={task.title} />
        </h1>
      </header>
      <div class={css["text"]}>
        <Paragraphs words={task.question} />
      </div>
      <ToolLinks case={caseID} task={task} sun={sun} onSun={() => setSun(!sun)} />
      {sun && <Sun zone={page.zone} />}
      <Hints task={task} can={can} onHint={() => void hint()} />
      {page.key_open && (
        <section class={css["learn"]} aria-labelledby="learn">
          <h2 id="learn">{t("workshop.key.learn")}</h2>
          <Paragraphs words={task.why} />
        </section>
      )}
      {subjects.map((s, i) => (
        <Subject key={s.subject} case={caseID} page={page} task={task} subject={s} n={i + 1} current={i === at} answers={answers} onCurrent={() => i !== at && show(s.subject, false)} />
      ))}
      <footer class={css["feet"]}>
        <Button icon="back" disabled={n === 1} hint={keyHint("prevTask")} onClick={() => onMove(-1)}>
          {t("workshop.prev")}
        </Button>
        <Button kind={n < page.tasks.length && task.answered === subjects.length ? "main" : "line"} disabled={n === page.tasks.length} hint={keyHint("nextTask")} onClick={() => onMove(1)}>
          {t("workshop.next")}
        </Button>
      </footer>
    </article>
  );
}

// show makes a question the current one, and brings it into view.
function show(subject: string | undefined, scroll = true): void {
  if (subject === undefined) return;
  setQuery({ q: subject });
  if (scroll) bring(subject);
}

function bring(subject: string | undefined): void {
  requestAnimationFrame(() => document.getElementById(`q-${subject}`)?.scrollIntoView({ block: "start" }));
}

// ToolLinks lead to what the task allows; the bar leads back here.
function ToolLinks({ case: caseID, task, sun, onSun }: { case: string; task: ExerciseTask; sun: boolean; onSun: () => void }) {
  const first = task.subjects.flatMap((s) => s.items).find((item) => item.card)?.card?.id ?? "";
  if (task.tools.length === 0) return <p class={css["none"]}>{t("workshop.tools.none")}</p>;
  return (
    <div class={css["tools"]} role="group" aria-label={t("workshop.tools")}>
      <span class={css["label"]}>{t("workshop.tools")}</span>
      {task.tools.map((tool) =>
        tool === "sun" ? (
          <Button key={tool} small expanded={sun} onClick={onSun}>
            {t("workshop.tool.sun")}
          </Button>
        ) : (
          <a key={tool} class={css["tool"]} href={toolAddress(caseID, tool, first)}>
            {t(`workshop.tool.${tool}` as Key)}
          </a>
        ),
      )}
    </div>
  );
}

function Hints({ task, can, onHint }: { task: ExerciseTask; can: boolean; onHint: () => void }) {
  if (task.hints.length === 0 && (!can || task.hints_left === 0)) return null;
  return (
    <section class={css["hints"]} aria-label={t("workshop.hints")}>
      {task.hints.length > 0 && (
        <ol>
          {task.hints.map((words, i) => (
            <li key={i}>
              <Paragraphs words={words} />
            </li>
          ))}
        </ol>
      )}
      {can && task.hints_left > 0 && (
        <p class={css["more"]}>
          <Button small hint={keyHint("hint")} onClick={onHint}>
            {t(task.hints.length === 0 ? "workshop.hint" : "workshop.hint.next")}
          </Button>
          <span class="dim">{t("workshop.hint.left", { n: task.hints_left })}</span>
        </p>
      )}
    </section>
  );
}
