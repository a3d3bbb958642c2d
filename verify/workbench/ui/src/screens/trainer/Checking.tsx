// Before packing: what is missing, what speaks of real people or is graphic, and
// then the pack itself.
import { useState } from "preact/hooks";
import { client, type Concern, type PlanConcerns } from "../../api.gen";
import { useLoad } from "../../load";
import { askReason } from "../../parts/ask";
import { Button } from "../../parts/Button";
import { Icon } from "../../parts/Icon";
import { Scraped, visible } from "../../parts/Scraped";
import { Failed, Loading } from "../../parts/State";
import { inWords } from "../../parts/Worded";
import { address, query } from "../../router";
import { settings } from "../../session";
import { t, type Key } from "../../text";
import own from "./Check.module.css";
import { clearanceOf, cleared, fillable, grouped, openOf, takenBack, type Found } from "./concerns";
import { PackDialog } from "./PackDialog";
import type { Lack } from "./plan";
import type { Writing } from "./writing";
import { Thumb } from "./Thumb";
import css from "./Trainer.module.css";
import type { Working } from "./usePlan";

export function Checking({ working, lacks }: Writing & { lacks: readonly Lack[] }) {
  const [packing, setPacking] = useState(false);
  const files = working.plan.exercise.media.map((m) => m.path + m.origin + m.licence).join("\n");
  const found = useLoad(async (signal) => ((await working.keep()) ? await client.planConcerns({ id: working.page.id }, { signal }) : null), [working.page.id, files]);
  const open = openOf(found.data?.concerns ?? [], working.plan.clearances);
  const ready = lacks.length === 0 && found.data !== null && !found.error && open.length === 0 && (found.data.problem === "" || working.keeping !== "kept");
  return (
    <>
      <section class={css["card"]} aria-labelledby="whole">
        <h2 id="whole">{t("trainer.check.whole")}</h2>
        <Whole lacks={lacks} problem={found.data?.problem ?? ""} working={working} />
      </section>
      <section class={css["card"]} aria-labelledby="safe">
        <header class={css["cardHead"]}>
          <h2 id="safe">{t("trainer.check.safe")}</h2>
          {found.data && <span class="dim">{t("trainer.check.open", { n: open.length, all: found.data.concerns.length })}</span>}
        </header>
        <p class="dim">{t("trainer.check.safe.hint")}</p>
        {found.error ? <Failed error={found.error} retry={found.reload} /> : !found.data ? <Loading /> : <Concerns found={found.data} working={working} />}
      </section>
      <section class={css["card"]} aria-labelledby="pack">
        <h2 id="pack">{t("trainer.check.pack")}</h2>
        <p class="dim">{t("trainer.check.pack.hint")}</p>
        <span>
          <Button kind="main" disabled={!ready} onClick={() => setPacking(true)}>
            {t("trainer.pack.verb.open")}
          </Button>
        </span>
        {!ready && <p class="dim">{t("trainer.check.notReady")}</p>}
      </section>
      {packing && (
        <PackDialog
          title={working.plan.exercise.title}
          folder={settings.value.case_folder}
          pack={async (order) => {
            await working.keep();
            return client.packPlan({ id: working.page.id, ...order });
          }}
          onClose={() => setPacking(false)}
        />
      )}
    </>
  );
}

function Whole({ lacks, problem, working }: { lacks: readonly Lack[]; problem: string; working: Working }) {
  const { tasks } = working.plan.exercise;
  if (lacks.length === 0 && problem === "")
    return (
      <p class={css["good"]}>
        <Icon name="check" size={14} /> {t("trainer.check.whole.yes")}
      </p>
    );
  if (lacks.length === 0) return <p class={css["careful"]}>{problem}</p>;
  return (
    <ul class={own["lacks"]}>
      {lacks.map((l) => {
        const at = tasks.findIndex((task) => task.task === l.task);
        return (
          <li key={l.what + l.task}>
            <a href={lackAddress(l)}>{at < 0 ? t(`trainer.step.${l.step}`) : t("trainer.task.nth", { n: at + 1, all: tasks.length })}</a> {t(`trainer.lack.${l.what}`, { n: l.n })}
          </li>
        );
      })}
    </ul>
  );
}

