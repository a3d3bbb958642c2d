import { useState } from "preact/hooks";
import type { IncidentOut } from "../../api.gen";
import { useKeys } from "../../keys";
import { MarkKeys } from "../../parts/MarkKeys";
import { step } from "../../parts/rowWindow";
import { Scraped } from "../../parts/Scraped";
import { Timeline } from "../../parts/Timeline";
import { WorldMap } from "../../parts/WorldMap";
import { address, go, query, setQuery } from "../../router";
import { settings } from "../../session";
import { t } from "../../text";
import { add, confirm, pin, reject, remove, takeBack } from "./acts";
import { Current } from "./Current";
import { Explain } from "./Explain";
import { Head } from "./Head";
import { History } from "./History";
import css from "./Board.module.css";
import { Members } from "./Members";
import { Merge } from "./Merge";
import { Near } from "./Near";
import { mapMarks, shortNames, shownMembers, timeMarks } from "./shown";
import { Split } from "./Split";
import { Suggestions } from "./Suggestions";
import { Weighed } from "./Weighed";

type Tool = "" | "split" | "merge" | "explain" | "explainItem";

// Board is one incident: map, timeline and members are one selection, and what
// is decided stands beside the reasons for it.
export function Board({ case: caseID, group, busy, onDecided, skipHint }: { case: string; group: IncidentOut; busy: boolean; onDecided: () => void; skipHint: string }) {
  const [tool, setTool] = useState<Tool>("");
  const id = group.row.id;
  const shown = shownMembers(group.members);
  const cards = [...shown.map((s) => s.member.card), ...group.suggestions.map((s) => s.card)];
  const asked = query.value.get("item");
  const at = Math.max(0, cards.findIndex((c) => c.id === asked));
  const current = cards[at];
  const prefixes = query.value.getAll("sel");
  const selected = new Set(group.members.filter((m) => prefixes.some((p) => m.card.id.startsWith(p))).map((m) => m.card.id));
  const pick = (item: string) => item !== id && setQuery({ item });
  const select = (item: string) => {
    const next = new Set(selected);
    if (!next.delete(item)) next.add(item);
    setQuery({ item, sel: [...next].map((s) => s.slice(0, prefixLength)) });
  };
  const chosen = selected.size > 0 ? [...selected] : current && group.members.some((m) => m.card.id === current.id) ? [current.id] : [];
  const suggestion = group.suggestions.find((s) => s.card.id === current?.id);
  const decidable = !busy && !group.row.by_hand;
  const when = (can: boolean, act: () => unknown) => () => {
    if (decidable && can) act();
  };
  const decideThen = async (act: typeof confirm) => {
    if ((await act(caseID, id, group.row.media + group.row.copies)) && settings.value.auto_advance) onDecided();
  };
  const acts = {
    accept: when(group.row.status !== "confirmed", () => decideThen(confirm)),
    reject: when(group.row.status !== "rejected", () => decideThen(reject)),
    split: when(group.row.media > 1, () => setTool("split")),
    merge: when(true, () => setTool("merge")),
    pin: when(chosen.length > 0, () => pin(caseID, id, chosen)),
    remove: when(chosen.length > 0, () => remove(caseID, id, chosen)),
    explain: when(true, () => setTool("explain")),
    addTo: when(suggestion !== undefined, () => suggestion && add(caseID, id, suggestion.card)),
    open: () => {
      if (current) go(address(caseID, "media", current.id));
    },
  };
  const move = (by: number) => {
    const to = cards[step(at, by, cards.length)];
    if (to) pick(to.id);
  };
  const extend = (by: number) => {
    const next = cards[step(at, by, shown.length)];
    if (!current || !next || suggestion) return;
    const sel = new Set([...selected, current.id, next.id]);
    setQuery({ item: next.id, sel: [...sel].map((s) => s.slice(0, prefixLength)) });
  };
  const compare = () => {
    const pair = [...selected].length === 2 ? [...selected] : [cards[at === 0 ? 1 : 0]?.id, current?.id];
    if (pair[0] && pair[1] && pair[0] !== pair[1]) go(`${address(caseID, "compare")}?a=${pair[0]}&b=${pair[1]}`);
  };
  useKeys("incidents", {
    left: () => move(-1),
    right: () => move(1),
    extendLeft: () => extend(-1),
    extendRight: () => extend(1),
    select: () => {
      if (current && !suggestion) select(current.id);
    },
    selectAll: () => setQuery({ sel: shown.map((s) => s.member.card.id.slice(0, prefixLength)) }),
    open: acts.open,
    accept: acts.accept,
    reject: acts.reject,
    split: acts.split,
    merge: acts.merge,
    pin: acts.pin,
    addTo: acts.addTo,
    explain: acts.explain,
    compare,
    checklist: () => {
      if (current) go(address(caseID, "checklist", current.id));
    },
  });
  const onMap = mapMarks(group.row, shown, group.suggestions, current?.id ?? "", selected, {
    self: t("incidents.mapSelf", { id, where: group.row.where }),
    suggested: (name) => t("incidents.mapSuggested", { name }),
  });
  const names = shortNames(group.members);
  const inTime = timeMarks(shown, group.suggestions, current?.id ?? "", selected, t("incidents.possible"));
  const lanes = new Set(inTime.map((m) => m.group)).size;
  const place = group.row.latitude !== null && group.row.longitude !== null ? { lat: group.row.latitude, lon: group.row.longitude } : null;
  return (
    <section class={css["detail"]} aria-busy={busy} aria-label={id}>
      <div class={css["board"]}>
        <Head case={caseID} group={group} busy={busy} acts={acts} chosen={chosen.length} skipHint={skipHint} onNext={onDecided} />
        <div class={css["where"]}>
          {onMap.length > 0 ? <WorldMap label={t("incidents.map")} marks={onMap} onPick={pick} height={236} /> : <p class={css["none"]}>{t("incidents.noMap")}</p>}
          {inTime.length > 0 && <Timeline label={t("incidents.timeline")} marks={inTime} zone={group.zone || undefined} place={place} onPick={pick} height={Math.min(300, Math.max(96, 36 + 24 * lanes))} />}
        </div>
        <Members case={caseID} shown={shown} current={current?.id ?? ""} selected={selected} onPick={pick} onSelect={select} onClear={() => setQuery({ sel: null })} />
        {group.suggestions.length > 0 && <Suggestions case={caseID} suggestions={group.suggestions} current={current?.id ?? ""} onPick={pick} onAdd={(s) => decidable && void add(caseID, id, s.card)} />}
        <section class={css["part"]} aria-labelledby="incident-why">
          <h3 id="incident-why">{t("incidents.why")}</h3>
          <p class={css["hint"]}>{t("incidents.whyHint")}</p>
          {group.why.length > 0 ? <Weighed reasons={group.why} names={names} /> : <p class="dim">{t("incidents.noWhy")}</p>}
          {group.against.length > 0 && (
            <>
              <h4>{t("incidents.against")}</h4>
              <Weighed reasons={group.against} names={names} />
            </>
          )}
        </section>
        {(group.cautions.length > 0 || group.conflicts.length > 0) && (
          <section class={css["part"]} aria-labelledby="incident-mind">
            <h3 id="incident-mind">{t("incidents.cautions")}</h3>
            <ul class={css["cautions"]}>
              {group.cautions.map((c) => (
                <li key={c.code}>{c.says}.</li>
              ))}
              {group.conflicts.map((c) => (
                <li key={c} class={css["bad"]}>
                  <Scraped most={400}>{c}</Scraped>
                </li>
              ))}
            </ul>
          </section>
        )}
        <Near case={caseID} group={group} onMerge={() => setTool("merge")} onTakeBack={(entry) => void takeBack(caseID, entry)} />
        <History case={caseID} incident={id} />
      </div>
      {current && (
        <Current
          case={caseID}
          card={current}
          member={group.members.find((m) => m.card.id === current.id)}
          copies={shown.find((s) => s.member.card.id === current.id)?.copies ?? []}
          suggestion={suggestion}
          acts={acts}
          names={names}
          onExplain={() => decidable && setTool("explainItem")}
          decidable={decidable}
        />
      )}
      {current && <MarkKeys case={caseID} room="incidents" card={current} />}
      {tool === "split" && <Split case={caseID} group={group} chosen={[...selected]} onClose={() => setTool("")} />}
      {tool === "merge" && <Merge case={caseID} group={group} onClose={() => setTool("")} />}
      {tool === "explain" && <Explain case={caseID} incident={id} item={null} names={names} onClose={() => setTool("")} />}
      {tool === "explainItem" && current && <Explain case={caseID} incident={id} item={current} names={names} onClose={() => setTool("")} />}
    </section>
  );
}

const prefixLength = 12; // of a digest: enough to tell the members of one incident apart
