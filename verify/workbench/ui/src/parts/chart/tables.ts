// Whether maps and timelines are shown as tables: one choice for all of them.
import { signal } from "@preact/signals";
import { t } from "../../text";

export const tables = signal(false);

// toggleTables turns maps and timelines into tables and back.
export function toggleTables(): void {
  tables.value = !tables.value;
}

// labelOf is the label of a mark that may stand for several things.
export function labelOf(label: string, count: number | undefined): string {
  return count !== undefined && count > 1 ? t("map.label.more", { label, n: count - 1 }) : label;
}

// trustText says in a word how far a time or a place can be trusted.
export function trustText(trust: string | undefined): string {
  switch (trust) {
    case "device":
      return t("map.trust.device");
    case "platform":
      return t("map.trust.platform");
    case "derived":
      return t("map.trust.derived");
  }
  return t("map.trust.none");
}
