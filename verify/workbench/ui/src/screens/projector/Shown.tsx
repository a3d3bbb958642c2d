// One step of what a room is shown.
import { useCallback } from "preact/hooks";
import { client } from "../../api.gen";
import { useLoad } from "../../load";
import { Agreement } from "../../parts/spread/Agreement";
import { Part } from "../../parts/spread/Part";
import { Failed, Loading } from "../../parts/State";
import { Paragraphs, Worded, type Words } from "../../parts/Worded";
import { t } from "../../text";
import css from "./Projector.module.css";
import type { Step } from "./steps";

export function Shown({ id, step, title }: { id: string; step: Step; title: Words }) {
  const { task, part, key } = step;
  const read = useLoad((signal) => client.projectorTask({ collection: id, task, key }, { signal }), [id, task, key]);
  const nameOf = useCallback((number: number) => t("trainer.learner", { number: String(number) }), []);
  const spread = read.data?.task === task && read.data.keyed === key ? read.data : null; // never what an earlier step showed
  const shown = spread?.subjects.find((s) => s.subject === part);
  return (
    <div class={css["shown"]} aria-busy={!spread && !read.error ? true : undefined}>
      <h2>
        <Worded words={title} most={200} />
      </h2>
      {read.error && !spread ? (
        <Failed error={read.error} retry={read.reload} />
      ) : !spread ? (
        <Loading shape="rows" />
      ) : (
        <>
          {shown && <Part key={part} part={shown} form={spread.form} keyed={key} nameOf={nameOf} large lead={<Paragraphs words={spread.question} />} />}
          {part === "" && (
            <>
              <Agreement spread={spread} />
              {Object.keys(spread.why).length > 0 && (
                <div class={css["why"]}>
                  <h3>{t("trainer.task.why")}</h3>
                  <Paragraphs words={spread.why} />
                </div>
              )}
            </>
          )}
        </>
      )}
    </div>
  );
}
