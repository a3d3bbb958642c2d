// What a trainer begins with: the plans that are being written, the exercises
// that are built in, and collecting answers.
import { useState } from "preact/hooks";
import { client, type ExerciseOffer, type PlanRow, type TrainerHome } from "../../api.gen";
import { useLoad } from "../../load";
import { Button } from "../../parts/Button";
import { FolderPicker } from "../../parts/FolderPicker";
import { Scraped } from "../../parts/Scraped";
import { Failed, Loading } from "../../parts/State";
import { tellError } from "../../parts/Toast";
import { Worded } from "../../parts/Worded";
import { momentText, zoneOf } from "../../parts/timeline/calendar";
import { go, query, setQuery } from "../../router";
import { t } from "../../text";
import { Collect } from "./Collect";
import { NewPlan } from "./NewPlan";
import { PackDialog } from "./PackDialog";
import css from "./Trainer.module.css";

export function Home() {
  const home = useLoad((signal) => client.trainer({}, { signal }), []);
  return (
    <div class={css["page"]}>
      <header class={css["head"]}>
        <div class={css["words"]}>
          <h1>{t("trainer.title")}</h1>
          <p class="dim">{t("trainer.intro")}</p>
        </div>
        <a class={css["link"]} href="/workshop">
          {t("trainer.toLearner")}
        </a>
      </header>
      {home.error && !home.data ? <Failed error={home.error} retry={home.reload} /> : !home.data ? <Loading shape="page" /> : <Jobs home={home.data} reload={home.reload} />}
    </div>
  );
}

function Jobs({ home, reload }: { home: TrainerHome; reload: () => void }) {
  const [packing, setPacking] = useState<ExerciseOffer | null>(null);
  return (
    <div class={css["jobs"]}>
      <section class={css["job"]} aria-labelledby="make">
        <h2 id="make">{t("trainer.make")}</h2>
        <Plans rows={home.plans} reload={reload} />
        {home.built_in.length > 0 && (
          <div class={css["part"]}>
            <h3>{t("trainer.builtIn")}</h3>
            <ul class={css["rows"]}>
              {home.built_in.map((offer) => (
                <li key={offer.exercise} class={css["row"]}>
                  <span class={css["facts"]}>
                    <strong>
                      <Worded words={offer.title} most={120} />
                    </strong>
                    <span class="dim">
                      {[t("workshop.level", { n: offer.level }), t("workshop.minutes", { from: offer.minutes[0], to: offer.minutes[1] }), t("workshop.tasks", { n: offer.tasks })].join(" · ")}
                    </span>
                  </span>
                  <Button onClick={() => setPacking(offer)}>{t("trainer.pack")}</Button>
                </li>
              ))}
            </ul>
          </div>
        )}
      </section>
      <Collect open={home.collections} folder={home.folder} />
      {packing && <PackDialog title={packing.title} folder={home.folder} pack={(order) => client.packBuiltIn({ exercise: packing.exercise, ...order })} onClose={() => setPacking(null)} />}
    </div>
  );
}

function Plans({ rows, reload }: { rows: readonly PlanRow[]; reload: () => void }) {
  const [tool, setTool] = useState<"new" | "open" | "">(query.value.has("case") ? "new" : "");
  const close = () => {
    setTool("");
    setQuery({ case: null, item: null });
  };
  const open = async (path: string) => {
    close();
    try {
      go(`/trainer?plan=${(await client.openPlan({ path, case: "" })).id}`);
    } catch (error) {
      tellError(error);
    }
  };
  return (
    <div class={css["part"]}>
      <p class="dim">{t("trainer.make.hint")}</p>
      <div class={css["acts"]}>
        <Button kind="main" icon="add" onClick={() => setTool("new")}>
          {t("trainer.new")}
        </Button>
        <Button icon="folder" onClick={() => setTool("open")}>
          {t("trainer.open")}
        </Button>
      </div>
      {rows.length > 0 && (
        <>
          <h3>{t("trainer.plans")}</h3>
          <ul class={css["rows"]}>
            {rows.map((row) => (
              <Row key={row.path} row={row} onForget={() => void client.forgetPlan({ path: row.path }).then(reload, tellError)} />
            ))}
          </ul>
        </>
      )}
      {tool === "new" && <NewPlan onClose={close} />}
      {tool === "open" && <FolderPicker title={t("trainer.open.title")} verb={t("trainer.open.verb")} ending=".json" onPick={(path) => void open(path)} onClose={close} />}
    </div>
  );
}

function Row({ row, onForget }: { row: PlanRow; onForget: () => void }) {
  const name = <Worded words={row.title} most={120} />;
  const at = t("trainer.plan.at", { time: momentText(Date.parse(row.at), zoneOf("Z")!), case: row.case });
  return (
    <li class={css["row"]}>
      <span class={css["facts"]}>
        <strong>{row.gone ? name : <a href={`/trainer?plan=${row.id}`}>{name}</a>}</strong>
        <span class="dim">{row.gone ? t("trainer.plan.gone") : <Scraped most={200}>{at}</Scraped>}</span>
        <span class="dim">
          <Scraped most={300}>{row.path}</Scraped>
        </span>
      </span>
      <Button kind="quiet" onClick={onForget} title={t("trainer.plan.forget.long")}>
        {t("trainer.plan.forget")}
      </Button>
    </li>
  );
}
