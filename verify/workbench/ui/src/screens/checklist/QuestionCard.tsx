// One question: what it asks, what is known beside it, its answer, its note and
// what it rests on. What is not answered says so.
import type { Choice, KnownFact, Question } from "../../api.gen";
import { hint } from "../../keys";
import { Button } from "../../parts/Button";
import { Icon } from "../../parts/Icon";
import { Menu } from "../../parts/Menu";
import { Said, Scraped } from "../../parts/Scraped";
import { inRow, t } from "../../text";
import { holds, replies, taken } from "./answers";
import css from "./Question.module.css";
import { EvidenceList } from "./EvidenceList";
import { noteID, type Writing } from "./writing";

const keyed = ["supported", "contradicted", "cannotTell", "notDone"] as const; // actions, as replies

interface Props {
  question: Question;
  current: boolean;
  writing: Writing;
  choices: readonly Choice[];
  onCurrent: () => void;
}

export function QuestionCard({ question: q, current, writing, choices, onCurrent }: Props) {
  const note = writing.notes[q.step] ?? q.note;
  const waits = q.answer === "" && note.trim() !== "";
  const keep = () => {
    if (q.answer !== "" && note.trim() !== q.note) writing.reply(q.step, q.answer);
  };
  const accept = (fact: KnownFact) => {
    const text = taken(note, fact);
    writing.note(q.step, text);
    if (q.answer !== "") writing.reply(q.step, q.answer, { note: text });
    else document.getElementById(noteID(q.step))?.focus();
  };
  if (q.derived !== "") return <Derived question={q} />;
  return (
    <article id={`q-${q.step}`} class={css["card"]} data-current={current || undefined} data-open={q.answer === "" || undefined} aria-labelledby={`t-${q.step}`} onFocusCapture={() => !current && onCurrent()}>
      <h3 id={`t-${q.step}`} class={css["question"]}>
        <span class={css["id"]}>{q.step}</span> {q.question}
      </h3>
      <p class={css["help"]}>{q.help}</p>
      {q.known.length > 0 && <Known facts={q.known} note={note} can={writing.can} onTake={accept} />}
      <Replies question={q} current={current} choices={choices} writing={writing} />
      {(writing.can || note !== "") && (
        <label class={css["note"]}>
          <span class={css["label"]}>{t("checklist.note")}</span>
          <textarea
            id={noteID(q.step)}
            rows={Math.min(8, Math.max(2, note.split("\n").length))}
            maxLength={10_000}
            readOnly={!writing.can}
            value={note}
            onInput={(e) => writing.note(q.step, e.currentTarget.value)}
            onBlur={keep}
            onKeyDown={(e) => {
              if (e.key === "Escape" || (e.key === "Enter" && e.ctrlKey)) e.currentTarget.blur();
            }}
          />
        </label>
      )}
      {waits && (
        <p class={css["waits"]} role="note">
          <Icon name="alert" size={14} /> {t("checklist.waits")}
        </p>
      )}
      {(q.answer !== "" || q.evidence.length > 0) && <EvidenceList list={q.evidence} can={writing.can && q.answer !== ""} onChange={(evidence) => writing.reply(q.step, q.answer, { evidence })} />}
    </article>
  );
}

// Replies are the answers: four with keys, the two finer ones in a menu.
function Replies({ question: q, current, choices, writing }: Pick<Props, "question" | "current" | "choices" | "writing">) {
  const finer = choices.filter((c) => !(replies as readonly string[]).includes(c.id));
  const fine = finer.find((c) => c.id === q.answer);
  return (
    <div class={css["replies"]} role="group" aria-labelledby={`t-${q.step}`}>
      {replies.map((reply, i) => (
        <span key={reply} class={reply === "" ? css["none"] : undefined}>
        <Button pressed={q.answer === reply} disabled={!writing.can} {...(current && writing.can ? { hint: hint(keyed[i]!) } : {})} onClick={() => q.answer !== reply && writing.reply(q.step, reply)}>
          {choices.find((c) => c.id === reply)?.text ?? t("checklist.notDone")}
        </Button>
        </span>
      ))}
      {writing.can ? (
        <Menu kind="quiet" small label={fine?.text ?? t("checklist.other")} items={finer.map((c) => ({ text: c.text, checked: c.id === q.answer, onPick: () => writing.reply(q.step, c.id) }))} />
      ) : (
        fine && <span>{fine.text}</span>
      )}
      {q.by !== "" && (
        <span class={css["by"]}>
          <bdi dir="auto">{q.by}</bdi>
        </span>
      )}
    </div>
  );
}

// Known is what the program knows beside a question, grey until a person takes
// it into the note. It answers nothing.
function Known({ facts, note, can, onTake }: { facts: readonly KnownFact[]; note: string; can: boolean; onTake: (fact: KnownFact) => void }) {
  return (
    <ul class={css["known"]} aria-label={t("checklist.known")}>
      {facts.map((fact) => {
        const has = holds(note, fact);
        return (
          <li key={fact.text}>
            <span class={css["fact"]}>
              <Said most={600}>{fact.text}</Said>
              <span class={css["origin"]}>
                {t("checklist.origin")} <Scraped most={200}>{fact.origin.length > 0 ? inRow(fact.origin) : t("checklist.origin.case")}</Scraped>
              </span>
            </span>
            {has ? (
              <span class={css["taken"]}>
                <Icon name="check" size={14} /> {t("checklist.taken")}
              </span>
            ) : (
              can && (
                <Button small onClick={() => onTake(fact)}>
                  {t("checklist.accept")}
                </Button>
              )
            )}
          </li>
        );
      })}
    </ul>
  );
}

// Derived is a question that what happens to the review answers by itself.
function Derived({ question: q }: { question: Question }) {
  return (
    <article class={css["card"]} aria-labelledby={`t-${q.step}`}>
      <h3 id={`t-${q.step}`} class={css["question"]}>
        <span class={css["id"]}>{q.step}</span> {q.question}
      </h3>
      <p class={css["help"]}>{q.help}</p>
      <p>
        {q.derived} <span class="dim">{t("checklist.derived")}</span>
      </p>
    </article>
  );
}
