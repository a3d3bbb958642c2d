// The answer in the form that the task asks for, and its reasons.
import type { Answer, ExerciseOption, ExerciseSubject, ExerciseTask } from "../../api.gen";
import { settings } from "../../session";
import { Evidence } from "../../parts/Evidence";
import { pictured } from "../../parts/pictured";
import { Scraped } from "../../parts/Scraped";
import { Timeline, type TimeMark } from "../../parts/Timeline";
import { WhenEntry } from "../../parts/answer/WhenEntry";
import { WhereEntry } from "../../parts/answer/WhereEntry";
import { Worded } from "../../parts/Worded";
import { t } from "../../text";
import css from "./AnswerForm.module.css";
import { claims, markOf } from "./claims";
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
  switch (task.form) {
    case "interval": {
      const marks = [...claims(subject), ...(answer.when ? [markOf("answer", answer.when, t("workshop.when.lane.mine"))] : [])];
      return (
        <fieldset class={css["part"]}>
          <legend>{t("workshop.when")}</legend>
          <WhenEntry value={answer.when} zone={zone} onChange={(when) => onSay({ when })} />
          {marks.length > 0 && <Claims marks={marks} zone={zone} />}
        </fieldset>
      );
    }
    case "place":
      return (
        <fieldset class={css["part"]}>
          <legend>{t("workshop.where")}</legend>
          <WhereEntry value={answer.where} onChange={(where) => onSay({ where })} />
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

// Claims lays what the files say of their time under the answer.
export function Claims({ marks, zone }: { marks: readonly TimeMark[]; zone: string }) {
  return (
    <div class={css["claims"]}>
      <Timeline label={t("workshop.when.claims")} marks={marks} zone={zone || "Z"} height={130} />
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
