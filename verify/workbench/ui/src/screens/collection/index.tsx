// What a room handed in: learners and their scores, files that do not count, and
// of each task how far the answers agree and where they spread.
import { useCallback, useState } from "preact/hooks";
import { client, type CollectionPage } from "../../api.gen";
import { asApiError, useLoad } from "../../load";
import { Button } from "../../parts/Button";
import { Check } from "../../parts/Field";
import { FolderPicker } from "../../parts/FolderPicker";
import { Icon } from "../../parts/Icon";
import { Scraped } from "../../parts/Scraped";
import { Empty, Failed, Loading } from "../../parts/State";
import { tell, tellError } from "../../parts/Toast";
import { Worded } from "../../parts/Worded";
import { momentText, zoneOf } from "../../parts/timeline/calendar";
import { collectionAddress, go, query, setQuery, type Route } from "../../router";
import { t } from "../../text";
import css from "./Collection.module.css";
import { Learners } from "./Learners";
import { TaskView } from "./TaskView";

export default function Collection({ id }: Route) {
  const read = useLoad((signal) => client.collection({ collection: id }, { signal }), [id]);
  const [again, setAgain] = useState<CollectionPage | null>(null);
  const page = again ?? read.data;
  if (!page && read.error) return <Gone id={id} error={read.error} retry={read.reload} />;
  if (!page) return <Loading shape="page" />;
  return <Collected page={page} onAgain={setAgain} />;
}

function Gone({ id, error, retry }: { id: string; error: ReturnType<typeof asApiError>; retry: () => void }) {
  if (error.status !== 404) return <Failed error={error} retry={retry} />;
  return (
    <Empty
      key={id}
      text={t("trainer.collection.gone")}
      action={
        <Button kind="main" onClick={() => go("/trainer")}>
          {t("trainer.collection.gone.action")}
        </Button>
      }
    />
  );
}

function Collected({ page, onAgain }: { page: CollectionPage; onAgain: (page: CollectionPage) => void }) {
  const [busy, setBusy] = useState(false);
  const [exporting, setExporting] = useState(false);
  const hidden = query.value.get("names") === "hidden";
  const nameOf = useCallback((number: number) => (hidden ? undefined : page.handed[number - 1]?.name) ?? t("trainer.learner", { number: String(number) }), [page, hidden]);
  const again = async () => {
    setBusy(true);
    try {
      const now = await client.collectAgain({ collection: page.collection });
      onAgain(now);
      tell({ text: t("trainer.again.done", { n: now.handed.length }) });
    } catch (error) {
      tellError(error);
    } finally {
      setBusy(false);
    }
  };
  const close = async () => {
    await client.closeCollection({ collection: page.collection }).catch(tellError);
    go("/trainer");
  };
  const write = async (folder: string) => {
    setExporting(false);
    try {
      tell({ text: t("trainer.export.done", { path: (await client.exportCollection({ collection: page.collection, folder })).path }) });
    } catch (error) {
      tellError(error);
    }
  };
  return (
    <div class={css["page"]}>
      <header class={css["head"]}>
        <div class={css["words"]}>
          <p class={css["crumbs"]}>
            <a href="/trainer">{t("trainer.title")}</a>
          </p>
          <h1>
            <Worded words={page.title} most={200} />
          </h1>
          <p class="dim">
            {t("trainer.learners", { n: page.handed.length })} · {t("trainer.code", { code: page.code })} · {t("trainer.read", { time: momentText(Date.parse(page.at), zoneOf("Z")!) })} · <Scraped most={300}>{page.folder}</Scraped>
          </p>
        </div>
        <div class={css["acts"]}>
          <Button busy={busy} onClick={() => void again()}>
            {t("trainer.again")}
          </Button>
          <Button onClick={() => setExporting(true)}>{t("trainer.export")}</Button>
          <Button kind="quiet" onClick={() => void close()} title={t("trainer.close.long")}>
            {t("trainer.close")}
          </Button>
          <Button kind="main" disabled={page.handed.length === 0} onClick={() => go(collectionAddress(page.collection, "project"))}>
            {t("trainer.project")}
          </Button>
        </div>
      </header>
      {page.handed.length === 0 ? (
        <Empty text={t("trainer.collection.empty")} />
      ) : (
        <>
          <section class={css["section"]} aria-labelledby="learners">
            <div class={css["sectionHead"]}>
              <h2 id="learners">{t("trainer.learners.title")}</h2>
              <Check label={t("trainer.names.hide")} checked={hidden} onChange={(on) => setQuery({ names: on ? "hidden" : null })} />
            </div>
            <Learners page={page} nameOf={nameOf} hidden={hidden} />
          </section>
          <Refused page={page} hidden={hidden} />
          <TaskView page={page} nameOf={nameOf} />
        </>
      )}
      {page.handed.length === 0 && <Refused page={page} hidden={hidden} />}
      {exporting && <FolderPicker title={t("trainer.export.folder")} verb={t("trainer.export.verb")} at={page.folder} onPick={(folder) => void write(folder)} onClose={() => setExporting(false)} />}
    </div>
  );
}

// Refused are the files that do not count. Their names and reasons tell learners
// by name, and are hidden with them.
function Refused({ page, hidden }: { page: CollectionPage; hidden: boolean }) {
  if (page.refused.length === 0) return null;
  return (
    <section class={css["refused"]} aria-labelledby="refused">
      <h2 id="refused">
        <Icon name="alert" /> {t("trainer.refused", { n: page.refused.length })}
      </h2>
      {hidden && <p class="dim">{t("trainer.refused.hidden")}</p>}
      <ul>
        {(hidden ? [] : page.refused).map((r) => (
          <li key={r.file + r.why}>
            <strong>
              <Scraped most={200}>{r.file}</Scraped>
            </strong>
            <span>
              <Scraped most={600}>{r.why}</Scraped>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
