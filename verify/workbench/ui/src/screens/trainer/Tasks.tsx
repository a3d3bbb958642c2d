// The tasks of an exercise on one side; the one that is written on the other.
import type { Task } from "../../api.gen";
import { Button } from "../../parts/Button";
import { Icon } from "../../parts/Icon";
import { Menu } from "../../parts/Menu";
import { Empty } from "../../parts/State";
import { Worded } from "../../parts/Worded";
import { query, setQuery } from "../../router";
import { t, type Key } from "../../text";
import { addTask, dropTask, freshID, moveTask, presets, topics, type Lack, type Topic } from "./plan";
import type { Writing } from "./writing";
import { TaskEditor } from "./TaskEditor";
import own from "./Task.module.css";
import css from "./Trainer.module.css";

const usualPoints = 10;

export function Tasks({ working, language, lacks }: Writing & { lacks: readonly Lack[] }) {
  const { tasks } = working.plan.exercise;
  const task = tasks.find((one) => one.task === query.value.get("task")) ?? tasks[0];
  const show = (id: string) => setQuery({ task: id });
  const add = (topic: Topic) => {
    const made = presetTask(topic, language, tasks.map((one) => one.task));
    working.change((plan) => addTask(plan, made));
    show(made.task);
  };
  const drop = (id: string) => working.change((plan) => dropTask(plan, id), "trainer.tasks.dropped");
  const adding = <Menu label={t("trainer.tasks.add")} icon="add" items={topics.map((topic) => ({ text: t(`workshop.topic.${topic}`), onPick: () => add(topic) }))} />;
  if (!task) return <Empty text={t("trainer.tasks.none")} action={adding} />;
  const at = tasks.indexOf(task);
  return (
    <div class={own["tasks"]}>
      <nav class={own["taskList"]} aria-label={t("trainer.tasks")}>
        <ol>
          {tasks.map((one, i) => (
            <li key={one.task}>
              <button type="button" class={own["task"]} aria-current={one === task ? "true" : undefined} onClick={() => show(one.task)}>
                <span class={css["number"]} aria-hidden="true">
                  {i + 1}
                </span>
                <span class={css["facts"]}>
                  <span>{Object.keys(one.title).length > 0 ? <Worded words={one.title} most={80} /> : <span class="dim">{t("trainer.tasks.untitled")}</span>}</span>
                  <span class="dim">{t(`workshop.topic.${one.topic}` as Key)}</span>
                </span>
                <Standing n={lacks.filter((l) => l.task === one.task).length} />
              </button>
            </li>
          ))}
        </ol>
        {adding}
      </nav>
      <div class={own["editor"]}>
        <div class={own["editorHead"]}>
          <h2>
            {t("trainer.task.nth", { n: at + 1, all: tasks.length })} · {t(`workshop.topic.${task.topic}` as Key)}
          </h2>
          <div class={css["acts"]}>
            <Button small kind="quiet" icon="arrowUp" label={t("trainer.tasks.up")} disabled={at === 0} onClick={() => working.change((plan) => moveTask(plan, task.task, -1))} />
            <Button small kind="quiet" icon="arrowDown" label={t("trainer.tasks.down")} disabled={at === tasks.length - 1} onClick={() => working.change((plan) => moveTask(plan, task.task, 1))} />
            <Button small kind="quiet" icon="close" onClick={() => drop(task.task)}>
              {t("trainer.tasks.drop")}
            </Button>
          </div>
        </div>
        <Lacking lacks={lacks.filter((l) => l.task === task.task)} />
        <TaskEditor key={task.task} working={working} language={language} task={task} />
      </div>
    </div>
  );
}

function Standing({ n }: { n: number }) {
  if (n === 0)
    return (
      <span class={css["whole"]}>
        <Icon name="check" size={14} /> <span class="heard">{t("trainer.step.whole")}</span>
      </span>
    );
  return <span class={css["lacking"]}>{t("trainer.step.lacks", { n })}</span>;
}

function Lacking({ lacks }: { lacks: readonly Lack[] }) {
  if (lacks.length === 0) return null;
  return (
    <p class={css["careful"]}>
      {t("trainer.lacks")} {lacks.map((l) => t(`trainer.lack.${l.what}`, { n: l.n })).join(" ")}
    </p>
  );
}

// presetTask begins a task with what its topic usually asks, in the words of the
// language that the page is in.
function presetTask(topic: Topic, language: string, taken: readonly string[]): Task {
  const preset = presets[topic];
  const worded = (kind: "options" | "reasons") => preset[kind].map((id) => ({ option: id, label: { [language]: t(`trainer.preset.${topic}.${kind}.${id}` as Key) }, item: "" }));
  return {
    task: freshID(topic, taken),
    topic,
    title: {},
    question: { [language]: t(`trainer.preset.${topic}.question`) },
    hints: [],
    tools: [...preset.tools],
    form: preset.form,
    options: worded("options"),
    reasons: worded("reasons"),
    subjects: [],
    points: usualPoints,
  };
}
