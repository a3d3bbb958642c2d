import { client } from "../../api.gen";
import type { ClusterNode, ClusterOut } from "../../api.gen";
import { changed } from "../../done";
import { hint, useKeys } from "../../keys";
import { useLoad } from "../../load";
import { Button } from "../../parts/Button";
import { Icon } from "../../parts/Icon";
import { MarkKeys } from "../../parts/MarkKeys";
import { Scraped } from "../../parts/Scraped";
import { step } from "../../parts/rowWindow";
import { Failed, Loading, Partial } from "../../parts/State";
import { TimeValue } from "../../parts/TimeValue";
import { address, go, query, setQuery } from "../../router";
import { settings } from "../../session";
import { t } from "../../text";
import { chooseStanding, putBack, takeOut } from "./acts";
import css from "./Clusters.module.css";
import { Current } from "./Current";
import { Lanes } from "./Lanes";
import { branches } from "./branches";
import { Tree } from "./Tree";

// Detail is one group of copies. What it shows stays while another one is read.
export function Detail({ case: caseID, id, onSettled }: { case: string; id: string; onSettled: () => void }) {
  const read = useLoad((signal) => client.cluster({ case: caseID, cluster: id }, { signal }), [caseID, id, changed.value]);
  if (read.error) return <Failed error={read.error} retry={read.reload} />;
  if (!read.data) return <Loading shape="page" />;
  return <Group key={read.data.row.id} case={caseID} group={read.data} busy={read.data.row.id !== id} onSettled={onSettled} />;
}

function Group({ case: caseID, group, busy, onSettled }: { case: string; group: ClusterOut; busy: boolean; onSettled: () => void }) {
  const rows = branches(group.members);
  const asked = query.value.get("item");
  const at = Math.max(0, rows.findIndex((r) => (asked === null ? r.node.card.id === group.row.shown.id : r.node.card.id === asked)));
  const current = rows[at]?.node;
  const pick = (item: string) => setQuery({ item });
  const move = (by: number) => {
    const to = rows[step(at, by, rows.length)];
    if (to) pick(to.node.card.id);
  };
  const stand = async () => {
    if (!current || busy || current.beside) return;
    const was = group.row.state;
    if ((await chooseStanding(caseID, group, current)) && was === "open" && settings.value.auto_advance) onSettled();
  };
  const out = async () => {
    if (current && !busy && !current.beside) await takeOut(caseID, group, current);
  };
  const compare = () => {
    if (current) compareWith(caseID, group, current);
  };
  const open = () => {
    if (current) go(address(caseID, "media", current.card.id));
  };
  useKeys("clusters", {
    left: () => move(-1),
    right: () => move(1),
    open,
    stand: () => void stand(),
    takeOut: () => void out(),
    compare,
    checklist: () => {
      if (current) go(address(caseID, "checklist", current.card.id));
    },
  });
  const copies = group.members.filter((m) => !m.beside).length;
  return (
    <section class={css["detail"]} aria-busy={busy} aria-label={group.row.id}>
      <div class={css["board"]}>
        <header class={css["head"]}>
          <h2>
            {t("clusters.head", { n: group.row.copies })} <span class="dim data">{group.row.id}</span>
          </h2>
          <p class="dim">
            {t("clusters.sources", { n: group.row.sources.length })}
            {group.row.incident && (
              <>
                {" · "}
                <a href={address(caseID, "incidents", group.row.incident)}>{t("clusters.inIncident", { id: group.row.incident })}</a>
              </>
            )}
          </p>
        </header>
        {group.missing > 0 && <Partial text={t("clusters.missing", { n: group.missing })} />}
        <Firsts group={group} onPick={pick} />
        <Lanes lanes={group.lanes} current={current?.card.id ?? ""} onPick={pick} />
        <section class={css["part"]} aria-labelledby="cluster-tree">
          <h3 id="cluster-tree">{t("clusters.tree")}</h3>
          <p class={css["hint"]}>{t("clusters.treeHint")}</p>
          <Tree case={caseID} rows={rows} at={at} shown={group.row.shown.id} onPick={pick} />
        </section>
        {group.apart.length > 0 && <Apart case={caseID} group={group} />}
      </div>
      {current && <MarkKeys case={caseID} room="clusters" card={current.card} />}
      {current && (
        <Current
          case={caseID}
          group={group}
          node={current}
          actions={
            <>
              {!current.beside && copies > 1 && (
                <Button kind={current.chosen ? "line" : "main"} icon="check" hint={hint("stand")} disabled={current.chosen} onClick={() => void stand()}>
                  {current.chosen ? t("clusters.chosen") : t("clusters.choose")}
                </Button>
              )}
              <Button icon="compare" hint={hint("compare")} disabled={partner(group, current) === ""} onClick={compare}>
                {t("clusters.compare", { what: compareWords(group, current) })}
              </Button>
              {!current.beside && copies > 1 && (
                <Button hint={hint("takeOut")} onClick={() => void out()}>
                  {t("clusters.takeOut")}
                </Button>
              )}
              <Button kind="quiet" hint={hint("open")} onClick={open}>
                {t("clusters.openMedia")}
              </Button>
            </>
          }
        />
      )}
    </section>
  );
}

