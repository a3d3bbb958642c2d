// What a room is shown: the answers to one part of a task at a time, in large type,
// without a name and with every picture softened; the key comes after the answers.
import { useLayoutEffect } from "preact/hooks";
import { client, type ProjectorPage } from "../../api.gen";
import { open as frameTool } from "../../frame/FrameKeys";
import { hint, useKeys } from "../../keys";
import { useLoad } from "../../load";
import { Button } from "../../parts/Button";
import { Empty, Failed, Loading } from "../../parts/State";
import { Worded } from "../../parts/Worded";
import { collectionAddress, go, query, setQuery, type Route } from "../../router";
import { t } from "../../text";
import css from "./Projector.module.css";
import { Shown } from "./Shown";
import { stepAt, stepsOf, written } from "./steps";

export default function Projector({ id }: Route) {
  useLayoutEffect(() => {
    document.documentElement.toggleAttribute("data-room", true);
    return () => void document.documentElement.removeAttribute("data-room");
  }, []);
  const page = useLoad((signal) => client.projector({ collection: id }, { signal }), [id]);
  if (page.error && !page.data) return <Failed error={page.error} retry={page.reload} />;
  if (!page.data) return <Loading shape="page" />;
  if (page.data.tasks.length === 0 || page.data.learners === 0) return <Empty text={t("trainer.collection.empty")} action={<Button onClick={() => go(collectionAddress(id))}>{t("trainer.project.leave")}</Button>} />;
  return <Stepping id={id} page={page.data} />;
}

function Stepping({ id, page }: { id: string; page: ProjectorPage }) {
  const steps = stepsOf(page.tasks);
  const at = stepAt(steps, query.value);
  const step = steps[at]!;
  const task = page.tasks.findIndex((one) => one.task === step.task);
  const to = (n: number) => {
    const next = steps[n];
    if (next) setQuery(written(next));
  };
  const other = steps.findIndex((s) => s.task === step.task && s.part === step.part && s.key !== step.key); // with the key, or without
  const showKey = step.part === "" ? undefined : () => to(other);
  useKeys("projector", { stepOn: () => to(at + 1), stepBack: () => to(at - 1), showKey });
  return (
    <div class={css["screen"]}>
      <header class={css["head"]}>
        <h1>
          <Worded words={page.title} most={160} />
        </h1>
        <p class={css["where"]} role="status">
          {t("trainer.task.nth", { n: task + 1, all: page.tasks.length })}
          {step.part !== "" && <> · {t(step.key ? "trainer.project.withKey" : "trainer.project.answers")}</>}
        </p>
      </header>
      <Shown id={id} step={step} title={page.tasks[task]?.title ?? {}} />
      <footer class={css["foot"]}>
        <Button kind="quiet" onClick={() => go(collectionAddress(id))}>
          {t("trainer.project.leave")}
        </Button>
        <button type="button" class={css["help"]} aria-label={t("keys.help")} title={t("keys.help")} onClick={() => (frameTool.value = "help")}>
          ?
        </button>
        <span class={css["gap"]} />
        {showKey && (
          <Button pressed={step.key} hint={hint("showKey")} onClick={showKey}>
            {t("trainer.key.show")}
          </Button>
        )}
        <Button hint={hint("stepBack")} disabled={at === 0} onClick={() => to(at - 1)}>
          {t("trainer.project.back")}
        </Button>
        <Button kind="main" hint={hint("stepOn")} disabled={at === steps.length - 1} onClick={() => to(at + 1)}>
          {t("trainer.project.on")}
        </Button>
      </footer>
    </div>
  );
}
