// One item, and everything that is known of it.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { client, type MediaPage } from "../../api.gen";
import { changed } from "../../done";
import { useKeys } from "../../keys";
import { useLoad } from "../../load";
import { Failed, Loading } from "../../parts/State";
import { tell } from "../../parts/Toast";
import { address, go, query, type Route } from "../../router";
import { t } from "../../text";
import { actsOn } from "./acts";
import { compareAddress } from "./addresses";
import { Facts } from "./Facts";
import { Head } from "./Head";
import css from "./Media.module.css";
import { Stage } from "./Stage";
import { Writing, type Write } from "./Writing";

const ofGallery = ["filter", "sort", "group", "view"] as const;

export default function Media({ case: caseID, id }: Route) {
  const item = useLoad((signal) => client.media({ case: caseID, id }, { signal }), [caseID, id, changed.value]);
  const q = query.value;
  const [filter, sort, group] = ["filter", "sort", "group"].map((name) => q.get(name) ?? "") as [string, string, string];
  const around = useLoad((signal) => client.mediaAround({ case: caseID, id, filter, sort, group }, { signal }), [caseID, id, filter, sort, group, changed.value]);
  const page = item.data?.card.id === id ? item.data : null;
  return (
    <div class={css["media"]} aria-busy={page === null && item.error === null}>
      {!page && <h1 class="heard">{t("media.plain")}</h1>}
      {page ? (
        <Page key={id} caseID={caseID} page={page} around={around.data} />
      ) : item.error ? (
        <Failed error={item.error} retry={item.reload} />
      ) : (
        <div class={css["body"]} data-panel>
          <div class={css["blocks"]}>
            <Loading shape="page" />
          </div>
          <div class={css["facts"]} aria-hidden="true">
            <Loading shape="rows" />
          </div>
        </div>
      )}
    </div>
  );
}

type Around = Awaited<ReturnType<typeof client.mediaAround>>;

function Page({ caseID, page, around }: { caseID: string; page: MediaPage; around: Around | null }) {
  const [panel, setPanel] = useState(true);
  const [write, setWrite] = useState<Write | null>(null);
  const [explained, setExplained] = useState(false);
  const facts = useRef<HTMLDivElement>(null);
  const card = page.card;
  const show = useCallback((id: string | undefined) => id !== undefined && go(address(caseID, "media", id) + kept(), { replace: false }), [caseID]);
  const acts = actsOn(caseID, card, () => show(around?.next?.id));
  const reach = (section: string) => {
    setPanel(true);
    requestAnimationFrame(() => {
      const at = facts.current?.querySelector<HTMLElement>(`[data-section="${section}"]`);
      at?.scrollIntoView({ block: "start" });
      at?.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
    });
  };
  const compare = () => {
    const other = page.alike[0];
    if (!other) tell({ text: t("media.compareNone") });
    else go(compareAddress(caseID, card.id, other.card.id));
  };
  useEffect(() => scrollTo(0, 0), [card.id]);
  useKeys("media", {
    prev: () => void show(around?.previous?.id),
    next: () => void show(around?.next?.id),
    pin: acts.pin,
    aside: acts.aside,
    clear: acts.clear,
    warning: acts.warnMore,
    note: () => setWrite("note"),
    tag: () => setWrite("tags"),
    duplicates: () => reach("alike"),
    compare,
    checklist: () => go(address(caseID, "checklist", card.id)),
    explain: () => {
      setExplained(!explained);
      reach("times");
    },
    panel: () => setPanel(!panel),
  });
  return (
    <>
      <Head caseID={caseID} page={page} around={around} acts={acts} panel={panel} onPanel={() => setPanel(!panel)} onShow={show} onCompare={compare} kept={kept()} />
      <div class={css["body"]} data-panel={panel || undefined}>
        <Stage caseID={caseID} page={page} onMasks={acts.cover} />
        {panel && (
          <div ref={facts} class={css["facts"]}>
            <Facts caseID={caseID} page={page} explained={explained} onExplain={() => setExplained(!explained)} onWrite={setWrite} />
          </div>
        )}
      </div>
      {write && <Writing what={write} page={page} caseID={caseID} onClose={() => setWrite(null)} />}
    </>
  );
}

// kept is the gallery's part of the address: neighbours are those under it,
// and it leads back to the same place there.
function kept(): string {
  const search = new URLSearchParams();
  for (const name of ofGallery) {
    const value = query.peek().get(name);
    if (value) search.set(name, value);
  }
  const text = search.toString();
  return text === "" ? "" : "?" + text;
}
