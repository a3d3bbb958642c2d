import { useEffect, useId, useRef } from "preact/hooks";
import { Button } from "../../parts/Button";
import { Evidence } from "../../parts/Evidence";
import { Icon } from "../../parts/Icon";
import { pictured } from "../../parts/pictured";
import { Scraped } from "../../parts/Scraped";
import { TrustMark } from "../../parts/TrustMark";
import { t, type Key } from "../../text";
import { shortTime, strengthOf, type Shown } from "./shown";
import css from "./Board.module.css";

interface Props {
  case: string;
  shown: readonly Shown[];
  current: string;
  selected: ReadonlySet<string>;
  onPick: (item: string) => void;
  onSelect: (item: string) => void;
  onClear: () => void;
}

// Members are the items of the incident: one that fits weakly is pale, one that
// is not counted dashed.
export function Members({ case: caseID, shown, current, selected, onPick, onSelect, onClear }: Props) {
  const id = useId();
  const box = useRef<HTMLUListElement>(null);
  const at = shown.findIndex((s) => s.member.card.id === current);
  const moved = useRef(false);
  useEffect(() => {
    if (moved.current) box.current?.querySelector("[data-current]")?.scrollIntoView({ block: "nearest" });
    moved.current = true;
  }, [at]);
  return (
    <section class={css["part"]} aria-labelledby="incident-members">
      <div class={css["over"]}>
        <h3 id="incident-members">{t("incidents.members")}</h3>
        {selected.size > 0 && (
          <span class={css["chosen"]} role="status">
            {t("incidents.selected", { n: selected.size })}
            <Button small kind="quiet" onClick={onClear}>
              {t("incidents.clearSelection")}
            </Button>
          </span>
        )}
      </div>
      <ul ref={box} class={css["members"]} role="listbox" tabIndex={0} aria-multiselectable="true" aria-label={t("incidents.members")} aria-describedby={`${id}-how`} aria-activedescendant={at < 0 ? undefined : `${id}-${at}`}>
        {shown.map((s, i) => (
          <Option key={s.member.card.id} id={`${id}-${i}`} case={caseID} shown={s} current={i === at} selected={selected.has(s.member.card.id)} onPick={onPick} onSelect={onSelect} />
        ))}
      </ul>
      <p id={`${id}-how`} class="heard">
        {t("incidents.membersHint")}
      </p>
    </section>
  );
}

function Option({ id, case: caseID, shown, current, selected, onPick, onSelect }: { id: string; case: string; shown: Shown; current: boolean; selected: boolean; onPick: (item: string) => void; onSelect: (item: string) => void }) {
  const m = shown.member;
  const strength = m.bits === null ? null : strengthOf(m.bits);
  const weak = strength === "slight" || strength === "against";
  return (
    <li
      id={id}
      class={css["member"]}
      role="option"
      aria-selected={selected}
      data-current={current || undefined}
      data-weak={weak || undefined}
      data-counts={m.counts}
      onClick={(e) => (e.ctrlKey || e.metaKey || e.shiftKey ? onSelect(m.card.id) : onPick(m.card.id))}
    >
      <span class={css["thumb"]}>
        <Evidence case={caseID} {...pictured(m.card)} size="cell" />
        {selected && (
          <span class={css["ticked"]}>
            <Icon name="check" size={14} />
          </span>
        )}
      </span>
      <span class={css["name"]}>
        {m.held && <Icon name="pin" size={12} />}
        <Scraped most={60}>{m.card.name}</Scraped>
      </span>
      <span class={css["time"]}>
        <TrustMark trust={m.card.time?.trust ?? "none"} />
        {m.card.time ? shortTime(m.card.time.text) : t("parts.time.none")}
      </span>
      <span class={css["role"]}>
        {m.role !== "original" && t(`incidents.role.${m.role}` as Key)}
        {m.role === "original" && strength && t(`incidents.strength.${strength}`)}
        {shown.copies.length > 0 && <> · {t("incidents.copiesOf", { n: shown.copies.length })}</>}
      </span>
    </li>
  );
}
