// The key of one part: what is right, in the form that the task asks for, and
// why. It is sealed when the pack is made.
import type { Option, Subject, SubjectKey, Task, WhenKey } from "../../api.gen";
import { WhenEntry } from "../../parts/answer/WhenEntry";
import { WhereEntry } from "../../parts/answer/WhereEntry";
import { Check, Field } from "../../parts/Field";
import { duration } from "../../parts/measure";
import { visible } from "../../parts/Scraped";
import { inWords, Worded } from "../../parts/Worded";
import { t } from "../../text";
import { changeKey, choicesOf } from "./plan";
import type { EditorProps } from "./writing";
import own from "./Task.module.css";
import css from "./Trainer.module.css";
import { WordField } from "./WordField";

const credits = ["1", "0.75", "0.5", "0.25", "0"] as const;

interface Props extends EditorProps {
  part: Subject;
  sealed: SubjectKey;
}

interface EntryProps {
  task: Task;
  part: Subject;
  sealed: SubjectKey;
  zone: string;
  onChange: (some: Partial<SubjectKey>) => void;
}

export function KeyForm({ working, language, task, part, sealed }: Props) {
  const change = (some: Partial<SubjectKey>) => working.change((plan) => changeKey(plan, task.task, part.subject, some));
  return (
    <>
      <Entry task={task} part={part} sealed={sealed} zone={working.plan.exercise.zone} onChange={change} />
      {task.reasons.length > 0 && (
        <fieldset class={own["checks"]}>
          <legend>{t("trainer.key.reasons")}</legend>
          {task.reasons.map((r) => (
            <Check key={r.option} label={<Worded words={r.label} most={200} />} checked={sealed.reasons.includes(r.option)} onChange={(on) => change({ reasons: picked(task.reasons, sealed.reasons, r.option, on) })} />
          ))}
        </fieldset>
      )}
      <WordField label={t("trainer.key.why")} hint={t("trainer.key.why.hint")} words={sealed.why} language={language} rows={2} onChange={(why) => change({ why })} />
      <Partly language={language} options={[...choicesOf(task, part), ...task.reasons].filter((o) => !right(task, sealed, o.option))} sealed={sealed} onChange={change} />
    </>
  );
}

function right(task: Task, key: SubjectKey, id: string): boolean {
  if (key.reasons.includes(id)) return true;
  return task.form === "choice" ? key.credit[id] === 1 : key.right.includes(id);
}

// picked adds one to those that are chosen, or takes it away, in the order of the
// options.
function picked(options: readonly Option[], chosen: readonly string[], id: string, on: boolean): string[] {
  return options.map((o) => o.option).filter((one) => (one === id ? on : chosen.includes(one)));
}

function Entry(p: EntryProps) {
  switch (p.task.form) {
    case "choice":
      return <Credits {...p} />;
    case "choices":
      return <Right {...p} />;
    case "interval":
      return <Time {...p} />;
  }
  return <WhereEntry value={p.sealed.where} onChange={(where) => p.onChange({ where })} />;
}

function Credits({ task, part, sealed, onChange }: EntryProps) {
  const put = (id: string, credit: number) => {
    const { [id]: _, ...others } = sealed.credit;
    onChange({ credit: credit > 0 ? { ...others, [id]: credit } : others });
  };
  return (
    <fieldset class={own["credits"]}>
      <legend>{t("trainer.key.which")}</legend>
      {choicesOf(task, part).map((o) => (
        <label key={o.option} class={own["credit"]} data-right={sealed.credit[o.option] === 1 || undefined}>
          <span>
            <Worded words={o.label} most={200} />
          </span>
          <select value={String(sealed.credit[o.option] ?? 0)} aria-label={t("trainer.key.credit", { option: visible(inWords(o.label).text, 120) })} onChange={(e) => put(o.option, Number(e.currentTarget.value))}>
            {credits.map((c) => (
              <option key={c} value={c}>
                {c === "1" ? t("trainer.key.right") : c === "0" ? t("trainer.key.wrong") : t("trainer.key.partly", { share: Number(c) * 100 })}
              </option>
            ))}
          </select>
        </label>
      ))}
    </fieldset>
  );
}

function Right({ task, part, sealed, onChange }: EntryProps) {
  const options = choicesOf(task, part);
  return (
    <fieldset class={own["checks"]}>
      <legend>{t("trainer.key.all")}</legend>
      {options.map((o) => (
        <Check key={o.option} label={<Worded words={o.label} most={200} />} checked={sealed.right.includes(o.option)} onChange={(on) => onChange({ right: picked(options, sealed.right, o.option, on) })} />
      ))}
    </fieldset>
  );
}

function Time({ sealed, zone, onChange }: EntryProps) {
  const when = sealed.when;
  const put = (value: { earliest: string; latest: string } | null) => onChange({ when: value && { ...value, width_seconds: Math.max(narrowest(value), when?.width_seconds ?? 0) } });
  return (
    <>
      <WhenEntry value={when} onChange={put} zone={zone} />
      {when && (
        <Field label={t("trainer.key.width")} hint={t("trainer.key.width.hint", { width: duration(when.width_seconds) })}>
          {(props) => (
            <input
              {...props}
              class={`${props.class} ${css["short"]}`}
              type="number"
              min={narrowest(when)}
              value={when.width_seconds}
              onChange={(e) => onChange({ when: { ...when, width_seconds: Math.max(narrowest(when), Number(e.currentTarget.value) || 0) } })}
            />
          )}
        </Field>
      )}
    </>
  );
}

// narrowest is the width below which no answer can be, in seconds: that of the
// interval itself, and never nothing.
function narrowest(when: Pick<WhenKey, "earliest" | "latest">): number {
  return Math.max(1, (Date.parse(when.latest) - Date.parse(when.earliest)) / 1000);
}

function Partly({ language, options, sealed, onChange }: { language: string; options: readonly Option[]; sealed: SubjectKey; onChange: (some: Partial<SubjectKey>) => void }) {
  if (options.length === 0) return null;
  const put = (id: string, words: Record<string, string>) => {
    const { [id]: _, ...others } = sealed.partly;
    onChange({ partly: Object.keys(words).length > 0 ? { ...others, [id]: words } : others });
  };
  return (
    <details class={own["fold"]}>
      <summary>{t("trainer.key.partlyWhy", { n: options.filter((o) => sealed.partly[o.option]).length, all: options.length })}</summary>
      {options.map((o) => (
        <WordField key={o.option} label={inWords(o.label).text} words={sealed.partly[o.option] ?? {}} language={language} most={10_000} onChange={(words) => put(o.option, words)} />
      ))}
    </details>
  );
}
