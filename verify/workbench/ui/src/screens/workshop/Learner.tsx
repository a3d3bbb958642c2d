// One exercise as its learner works at it: the tasks on one side, the story or
// the task beside them.
import { useEffect, useState } from "preact/hooks";
import { client, type ExercisePage } from "../../api.gen";
import { changesOf } from "../../events";
import { work } from "../../exercise";
import { useKeys } from "../../keys";
import { useLoad } from "../../load";
import { Empty, Failed, Loading } from "../../parts/State";
import { tell } from "../../parts/Toast";
import { exerciseAddress, go, query } from "../../router";
import { t } from "../../text";
import { HandIn } from "./HandIn";
import css from "./Learner.module.css";
import { OpenKey } from "./OpenKey";
import { Story } from "./Story";
import { Task } from "./Task";
import { Tasks, type Tool } from "./Tasks";
import { useAnswers } from "./useAnswers";

export function Learner({ case: caseID, task }: { case: string; task: string }) {
  const loaded = useLoad((signal) => client.exercise({ case: caseID }, { signal }), [caseID, changesOf(caseID)]);
  const [page, setPage] = useState<ExercisePage | null>(null);
  useEffect(() => {
    if (loaded.data) setPage(loaded.data);
  }, [loaded.data]);
  if (page) return <Working case={caseID} task={task} page={page} onPage={setPage} />;
  if (loaded.error) return <Failed error={loaded.error} retry={loaded.reload} />;
  return <Loading shape="page" />;
}

interface Props {
  case: string;
  task: string; // "" for the story
  page: ExercisePage;
  onPage: (page: ExercisePage) => void;
}

function Working({ case: caseID, task: id, page, onPage }: Props) {
  const [tool, setTool] = useState<Tool>("");
  const answers = useAnswers(caseID, page, onPage);
  const at = page.tasks.findIndex((task) => task.task === id);
  const task = page.tasks[at];
  const show = (index: number) => {
    const to = page.tasks[index];
    if (to) go(exerciseAddress(caseID, to.task));
  };
  const back = (act: typeof answers.undo) =>
    act &&
    (() => {
      const { before } = act();
      if (before.task !== id) go(exerciseAddress(caseID, before.task));
      tell({ text: t("workshop.undone") });
    });
  useKeys("workshop", {
    nextTask: at + 1 < page.tasks.length ? () => show(at + 1) : undefined,
    prevTask: at > 0 ? () => show(at - 1) : undefined,
    undo: page.key_open ? undefined : (back(answers.undo) ?? (() => undefined)),
    redo: page.key_open ? undefined : (back(answers.redo) ?? (() => undefined)),
  });
  const question = query.value.get("q");
  useEffect(() => {
    const q = question === null ? "" : `?${new URLSearchParams({ q: question })}`;
    if (task) work({ case: caseID, task: task.task, n: at + 1, title: task.title, tools: task.tools, address: exerciseAddress(caseID, task.task) + q });
  }, [caseID, task?.task, question]);
  useEffect(() => {
    if (question === null) scrollTo(0, 0); // else the task shows the question that was worked at
  }, [id]);
  return (
    <div class={css["screen"]}>
      <Tasks case={caseID} page={page} current={id} onTool={setTool} />
      <div class={css["board"]}>
        {id === "" ? (
          <Story case={caseID} page={page} />
        ) : task ? (
          <Task key={task.task} case={caseID} page={page} task={task} n={at + 1} answers={answers} onPage={onPage} onMove={(by) => show(at + by)} />
        ) : (
          <Empty title={t("frame.screen.lost")} text={t("workshop.task.lost")} />
        )}
      </div>
      {tool === "hand-in" && <HandIn case={caseID} page={page} onClose={() => setTool("")} />}
      {tool === "key" && <OpenKey case={caseID} page={page} onPage={onPage} onClose={() => setTool("")} />}
    </div>
  );
}
