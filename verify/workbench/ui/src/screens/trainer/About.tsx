// What an exercise is: its texts, and the files that it is made of with their
// origin and licence.
import type { Exercise } from "../../api.gen";
import { Choices, Field } from "../../parts/Field";
import { t } from "../../text";
import { Files } from "./Files";
import { shortNamePattern } from "./plan";
import type { Writing } from "./writing";
import css from "./Trainer.module.css";
import { WordField } from "./WordField";

const levels = ["1", "2", "3"] as const;

export function About({ working, language }: Writing) {
  const e = working.plan.exercise;
  const change = (some: Partial<Exercise>) => working.change((plan) => ({ ...plan, exercise: { ...plan.exercise, ...some } }));
  const minutes = (at: 0 | 1) => (text: string) => {
    const n = Number.parseInt(text, 10);
    const next: [number, number] = [...e.minutes];
    next[at] = Number.isNaN(n) ? 0 : Math.min(Math.max(n, 0), 600);
    change({ minutes: next });
  };
  return (
    <>
      <section class={css["card"]} aria-labelledby="texts">
        <h2 id="texts">{t("trainer.about")}</h2>
        <div class={css["two"]}>
          <WordField label={t("trainer.about.title")} words={e.title} language={language} onChange={(title) => change({ title })} />
          <Field label={t("trainer.about.by")} hint={t("trainer.about.by.hint")}>
            {(props) => <input {...props} dir="auto" maxLength={300} autocomplete="off" value={e.by} onInput={(event) => change({ by: event.currentTarget.value })} />}
          </Field>
        </div>
        <WordField label={t("trainer.about.story")} hint={t("trainer.about.story.hint")} words={e.story} language={language} rows={6} onChange={(story) => change({ story })} />
        <div class={css["fields"]}>
          <Choices label={t("trainer.about.level")} row value={String(e.level) as "1"} choices={levels.map((value) => ({ value, label: t(`trainer.about.level.${value}`) }))} onChange={(level) => change({ level: Number(level) })} />
          <Minutes label={t("trainer.about.from")} value={e.minutes[0]} onInput={minutes(0)} />
          <Minutes label={t("trainer.about.to")} value={e.minutes[1]} onInput={minutes(1)} />
        </div>
        <div class={css["two"]}>
          <Field label={t("trainer.about.zone")} hint={t("trainer.about.zone.hint")}>
            {(props) => <input {...props} dir="ltr" maxLength={64} autocomplete="off" spellcheck={false} value={e.zone} onInput={(event) => change({ zone: event.currentTarget.value.trim() })} />}
          </Field>
          <Field label={t("trainer.about.id")} hint={t("trainer.about.id.hint")} error={shortNamePattern.test(e.exercise) ? "" : t("trainer.about.id.wrong")}>
            {(props) => <input {...props} dir="ltr" maxLength={60} autocomplete="off" spellcheck={false} value={e.exercise} onInput={(event) => change({ exercise: event.currentTarget.value.trim() })} />}
          </Field>
        </div>
      </section>
      <Files working={working} />
    </>
  );
}

function Minutes({ label, value, onInput }: { label: string; value: number; onInput: (text: string) => void }) {
  return (
    <Field label={label}>
      {(props) => <input {...props} class={`${props.class} ${css["short"]}`} type="number" min={1} max={600} value={value} onInput={(e) => onInput(e.currentTarget.value)} />}
    </Field>
  );
}
