// The parts of a task: what the question is asked of, with the key beside each.
import type { Subject, Task } from "../../api.gen";
import { Button } from "../../parts/Button";
import { Icon } from "../../parts/Icon";
import { Menu } from "../../parts/Menu";
import { Scraped, visible } from "../../parts/Scraped";
import { t } from "../../text";
import { KeyForm } from "./KeyForm";
import { OptionList } from "./Options";
import { answered, byOptions, changeTask, freshID, keyOf, subjectKey } from "./plan";
import type { EditorProps } from "./writing";
import { Thumb } from "./Thumb";
import own from "./Task.module.css";
import css from "./Trainer.module.css";
import { WordField } from "./WordField";

export function Parts({ working, language, task }: EditorProps) {
  const put = (subjects: Subject[]) => working.change((plan) => changeTask(plan, task.task, { subjects }));
  const drop = (id: string) => working.change((plan) => changeTask(plan, task.task, { subjects: task.subjects.filter((s) => s.subject !== id) }), "trainer.parts.dropped");
  const add = () => put([...task.subjects, fresh(task, language)]);
  return (
    <section class={own["parts"]} aria-labelledby="parts">
      <header class={css["cardHead"]}>
        <h3 id="parts">{t("trainer.parts", { n: task.subjects.length })}</h3>
        <Button icon="add" disabled={task.subjects.length >= 60} onClick={add}>
          {t("trainer.parts.add")}
        </Button>
      </header>
      <p class="dim">{t("trainer.parts.hint")}</p>
      {task.subjects.map((s, i) => (
        <Part key={s.subject} n={i + 1} part={s} working={working} language={language} task={task} onChange={(some) => put(task.subjects.map((one) => (one === s ? { ...one, ...some } : one)))} onDrop={() => drop(s.subject)} />
      ))}
    </section>
  );
}

function fresh(task: Task, language: string): Subject {
  const taken = task.subjects.map((s) => s.subject);
  return { subject: freshID("part", taken), label: { [language]: t("trainer.parts.nth", { n: task.subjects.length + 1 }) }, items: [], options: [] };
}

interface PartProps extends EditorProps {
  n: number;
  part: Subject;
  onChange: (some: Partial<Subject>) => void;
  onDrop: () => void;
}

function Part({ n, part, working, language, task, onChange, onDrop }: PartProps) {
  const key = subjectKey(keyOf(working.plan, task.task), part.subject);
  const done = answered(task, key);
  const heading = `part-${part.subject}`;
  return (
    <article class={own["partCard"]} aria-labelledby={heading}>
      <div class={own["asked"]}>
        <header class={css["cardHead"]}>
          <h4 id={heading}>{t("trainer.parts.nth", { n })}</h4>
          <Button small kind="quiet" icon="close" label={t("trainer.parts.drop", { n })} onClick={onDrop} />
        </header>
        <WordField label={t("trainer.parts.label")} hint={t("trainer.parts.label.hint")} words={part.label} language={language} onChange={(label) => onChange({ label })} />
        <Items working={working} part={part} onChange={(items) => onChange({ items })} />
        {byOptions(task.form) && <OwnOptions working={working} language={language} task={task} part={part} onChange={(options) => onChange({ options })} />}
      </div>
      <div class={own["key"]} role="group" aria-label={t("trainer.key.of", { n })}>
        <h4 class={own["keyHead"]}>
          <Icon name={done ? "check" : "alert"} size={14} /> {t(done ? "trainer.key" : "trainer.key.missing")}
        </h4>
        <KeyForm working={working} language={language} task={task} part={part} sealed={key} />
      </div>
    </article>
  );
}

type ItemsProps = Pick<EditorProps, "working"> & { part: Subject; onChange: (items: string[]) => void };

// Items are the files that the question is asked of.
function Items({ working, part, onChange }: ItemsProps) {
  const { page, plan } = working;
  const others = plan.exercise.media.filter((m) => !part.items.includes(m.path));
  return (
    <div class={own["items"]}>
      <span class={css["label"]}>{t("trainer.parts.files")}</span>
      <ul class={own["itemList"]}>
        {part.items.map((path) => {
          const card = page.files.find((f) => f.path === path)?.card;
          return (
            <li key={path} class={own["item"]}>
              {card && <Thumb case={page.case.id} card={card} />}
              <span class={css["fileName"]}>
                <Scraped most={160}>{path}</Scraped>
              </span>
              <Button small kind="quiet" icon="close" label={t("trainer.parts.files.drop", { file: visible(path, 120) })} onClick={() => onChange(part.items.filter((one) => one !== path))} />
            </li>
          );
        })}
      </ul>
      {others.length > 0 && <Menu small keep label={t("trainer.parts.files.add")} icon="add" items={others.map((m) => ({ text: m.path, onPick: () => onChange([...part.items, m.path]) }))} />}
    </div>
  );
}

// OwnOptions are options of one part alone, in place of the task's.
function OwnOptions({ working, language, task, part, onChange }: EditorProps & { part: Subject; onChange: (options: Subject["options"]) => void }) {
  const files = working.plan.exercise.media;
  const ofFiles = () =>
    onChange(
      (part.items.length > 1 ? part.items : files.map((m) => m.path)).map((path, i) => ({ option: `file-${i + 1}`, label: { [language]: visible(path.replace(/^.*\//, ""), 200) }, item: path })),
    );
  if (part.options.length === 0)
    return (
      <div class={css["acts"]}>
        <Button small onClick={ofFiles}>
          {t("trainer.parts.options.files")}
        </Button>
        <Button small kind="quiet" onClick={() => onChange(task.options.length > 0 ? [...task.options] : [{ option: "option-1", label: {}, item: "" }])}>
          {t("trainer.parts.options.own")}
        </Button>
      </div>
    );
  return (
    <div class={own["items"]}>
      <span class={css["label"]}>{t("trainer.parts.options")}</span>
      <OptionList what="options" list={part.options} language={language} onChange={onChange} />
      <span>
        <Button small kind="quiet" onClick={() => onChange([])}>
          {t("trainer.parts.options.none")}
        </Button>
      </span>
    </div>
  );
}