function lackAddress(l: Lack): string {
  const next = new URLSearchParams({ plan: query.value.get("plan") ?? "", step: l.step });
  if (l.task !== "") next.set("task", l.task);
  return `/trainer?${next.toString()}`;
}

function Concerns({ found, working }: { found: PlanConcerns; working: Working }) {
  if (found.concerns.length === 0) return <p class={css["good"]}>{t("trainer.check.safe.none")}</p>;
  return (
    <>
      {grouped(found.concerns).map((group) => (
        <Group key={group.code} group={group} working={working} />
      ))}
    </>
  );
}

async function ask(concerns: readonly Concern[], working: Working): Promise<void> {
  const first = concerns[0];
  if (!first) return;
  const title = concerns.length > 1 ? t("trainer.clear.many", { n: concerns.length }) : t("trainer.clear.one", { file: visible(first.path || inWords(working.plan.exercise.title).text, 120) });
  const chips = (["invented", "own", "consent", "nobody"] as const).map((chip) => t(`trainer.clear.chip.${chip}`));
  const answer = await askReason({ title, body: t("trainer.clear.body"), chips, verb: t("trainer.clear.verb") });
  if (answer) working.change((plan) => cleared(plan, concerns, answer.by, answer.reason));
}

function Group({ group, working }: { group: Found; working: Working }) {
  const open = openOf(group.concerns, working.plan.clearances).filter((c) => !c.final);
  return (
    <details class={own["group"]} open={!fillable(group.code) && openOf(group.concerns, working.plan.clearances).length > 0}>
      <summary>
        <strong>{t(`trainer.concern.${group.code}` as Key)}</strong> <span class="dim">{t("trainer.concern.count", { n: group.concerns.length, open: openOf(group.concerns, working.plan.clearances).length })}</span>
      </summary>
      {group.together && open.length > 1 && (
        <span>
          <Button small onClick={() => void ask(open, working)}>
            {t("trainer.clear.all", { n: open.length })}
          </Button>
        </span>
      )}
      <ul class={own["concerns"]}>
        {group.concerns.map((c) => (
          <Row key={c.path} concern={c} working={working} />
        ))}
      </ul>
    </details>
  );
}

function Row({ concern: c, working }: { concern: Concern; working: Working }) {
  const said = clearanceOf(working.plan.clearances, c);
  const card = working.page.files.find((f) => f.path === c.path)?.card;
  return (
    <li class={own["concern"]} data-final={c.final || undefined} data-cleared={said !== undefined || undefined}>
      {card ? <Thumb case={working.page.case.id} card={card} /> : <span class={css["thumb"]} aria-hidden="true" />}
      <span class={css["facts"]}>
        <strong>{c.path === "" ? t("trainer.concern.ofExercise") : <Scraped most={200}>{c.path}</Scraped>}</strong>
        <span>
          <Scraped most={1200}>{c.text}</Scraped>
        </span>
        {said && (
          <span class={css["good"]}>
            <Icon name="check" size={14} />{" "}
            <Scraped most={600}>{t("trainer.clear.said", { name: said.by, reason: said.reason })}</Scraped>
          </span>
        )}
        {card && !fillable(c.code) && (
          <a class={own["look"]} href={address(working.page.case.id, "media", card.id)}>
            {t("trainer.concern.look")}
          </a>
        )}
        {c.final && <span class={css["careful"]}>{t(fillable(c.code) ? "trainer.concern.fill" : "trainer.concern.final")}</span>}
      </span>
      {!c.final &&
        (said ? (
          <Button small kind="quiet" onClick={() => working.change((plan) => takenBack(plan, c))}>
            {t("trainer.clear.back")}
          </Button>
        ) : (
          <Button small onClick={() => void ask([c], working)}>
            {t("trainer.clear")}
          </Button>
        ))}
    </li>
  );
}
