// One question of a task: what it is about, the answer, and the key beside it
// once that is open.
import type { ExerciseItem, ExercisePage, ExerciseSubject, ExerciseTask } from "../../api.gen";
import { hint } from "../../keys";
import { Evidence } from "../../parts/Evidence";
import { pictured } from "../../parts/pictured";
import { Button } from "../../parts/Button";
import { Icon } from "../../parts/Icon";
import { Scraped } from "../../parts/Scraped";
import { Worded } from "../../parts/Worded";
import { address } from "../../router";
import { t } from "../../text";
import { AnswerForm } from "./AnswerForm";
import { KeyBeside } from "./KeyBeside";
import css from "./Subject.module.css";
import { pairAddress } from "./tools";
import { blank, type Answers } from "./useAnswers";

interface Props {
  case: string;
  page: ExercisePage;
  task: ExerciseTask;
  subject: ExerciseSubject;
  n: number; // from 1
  current: boolean;
  answers: Answers;
  onCurrent: () => void;
}

export function Subject({ case: caseID, page, task, subject, n, current, answers, onCurrent }: Props) {
  const answer = answers.of(task.task, subject.subject);
  const id = `q-${subject.subject}`;
  const many = task.subjects.length > 1;
  return (
    <section id={id} class={css["card"]} data-current={(current && many) || undefined} aria-labelledby={`${id}-label`} onFocusCapture={onCurrent} onPointerDown={onCurrent}>
      <header class={css["head"]}>
        <h2 id={`${id}-label`}>
          <Worded words={subject.label} />
        </h2>
        {many && <span class={css["nth"]}>{t("workshop.subject", { n, all: task.subjects.length })}</span>}
      </header>
      <div class={css["body"]} data-split={subject.items.length === 1 || undefined}>
        <Items case={caseID} task={task} subject={subject} current={current} />
        {subject.key ? (
          <KeyBeside task={task} subject={subject} page={page} />
        ) : (
          <div class={css["answer"]}>
            <AnswerForm case={caseID} zone={page.zone} task={task} subject={subject} answer={answer} onSay={(changes) => answers.say(task.task, subject.subject, changes)} />
            <Kept given={subject.given} saving={answers.saving(task.task, subject.subject)} onClear={() => answers.say(task.task, subject.subject, blank(task.task, subject.subject))} />
          </div>
        )}
      </div>
    </section>
  );
}

// Kept says whether the answer is kept, and takes it back.
function Kept({ given, saving, onClear }: { given: boolean; saving: boolean; onClear: () => void }) {
  return (
    <p class={css["kept"]}>
      <span role="status" data-given={given || undefined}>
        {given && !saving && <Icon name="check" size={14} />} {t(saving ? "workshop.saving" : given ? "workshop.saved" : "workshop.unanswered")}
      </span>
      {given && (
        <Button small kind="quiet" onClick={onClear}>
          {t("workshop.clear")}
        </Button>
      )}
      {given && <span class="dim">{t("workshop.undo", { key: hint("undo") })}</span>}
    </p>
  );
}

const large = 2; // items up to which each is shown large

function Items({ case: caseID, task, subject, current }: { case: string; task: ExerciseTask; subject: ExerciseSubject; current: boolean }) {
  const items = subject.items;
  if (items.length === 0) return null;
  const cards = items.flatMap((item) => item.card ?? []);
  const [a, b] = cards;
  return (
    <div class={css["about"]}>
      <ul class={items.length <= large ? css["large"] : css["small"]} aria-label={t("workshop.files.here")}>
        {items.map((item, i) => (
          <li key={item.path}>
            {item.card && (
              <span class={items.length <= large ? css["view"] : css["cell"]}>
                <Evidence case={caseID} {...pictured(item.card)} size={items.length <= large ? "view" : "cell"} group={`${subject.subject}/${item.path}`} current={current && i === 0} still />
              </span>
            )}
            <Name case={caseID} task={task} item={item} />
          </li>
        ))}
      </ul>
      {a && b && cards.length === 2 && task.tools.includes("compare") && (
        <a class={css["link"]} href={pairAddress(caseID, a.id, b.id)}>
          {t("workshop.compare")}
        </a>
      )}
    </div>
  );
}

// Name is the path of a file, which leads to its page where that is a tool.
function Name({ case: caseID, task, item }: { case: string; task: ExerciseTask; item: ExerciseItem }) {
  const words = <Scraped most={200}>{item.path}</Scraped>;
  if (!item.card || !task.tools.includes("media")) return <span class={css["path"]}>{words}</span>;
  return (
    <a class={css["path"]} href={address(caseID, "media", item.card.id)}>
      {words}
    </a>
  );
}