// Firsts tells the earliest trusted copy and the earliest claimed one apart.
function Firsts({ group, onPick }: { group: ClusterOut; onPick: (item: string) => void }) {
  const { earliest_trusted: trusted, earliest_claimed: claimed } = group.row;
  const both = trusted && claimed && trusted.path === claimed.path;
  const one = (first: NonNullable<typeof trusted>, words: string, kind: "trusted" | "claimed") => (
    <div class={css["claim"]} data-kind={kind}>
      <dt>{words}</dt>
      <dd>
        <button type="button" class={css["link"]} onClick={() => onPick(first.item)}>
          <Scraped most={160}>{first.path}</Scraped>
        </button>
        <TimeValue time={first.time} />
      </dd>
    </div>
  );
  return (
    <dl class={css["firsts"]}>
      {trusted ? one(trusted, t(both ? "clusters.firstBoth" : "clusters.firstTrusted"), "trusted") : <p class="dim">{t("clusters.noTrusted")}</p>}
      {claimed && !both && one(claimed, t("clusters.firstClaimed"), "claimed")}
    </dl>
  );
}

// Apart lists what people took out, to be put back.
function Apart({ case: caseID, group }: { case: string; group: ClusterOut }) {
  return (
    <section class={css["part"]} aria-labelledby="cluster-apart">
      <h3 id="cluster-apart">{t("clusters.apart")}</h3>
      <ul class={css["apart"]}>
        {group.apart.map((a) => (
          <li key={`${a.entry}-${a.here}`}>
            <Icon name="aside" />
            <span>
              <a href={address(caseID, "media", a.other.id)}>
                <Scraped most={120}>{a.other.name}</Scraped>
              </a>
              <span class="dim">
                {" "}
                <Scraped most={300}>{t("clusters.apartBy", { by: a.by, at: a.at.slice(0, 10), reason: a.reason })}</Scraped>
              </span>
            </span>
            <Button small onClick={() => void putBack(caseID, group, a.entry)}>
              {t("clusters.putBack")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

// partner is what a copy is compared with: its origin, else the one that
// stands for the group.
function partner(group: ClusterOut, node: ClusterNode): string {
  if (node.from) return node.from;
  if (group.row.shown.id !== node.card.id) return group.row.shown.id;
  return group.members.find((m) => m.card.id !== node.card.id)?.card.id ?? "";
}

function compareWords(group: ClusterOut, node: ClusterNode): string {
  if (node.from) return t("clusters.compareOrigin");
  return t(group.row.shown.id !== node.card.id ? "clusters.compareShown" : "clusters.compareOther");
}

function compareWith(caseID: string, group: ClusterOut, node: ClusterNode): void {
  const other = partner(group, node);
  if (other) go(`${address(caseID, "compare")}?a=${other}&b=${node.card.id}`);
}
