// The answer in the form that the task asks for, and its reasons.
import { useMemo } from "preact/hooks";
import type { Answer, ExerciseOption, ExerciseSubject, ExerciseTask } from "../../api.gen";
import { settings } from "../../session";
import { Evidence } from "../../parts/Evidence";
import { pictured } from "../../parts/pictured";
import { Scraped } from "../../parts/Scraped";
import { Timeline, type TimeMark } from "../../parts/Timeline";
import { WhenEntry } from "../../parts/answer/WhenEntry";
import { WhereEntry } from "../../parts/answer/WhereEntry";
import { inWords, Worded } from "../../parts/Worded";
import { t } from "../../text";
import css from "./AnswerForm.module.css";
import { circleOf, markOf } from "./claims";
import { toggled } from "./choosing";

interface Props {
  case: string;
  zone: string;
  task: ExerciseTask;
  subject: ExerciseSubject;
  answer: Answer;
  onSay: (changes: Partial<Answer>) => void;
}

export function AnswerForm(p: Props) {
  return (
    <div class={css["form"]}>
      <Main {...p} />
      {p.task.reasons.length > 0 && (
        <Options
          case={p.case}
          legend={t("workshop.reasons")}
          name={`${p.subject.subject}-reasons`}
          options={p.task.reasons}
          chosen={p.answer.reasons}
          first={p.subject.options.length + 1}
          onChoose={(option) => p.onSay({ reasons: toggled(p.answer.reasons, option, p.task.reasons) })}
        />
      )}
    </div>
  );
}

function Main({ case: caseID, zone, task, subject, answer, onSay }: Props) {
  // The other places of the task stay on the map, so that it need not be found anew.
  const others = useMemo(
    () => task.subjects.flatMap((s) => (s.subject !== subject.subject && s.answer.where ? [{ ...circleOf(s.subject, s.answer.where, inWords(s.label).text), dashed: true }] : [])),
    [task.subjects, subject.subject],
  );
  switch (task.form) {
    case "interval":
      return (
        <fieldset class={css["part"]}>
          <legend>{t("workshop.when")}</legend>
          <WhenEntry value={answer.when} zone={zone} onChange={(when) => onSay({ when })} />
          {answer.when && <Drawn label={t("workshop.when.lane.mine")} marks={[markOf("answer", answer.when, t("workshop.when.lane.mine"))]} zone={zone} />}
        </fieldset>
      );
    case "place":
      return (
        <fieldset class={css["part"]}>
          <legend>{t("workshop.where")}</legend>
          <WhereEntry value={answer.where} marks={others} onChange={(where) => onSay({ where })} />
        </fieldset>
      );
  }
  const one = task.form === "choice";
  return (
    <Options
      case={caseID}
      legend={t(one ? "workshop.choice" : "workshop.choices")}
      name={subject.subject}
      options={subject.options}
      chosen={answer.chosen}
      one={one}
      first={1}
      onChoose={(option) => onSay({ chosen: one ? [option] : toggled(answer.chosen, option, subject.options) })}
    />
  );
}

// Drawn lays times under an answer: itself alone as long as it is asked for, for
// what the files claim is for the learner to find.
export function Drawn({ label, marks, zone }: { label: string; marks: readonly TimeMark[]; zone: string }) {
  return (
    <div class={css["drawn"]}>
      <Timeline label={label} marks={marks} zone={zone || "Z"} height={marks.length > 1 ? 130 : 80} />
    </div>
  );
}

interface OptionsProps {
  case: string;
  legend: string;
  name: string;
  options: readonly ExerciseOption[];
  chosen: readonly string[];
  one?: boolean;
  first: number; // the number key of the first
  onChoose: (option: string) => void;
}

const keys = 9;

// Options are cards to choose one or several of, with the picture of a file
// where they stand for one.
function Options({ case: caseID, legend, name, options, chosen, one, first, onChoose }: OptionsProps) {
  const seen = options.some((o) => o.item?.card);
  return (
    <fieldset class={css["part"]}>
      <legend>{legend}</legend>
      <div class={seen ? css["pictures"] : css["words"]}>
        {options.map((o, i) => (
          <label key={o.option} class={css["option"]} data-on={chosen.includes(o.option) || undefined}>
            <input type={one ? "radio" : "checkbox"} name={name} checked={chosen.includes(o.option)} onChange={() => onChoose(o.option)} />
            {o.item?.card && (
              <span class={css["thumb"]}>
                <Evidence case={caseID} {...pictured(o.item.card)} size="cell" />
              </span>
            )}
            <span class={css["label"]}>
              <Worded words={o.label} />
              {o.item && (
                <span class={css["path"]}>
                  <Scraped most={200}>{o.item.path}</Scraped>
                </span>
              )}
            </span>
            {first + i <= keys && settings.value.single_keys && (
              <kbd class={css["key"]} aria-hidden="true">
                {first + i}
              </kbd>
            )}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
