import { client, type Card, type ComparePage, type Pair as Listed } from "../../api.gen";
import { hint } from "../../keys";
import { useLoad } from "../../load";
import { Button } from "../../parts/Button";
import { Menu, type MenuItem } from "../../parts/Menu";
import { visible } from "../../parts/Scraped";
import { address, go, setQuery } from "../../router";
import { t } from "../../text";
import css from "./Compare.module.css";
import { indexOf } from "./pairs";
import { modes, type Mode, type Panes } from "./view";

interface Props {
  caseID: string;
  page: ComparePage;
  pairs: readonly Listed[];
  of: string;
  panes: Panes;
  onMode: (mode: Mode) => void;
  onShow: (pair: { a: string; b: string }) => void;
  onStep: (steps: number) => void;
}

// Head names the two, says how they are shown, and steps through pairs.
export function Head({ caseID, page, pairs, of, panes, onMode, onShow, onStep }: Props) {
  const { view } = panes;
  const here = indexOf(pairs, page.a.id, page.b.id);
  return (
    <header class={css["head"]}>
      <div class={css["two"]}>
        <Name caseID={caseID} letter={t("compare.a")} card={page.a} other={page.b} onPick={(id) => onShow({ a: id, b: page.b.id })} />
        <Button small kind="quiet" icon="swap" label={t("compare.swap")} hint={hint("swap")} onClick={() => onShow({ a: page.b.id, b: page.a.id })} />
        <Name caseID={caseID} letter={t("compare.b")} card={page.b} other={page.a} onPick={(id) => onShow({ a: page.a.id, b: id })} />
      </div>
      <div class={css["modes"]} role="group" aria-label={t("compare.mode")}>
        {modes.map((m) => (
          <Button key={m} small hint={hint(m)} pressed={view.mode === m} onClick={() => onMode(m)}>
            {t(`compare.mode.${m}`)}
          </Button>
        ))}
      </div>
      <nav class={css["pairs"]} aria-label={t("compare.pairs")}>
        <Button small kind="quiet" icon="back" label={t("compare.prev")} hint={hint("prevPair")} disabled={here <= 0} onClick={() => onStep(-1)} />
        <span class={css["count"]}>{pairs.length === 0 ? t("compare.noPairs") : here < 0 ? t("compare.pairOutside", { total: pairs.length }) : t("compare.pair", { at: here + 1, total: pairs.length })}</span>
        <Button small kind="quiet" icon="forward" label={t("compare.next")} hint={hint("nextPair")} disabled={pairs.length === 0 || here === pairs.length - 1} onClick={() => onStep(1)} />
        <Menu small kind="quiet" label={t(`compare.pairs.${of === "item" || of === "cluster" ? of : "unjudged"}`)} items={lists(page, of)} />
      </nav>
    </header>
  );
}

// lists are the pairs that can be gone through.
function lists(page: ComparePage, of: string): MenuItem[] {
  const items: MenuItem[] = [
    { text: t("compare.pairs.unjudged"), checked: of === "unjudged", onPick: () => setQuery({ of: null, id: null }) },
    { text: t("compare.pairs.item"), checked: of === "item", onPick: () => setQuery({ of: "item", id: page.a.id }) },
  ];
  if (page.a.cluster !== "") items.push({ text: t("compare.pairs.cluster"), checked: of === "cluster", onPick: () => setQuery({ of: "cluster", id: page.a.cluster }) });
  return items;
}

// Name is one of the two; its menu shows another in its place.
function Name({ caseID, letter, card, other, onPick }: { caseID: string; letter: string; card: Card; other: Card; onPick: (id: string) => void }) {
  const alike = useLoad((signal) => client.pairs({ case: caseID, of: "item", id: other.id }, { signal }), [caseID, other.id]);
  const partners = (alike.data?.list ?? []).slice(0, 50).map((p) => (p.a === other.id ? { id: p.b, name: p.name_b } : { id: p.a, name: p.name_a }));
  const items: MenuItem[] = [{ text: t("compare.openPage"), onPick: () => go(address(caseID, "media", card.id)) }];
  for (const p of partners) items.push({ text: visible(p.name, 120), group: t("compare.partners"), checked: p.id === card.id, onPick: () => onPick(p.id) });
  return (
    <span class={css["name"]}>
      <span class={css["letter"]}>{letter}</span>
      <Menu small kind="quiet" label={visible(card.name, 60)} items={items} />
    </span>
  );
}
