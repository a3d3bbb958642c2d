// One item's checklist: what is looked at on one side, the questions on the
// other. The current question is in the address, so that it is found again.
import { useState } from "preact/hooks";
import { client, type Checklist } from "../../api.gen";
import { changed, trying } from "../../done";
import { useKeys } from "../../keys";
import { useLoad } from "../../load";
import { Failed, Loading, Partial } from "../../parts/State";
import { query, setQuery } from "../../router";
import { settings } from "../../session";
import { t } from "../../text";
import { alone, answer, asked, neighbour, nextOpen, replies } from "./answers";
import css from "./Checklist.module.css";
import { Claims } from "./Claims";
import { Conclude } from "./Conclude";
import { Handling } from "./Handling";
import { Item } from "./Item";
import { QuestionCard } from "./QuestionCard";
import { Sides } from "./Sides";
import { noteID, type Beside, type Writing } from "./writing";

export function Sheet({ case: caseID, id }: { case: string; id: string }) {
  const sheet = useLoad((signal) => client.checklist({ case: caseID, id }, { signal }), [caseID, id, changed.value]);
  if (sheet.error && !sheet.data) return <Failed error={sheet.error} retry={sheet.reload} />;
  if (!sheet.data) return <Loading shape="page" />;
  return <Filling case={caseID} sheet={sheet.data} />;
}

function Filling({ case: caseID, sheet }: { case: string; sheet: Checklist }) {
  const all = asked(sheet.sections);
  const step = all.find((q) => q.step === query.value.get("q"))?.step ?? all[0]?.step ?? "";
  const writing = useWriting(caseID, sheet, step);
  const press = (reply: string) => () => writing.reply(step, reply);
  const can = (act: () => void) => (sheet.can_write ? act : undefined);
  useKeys("checklist", {
    nextQuestion: () => show(neighbour(all, step, 1)),
    prevQuestion: () => show(neighbour(all, step, -1)),
    supported: can(press(replies[0])),
    contradicted: can(press(replies[1])),
    cannotTell: can(press(replies[2])),
    notDone: can(press(replies[3])),
    note: can(() => document.getElementById(noteID(step))?.focus()),
  });
  return (
    <div class={css["screen"]}>
      <Item case={caseID} sheet={sheet} step={step} onStep={show} />
      <div class={css["board"]}>
        <Standing sheet={sheet} />
        {sheet.sides.length > 1 && <Sides sheet={sheet} />}
        {alone(sheet) && (
          <>
            {sheet.sections.map((section) => (
              <section key={section.id} class={css["section"]} aria-labelledby={`s-${section.id}`}>
                <header class={css["heading"]}>
                  <h2 id={`s-${section.id}`}>{section.title}</h2>
                  <p class={css["result"]}>{section.result}</p>
                </header>
                {section.questions.map((q) => (
                  <QuestionCard key={q.step} question={q} current={q.step === step} writing={writing} choices={sheet.choices.replies} onCurrent={() => show(q.step, false)} />
                ))}
              </section>
            ))}
            <Claims case={caseID} sheet={sheet} />
            <Conclude case={caseID} sheet={sheet} open={all.filter((q) => q.answer === "").length} />
          </>
        )}
        <Handling case={caseID} sheet={sheet} />
      </div>
    </div>
  );
}

// useWriting keeps notes that wait for an answer, and records answers.
function useWriting(caseID: string, sheet: Checklist, current: string): Writing {
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const all = asked(sheet.sections);
  const noteOf = (step: string) => typed[step] ?? all.find((q) => q.step === step)?.note ?? "";
  const note = (step: string, text: string) => setTyped((was) => ({ ...was, [step]: text }));
  const reply = async (step: string, given: string, beside: Beside) => {
    const question = all.find((q) => q.step === step);
    if (!question) return;
    const text = beside.note ?? noteOf(step);
    const made = answer(question, given, text, beside.evidence ?? question.evidence.map((e) => e.text));
    if (!(await trying(caseID, () => client.assess({ case: caseID, id: sheet.card.id, answers: [made] })))) return;
    // what was typed is kept where an answer was taken away, for the next one
    setTyped(({ [step]: _, ...others }) => (given === "" && text !== "" ? { ...others, [step]: text } : others));
    const onward = given !== "" && question.answer === "" && settings.value.auto_advance && step === current;
    if (onward) show(nextOpen(all, step) || step);
  };
  return { can: sheet.can_write, notes: typed, note, reply: (step, given, beside = {}) => void reply(step, given, beside) };
}

// show makes a question the current one, and brings it into view.
function show(step: string, scroll = true): void {
  if (step === "") return;
  setQuery({ q: step });
  if (!scroll) return;
  requestAnimationFrame(() => document.getElementById(`q-${step}`)?.scrollIntoView({ block: "center" }));
}

// Standing says how far the review is, and what this person may do in it.
function Standing({ sheet }: { sheet: Checklist }) {
  return (
    <div class={css["standing"]}>
      <p>
        <strong>{round(sheet)}</strong>
        {sheet.blind && <span class={css["blind"]}>{t("checklist.blind")}</span>}
      </p>
      {sheet.open && sheet.round !== 0 && <p class={css["hint"]}>{t(sheet.round === 1 ? "checklist.sealed.first" : "checklist.sealed.second")}</p>}
      {sheet.why_not !== "" && <Partial text={sheet.why_not} />}
    </div>
  );
}

function round(sheet: Checklist): string {
  switch (sheet.round) {
    case 1:
      return t("checklist.round.first", { name: sheet.me });
    case 2:
      return t("checklist.round.second", { name: sheet.me });
    case 3:
      return t("checklist.round.third", { name: sheet.me });
  }
  return t("checklist.round.none");
}
