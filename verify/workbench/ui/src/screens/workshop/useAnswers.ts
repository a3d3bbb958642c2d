// The answers of a learner: kept by the program as soon as they are given, one
// after the other, and taken back and given again by Undo and Redo.
import { useRef, useState } from "preact/hooks";
import { client, type Answer, type ExercisePage } from "../../api.gen";
import { tellError } from "../../parts/Toast";

interface Step {
  before: Answer;
  after: Answer;
}

export interface Answers {
  of: (task: string, subject: string) => Answer;
  saving: (task: string, subject: string) => boolean;
  say: (task: string, subject: string, changes: Partial<Answer>) => void;
  undo: (() => Step) | undefined; // gives what was taken back; undefined where there is nothing
  redo: (() => Step) | undefined;
}

// blank is the answer that was not given.
export function blank(task: string, subject: string): Answer {
  return { task, subject, chosen: [], when: null, where: null, reasons: [] };
}

function keyOf(a: Pick<Answer, "task" | "subject">): string {
  return `${a.task}/${a.subject}`;
}

export function useAnswers(caseID: string, page: ExercisePage, onPage: (page: ExercisePage) => void): Answers {
  // What is on its way to the program. Keys can follow each other sooner than the
  // screen is drawn: each begins from the answer that was given last.
  const waiting = useRef<Readonly<Record<string, Answer>>>({});
  const [, draw] = useState(waiting.current);
  const [steps, setSteps] = useState<{ done: readonly Step[]; undone: readonly Step[] }>({ done: [], undone: [] });
  const queue = useRef<Promise<void>>(Promise.resolve());

  const of = (task: string, subject: string): Answer =>
    waiting.current[keyOf({ task, subject })] ?? page.tasks.find((k) => k.task === task)?.subjects.find((s) => s.subject === subject)?.answer ?? blank(task, subject);

  const keep = (answer: Answer) => {
    const key = keyOf(answer);
    draw((waiting.current = { ...waiting.current, [key]: answer }));
    queue.current = queue.current.then(async () => {
      try {
        onPage(await client.exerciseAnswer({ case: caseID, answers: [answer] }));
      } catch (error) {
        tellError(error);
      }
      if (waiting.current[key] !== answer) return; // a later one follows
      const { [key]: _, ...others } = waiting.current;
      draw((waiting.current = others));
    });
  };
  const say = (task: string, subject: string, changes: Partial<Answer>) => {
    const before = of(task, subject);
    const after = { ...before, ...changes };
    setSteps((was) => ({ done: [...was.done, { before, after }], undone: [] }));
    keep(after);
  };
  const last = steps.done.at(-1);
  const next = steps.undone.at(-1);
  return {
    of,
    saving: (task, subject) => keyOf({ task, subject }) in waiting.current,
    say,
    undo:
      last &&
      (() => {
        setSteps({ done: steps.done.slice(0, -1), undone: [...steps.undone, last] });
        keep(last.before);
        return last;
      }),
    redo:
      next &&
      (() => {
        setSteps({ done: [...steps.done, next], undone: steps.undone.slice(0, -1) });
        keep(next.after);
        return next;
      }),
  };
}
