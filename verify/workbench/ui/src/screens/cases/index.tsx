// The cases of this person, by name only: to open, to make, to go back to.
import { useState } from "preact/hooks";
import { client, type CaseName } from "../../api.gen";
import { caseList } from "../../events";
import { useLoad } from "../../load";
import { Button } from "../../parts/Button";
import { FolderPicker } from "../../parts/FolderPicker";
import { Icon } from "../../parts/Icon";
import { Scraped } from "../../parts/Scraped";
import { Empty, Failed, Loading, Partial } from "../../parts/State";
import { tellError } from "../../parts/Toast";
import { Worded } from "../../parts/Worded";
import { address, exerciseAddress, go, query, setQuery } from "../../router";
import { session } from "../../session";
import { t } from "../../text";
import css from "./Cases.module.css";
import { NewCase } from "./NewCase";

type Tool = "new" | "open" | "";

export default function Cases() {
  const list = useLoad((signal) => client.cases({}, { signal }), [caseList.value]);
  const [tool, setTool] = useState<Tool>(query.value.has("new") ? "new" : "");
  const close = () => {
    setTool("");
    setQuery({ new: null });
  };
  const [busy, setBusy] = useState("");
  const enter = async (what: string, opening: () => Promise<CaseName>) => {
    setBusy(what);
    try {
      enterCase(await opening());
    } catch (error) {
      tellError(error);
      list.reload();
    } finally {
      setBusy("");
    }
  };
  const openDir = (dir: string) => enter(dir, () => client.openCase({ dir }));
  const exercise = () => enter("exercise", () => client.exerciseCase({}));
  const none = list.data && list.data.open.length + list.data.recent.length === 0;
  const acts = (
    <div class={css["acts"]}>
      <Button busy={busy === "exercise"} onClick={() => void exercise()}>
        {busy === "exercise" ? t("cases.making") : t("cases.exercise")}
      </Button>
      <Button onClick={() => go("/workshop")}>{t("frame.screen.workshop")}</Button>
      <Button icon="folder" onClick={() => setTool("open")}>
        {t("cases.open")}
      </Button>
      <Button kind="main" icon="add" onClick={() => setTool("new")}>
        {t("cases.new")}
      </Button>
    </div>
  );
  return (
    <div class={css["page"]}>
      <header class={css["head"]}>
        <h1>{t("frame.screen.cases")}</h1>
        {!none && acts}
      </header>
      {session.value?.problem && <Partial text={t("cases.problem", { why: session.value.problem })} />}
      {list.error && !list.data ? (
        <Failed error={list.error} retry={list.reload} />
      ) : !list.data ? (
        <Loading shape="rows" />
      ) : none ? (
        <div class={css["none"]}>
          <Empty text={t("cases.none")} action={acts} />
        </div>
      ) : (
        <>
          <CaseRows title={t("cases.opened")} cases={list.data.open} busy={busy} onOpen={enterCase} act={t("cases.close")} onAct={(c) => void client.closeCase({ id: c.id }).then(list.reload, tellError)} />
          <CaseRows title={t("cases.recent")} cases={list.data.recent} busy={busy} onOpen={(c) => void openDir(c.dir)} act={t("cases.forget")} onAct={(c) => void client.forgetCase({ dir: c.dir }).then(list.reload, tellError)} />
        </>
      )}
      <p class="dim">{t("cases.stays")}</p>
      {tool === "open" && (
        <FolderPicker
          title={t("cases.openTitle")}
          verb={t("cases.openVerb")}
          wanted="case"
          onClose={close}
          onPick={(dir) => {
            setTool("");
            void openDir(dir);
          }}
        />
      )}
      {tool === "new" && <NewCase onClose={close} />}
    </div>
  );
}

// enterCase shows a case: of an exercise with tasks, those.
function enterCase(c: CaseName): void {
  go(c.posed ? exerciseAddress(c.id) : address(c.id));
}

interface RowsProps {
  title: string;
  cases: readonly CaseName[];
  busy: string;
  onOpen: (c: CaseName) => void;
  act: string;
  onAct: (c: CaseName) => void;
}

function CaseRows({ title, cases, busy, onOpen, act, onAct }: RowsProps) {
  if (cases.length === 0) return null;
  return (
    <section class={css["section"]} aria-label={title}>
      <h2>{title}</h2>
      <ul class={css["rows"]}>
        {cases.map((c) => (
          <li key={c.dir} class={css["row"]}>
            <button type="button" class={css["case"]} disabled={c.gone || busy !== ""} aria-busy={busy === c.dir || undefined} onClick={() => onOpen(c)}>
              <Icon name="folder" />
              <span class={css["names"]}>
                <strong>
                  {c.posed ? <Worded words={c.posed.title} most={120} /> : <Scraped most={120}>{c.name}</Scraped>}
                </strong>
                <span class={css["dir"]}>
                  {c.gone ? t("cases.gone") : <Scraped most={300}>{c.dir}</Scraped>}
                  {c.exercise && <> · {t("cases.isExercise")}</>}
                </span>
              </span>
            </button>
            <Button kind="quiet" onClick={() => onAct(c)} title={`${act}: ${c.name}`}>
              {act}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
