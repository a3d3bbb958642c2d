// The files of an exercise: where each comes from and under which licence it may
// be handed on.
import { useState } from "preact/hooks";
import { client, type Medium } from "../../api.gen";
import type { ApiError } from "../../client";
import { asApiError } from "../../load";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { Scraped, visible } from "../../parts/Scraped";
import { Failed } from "../../parts/State";
import { t } from "../../text";
import { Chooser } from "./Chooser";
import { changeFile, dropFile } from "./plan";
import { Thumb } from "./Thumb";
import css from "./Trainer.module.css";
import type { Working } from "./usePlan";

const told = ["origin", "licence", "credit"] as const;

export function Files({ working }: { working: Working }) {
  const { plan, page } = working;
  const [adding, setAdding] = useState(false);
  const media = plan.exercise.media;
  const first = media[0];
  const same = () => first && working.change((p) => changeFile(p, media.map((m) => m.path), { origin: first.origin, licence: first.licence, credit: first.credit }), "trainer.files.same.done");
  return (
    <section class={css["card"]} aria-labelledby="files">
      <header class={css["cardHead"]}>
        <h2 id="files">{t("trainer.files", { n: media.length })}</h2>
        <div class={css["acts"]}>
          {media.length > 1 && (
            <Button disabled={!first || (first.origin.trim() === "" && first.licence.trim() === "")} onClick={same}>
              {t("trainer.files.same")}
            </Button>
          )}
          <Button icon="add" disabled={page.case.id === ""} onClick={() => setAdding(true)}>
            {t("trainer.files.add")}
          </Button>
        </div>
      </header>
      <p class="dim">{t("trainer.files.hint")}</p>
      <ul class={css["files"]}>
        {media.map((m) => (
          <FileRow key={m.path} medium={m} working={working} />
        ))}
      </ul>
      {adding && <Adding working={working} onClose={() => setAdding(false)} />}
    </section>
  );
}

function FileRow({ medium: m, working }: { medium: Medium; working: Working }) {
  const card = working.page.files.find((f) => f.path === m.path)?.card ?? null;
  return (
    <li class={css["file"]}>
      {card ? <Thumb case={working.page.case.id} card={card} /> : <span class={css["thumb"]} aria-hidden="true" />}
      <span class={css["fileName"]}>
        <Scraped most={200}>{m.path}</Scraped>
      </span>
      {told.map((what) => (
        <label key={what} class={css["cell"]}>
          <span>{t(`trainer.files.${what}`)}</span>
          <input
            dir="auto"
            maxLength={2000}
            autocomplete="off"
            aria-label={t("trainer.files.of", { what: t(`trainer.files.${what}`), file: visible(m.path, 120) })}
            value={m[what]}
            onInput={(e) => {
              const text = e.currentTarget.value;
              working.change((p) => changeFile(p, [m.path], { [what]: text }));
            }}
          />
        </label>
      ))}
      <Button kind="quiet" icon="close" label={t("trainer.files.drop", { file: visible(m.path, 120) })} onClick={() => working.change((p) => dropFile(p, m.path), "trainer.files.dropped")} />
    </li>
  );
}

function Adding({ working, onClose }: { working: Working; onClose: () => void }) {
  const [chosen, setChosen] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const add = async () => {
    setBusy(true);
    setError(null);
    try {
      if (await working.keep()) {
        working.take(await client.addToPlan({ id: working.page.id, items: chosen }));
        onClose();
      }
    } catch (failure) {
      setError(asApiError(failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t("trainer.files.add.title")}
      wide
      onClose={onClose}
      onSubmit={() => void add()}
      actions={
        <>
          <Button onClick={onClose}>{t("parts.ask.cancel")}</Button>
          <Button kind="main" type="submit" busy={busy} disabled={chosen.length === 0}>
            {t("trainer.files.add.verb", { n: chosen.length })}
          </Button>
        </>
      }
    >
      <Chooser case={working.page.case.id} chosen={chosen} onChange={setChosen} />
      {error && <Failed error={error} />}
    </Dialog>
  );
}
