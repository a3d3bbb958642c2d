// The options of a task, or the reasons that may be given: worded, added, taken
// out. Their order is what learners see.
import type { Option } from "../../api.gen";
import { Button } from "../../parts/Button";
import { t } from "../../text";
import { changeTask, freshID, withWord, wordIn } from "./plan";
import type { EditorProps } from "./writing";
import own from "./Task.module.css";
import css from "./Trainer.module.css";

type What = "options" | "reasons";

export function Options({ what, working, language, task }: EditorProps & { what: What }) {
  const put = (list: Option[]) => working.change((plan) => changeTask(plan, task.task, { [what]: list }));
  return (
    <section class={css["card"]} aria-labelledby={what}>
      <h3 id={what}>{t(`trainer.${what}`)}</h3>
      <p class="dim">{t(`trainer.${what}.hint`)}</p>
      <OptionList what={what} list={task[what]} language={language} onChange={put} />
    </section>
  );
}

interface ListProps {
  what: What;
  list: readonly Option[];
  language: string;
  onChange: (list: Option[]) => void;
}

export function OptionList({ what, list, language, onChange }: ListProps) {
  const add = () =>
    onChange([
      ...list,
      {
        option: freshID(
          what === "options" ? "option" : "reason",
          list.map((o) => o.option),
        ),
        label: {},
        item: "",
      },
    ]);
  return (
    <>
      <ul class={own["options"]}>
        {list.map((o, i) => (
          <li key={o.option} class={own["line"]}>
            <input
              class={own["text"]}
              dir="auto"
              lang={language}
              maxLength={300}
              autocomplete="off"
              aria-label={t(`trainer.${what}.nth`, { n: i + 1 })}
              placeholder={Object.values(o.label)[0]}
              value={wordIn(o.label, language)}
              onInput={(e) => {
                const label = withWord(o.label, language, e.currentTarget.value);
                onChange(list.map((one) => (one.option === o.option ? { ...one, label } : one)));
              }}
            />
            <Button kind="quiet" icon="close" label={t(`trainer.${what}.drop`, { n: i + 1 })} onClick={() => onChange(list.filter((one) => one.option !== o.option))} />
          </li>
        ))}
      </ul>
      <span>
        <Button small icon="add" disabled={list.length >= 40} onClick={add}>
          {t(`trainer.${what}.add`)}
        </Button>
      </span>
    </>
  );
}
