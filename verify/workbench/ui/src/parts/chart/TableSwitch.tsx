import { t } from "../../text";
import { tables, toggleTables } from "./tables";
import css from "./chart.module.css";

// TableSwitch turns a drawing into its table and back.
export function TableSwitch({ what }: { what: "map" | "timeline" }) {
  const table = tables.value;
  const [words, title] = table ? ([`${what}.drawn`, `${what}.drawn.long`] as const) : ([`${what}.table`, `${what}.table.long`] as const);
  return (
    <button type="button" class={css.control} title={t(title)} onClick={toggleTables}>
      {t(words)}
    </button>
  );
}
