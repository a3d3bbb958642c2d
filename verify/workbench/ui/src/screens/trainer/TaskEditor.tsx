// One task: what is asked, with which tools and hints, among which options, and
// of which files; the key stands beside each part.
import type { Task } from "../../api.gen";
import { Button } from "../../parts/Button";
import { Check, Field } from "../../parts/Field";
import { t } from "../../text";
import { Options } from "./Options";
import { Parts } from "./Parts";
import { byOptions, changeTask, changeWhy, forms, keyOf, tools } from "./plan";
import own from "./Task.module.css";
import css from "./Trainer.module.css";
import { WordField } from "./WordField";
import type { EditorProps } from "./writing";

export function TaskEditor({ working, language, task }: EditorProps) {
  const change = (some: Partial<Task>) => working.change((plan) => changeTask(plan, task.task, some));
  return (
    <>
      <section class={css["card"]} aria-label={t("trainer.task.asked")}>
        <WordField label={t("trainer.task.title")} words={task.title} language={language} onChange={(title) => change({ title })} />
        <WordField label={t("trainer.task.question")} hint={t("trainer.task.question.hint")} words={task.question} language={language} rows={3} onChange={(question) => change({ question })} />
        <div class={css["fields"]}>
          <Field label={t("trainer.task.form")}>
            {(props) => (
              <select {...props} value={task.form} onChange={(e) => change(formed(task, e.currentTarget.value))}>
                {forms.map((form) => (
                  <option key={form} value={form}>
                    {t(`workshop.form.${form}`)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={t("trainer.task.points")} hint={t("trainer.task.points.hint")}>
            {(props) => <input {...props} class={`${props.class} ${css["short"]}`} type="number" min={1} max={100} value={task.points} onInput={(e) => change({ points: Number.parseInt(e.currentTarget.value, 10) || 0 })} />}
          </Field>
        </div>
        <fieldset class={own["checks"]}>
          <legend>{t("trainer.task.tools")}</legend>
          {tools.map((tool) => (
            <Check key={tool} label={t(`workshop.tool.${tool}`)} checked={task.tools.includes(tool)} onChange={(on) => change({ tools: tools.filter((one) => (one === tool ? on : task.tools.includes(one))) })} />
          ))}
        </fieldset>
      </section>
      {byOptions(task.form) && <Options what="options" working={working} language={language} task={task} />}
      <Options what="reasons" working={working} language={language} task={task} />
      <Parts working={working} language={language} task={task} />
      <section class={css["card"]} aria-labelledby="learnt">
        <h3 id="learnt">{t("trainer.task.why")}</h3>
        <WordField label={t("trainer.task.why.field")} hint={t("trainer.task.why.hint")} words={keyOf(working.plan, task.task).why} language={language} rows={3} onChange={(why) => working.change((plan) => changeWhy(plan, task.task, why))} />
      </section>
      <Hints working={working} language={language} task={task} />
    </>
  );
}

// formed is what changes with the form of a task: options are of choices alone.
function formed(task: Task, form: string): Partial<Task> {
  if (byOptions(form)) return { form };
  return { form, options: [], subjects: task.subjects.map((s) => ({ ...s, options: [] })) };
}

function Hints({ working, language, task }: EditorProps) {
  const put = (hints: Task["hints"]) => working.change((plan) => changeTask(plan, task.task, { hints }));
  return (
    <section class={css["card"]} aria-labelledby="hints">
      <h3 id="hints">{t("trainer.hints")}</h3>
      <p class="dim">{t("trainer.hints.hint")}</p>
      {task.hints.map((words, i) => (
        <div key={i} class={own["line"]}>
          <WordField label={t("trainer.hints.nth", { n: i + 1 })} words={words} language={language} rows={2} onChange={(next) => put(task.hints.map((h, at) => (at === i ? next : h)))} />
          <Button kind="quiet" icon="close" label={t("trainer.hints.drop", { n: i + 1 })} onClick={() => put(task.hints.filter((_, at) => at !== i))} />
        </div>
      ))}
      <span>
        <Button small icon="add" disabled={task.hints.length >= 10} onClick={() => put([...task.hints, {}])}>
          {t("trainer.hints.add")}
        </Button>
      </span>
    </section>
  );
}
