// The menus over the grid: what each key can be, with how many items it would
// find; how the list is ordered and grouped; the filters that were saved.
import { useState } from "preact/hooks";
import { client, type Facet, type Gallery, type SavedFilter } from "../../api.gen";
import { useLoad } from "../../load";
import { Menu, type MenuItem } from "../../parts/Menu";
import { visible } from "../../parts/Scraped";
import { tellError } from "../../parts/Toast";
import { count, t, type Key } from "../../text";
import { changeFilter, changeGroup, changeSort, groupings, orders, type Place } from "./place";
import { TextDialog } from "../../parts/TextDialog";

// wordsOf is a value of a menu for people; names of sources and tags stand as
// they are.
export function wordsOf(key: string, value: string): string {
  if (key === "source" || key === "tag") return value;
  const shared = ["none", "yes", "no"].includes(value);
  return t((shared ? `gallery.value.${key}.${value}` : `gallery.value.${value}`) as Key);
}

export function FacetMenu({ facet }: { facet: Facet }) {
  const items: MenuItem[] = facet.values.map((v) => ({
    text: visible(wordsOf(facet.key, v.value), 80),
    note: count(v.count),
    checked: v.chosen,
    onPick: () => changeFilter(v.filter),
  }));
  if (items.length === 0) return null;
  const chosen = facet.values.filter((v) => v.chosen).length;
  const label = t(`gallery.facet.${facet.key}` as Key);
  return <Menu small kind={chosen > 0 ? "line" : "quiet"} label={chosen > 0 ? `${label} (${chosen})` : label} items={items} />;
}

export function OrderMenu({ place }: { place: Place }) {
  return (
    <Menu
      small
      kind="quiet"
      label={t("gallery.sort", { by: t(`gallery.sort.${place.sort}`) })}
      items={orders.map((o) => ({ text: t(`gallery.sort.${o}`), checked: o === place.sort, onPick: () => changeSort(o) }))}
    />
  );
}

export function GroupMenu({ place }: { place: Place }) {
  return (
    <Menu
      small
      kind="quiet"
      label={t("gallery.group", { by: t(`gallery.group.${place.group}`) })}
      items={groupings.map((g) => ({ text: t(`gallery.group.${g}`), checked: g === place.group, onPick: () => changeGroup(g) }))}
    />
  );
}

// SavedMenu keeps filters under names, in the case, for everybody who opens it.
export function SavedMenu({ case: caseID, result }: { case: string; result: Gallery | null }) {
  const [naming, setNaming] = useState(false);
  const saved = useLoad((signal) => client.galleryFilters({ case: caseID }, { signal }), [caseID]);
  const filters = saved.data?.filters ?? [];
  const save = (one: SavedFilter) => {
    client.saveGalleryFilter({ case: caseID, ...one }).then(saved.reload, tellError);
  };
  const filter = result?.filter ?? "";
  const current = filters.find((f) => f.filter === filter);
  const items: MenuItem[] = filters.map((f) => ({ text: visible(f.name, 80), checked: f === current, onPick: () => changeFilter(f.filter) }));
  if (filters.length === 0) items.push({ text: t("gallery.noneSaved"), disabled: true, onPick: () => undefined });
  items.push({ text: t("gallery.save"), disabled: filter === "" || current !== undefined, onPick: () => setNaming(true) });
  if (current) items.push({ text: t("gallery.forget", { name: visible(current.name, 80) }), onPick: () => save({ name: current.name, filter: "" }) });
  return (
    <>
      <Menu small kind="quiet" label={t("gallery.saved")} items={items} />
      {naming && (
        <TextDialog
          title={t("gallery.saveTitle")}
          label={t("gallery.saveName")}
          verb={t("gallery.saveVerb")}
          most={60}
          onClose={() => setNaming(false)}
          onText={(name) => {
            setNaming(false);
            save({ name, filter });
          }}
        />
      )}
    </>
  );
}
