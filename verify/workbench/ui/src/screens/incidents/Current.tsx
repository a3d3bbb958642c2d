import type { Card, IncidentMember, IncidentSuggestion } from "../../api.gen";
import { hint } from "../../keys";
import { Button } from "../../parts/Button";
import { Evidence } from "../../parts/Evidence";
import { pictured } from "../../parts/pictured";
import { PlaceValue } from "../../parts/PlaceValue";
import { Scraped, visible } from "../../parts/Scraped";
import { TimeValue } from "../../parts/TimeValue";
import { t, type Key } from "../../text";
import css from "./Board.module.css";
import { signed, strengthOf } from "./shown";
import { Weighed } from "./Weighed";

interface Props {
  case: string;
  card: Card;
  member: IncidentMember | undefined;
  copies: readonly IncidentMember[];
  suggestion: IncidentSuggestion | undefined;
  decidable: boolean;
  acts: { pin: () => void; remove: () => void; addTo: () => void; open: () => void };
  names: ReadonlyMap<string, string>; // of the members, by path
  onExplain: () => void;
}

const mostPaths = 20; // shown of one item

// Current is the item that is looked at, with what ties it to the incident.
export function Current({ case: caseID, card, member, copies, suggestion, decidable, acts, names, onExplain }: Props) {
  const reasons = member?.reasons.filter((r) => r.code !== "copy") ?? suggestion?.reasons ?? [];
  return (
    <aside class={css["current"]} aria-label={visible(card.name, 120)}>
      <Evidence key={card.id} case={caseID} {...pictured(card)} size="view" current />
      <h3>
        <Scraped most={120}>{card.name}</Scraped>
      </h3>
      <p class="dim">
        {member && t(`incidents.role.${member.role}` as Key)}
        {member && member.bits !== null && <> · {t("incidents.fitsBy", { how: t(`incidents.strength.${strengthOf(member.bits)}`), bits: signed(member.bits) })}</>}
        {suggestion && suggestion.says}
      </p>
      {member?.held && (
        <p class={css["hint"]}>
          <Scraped most={400}>{t("incidents.held", { by: member.held.by, reason: member.held.reason })}</Scraped>
        </p>
      )}
      <div class={css["column"]}>
        {suggestion ? (
          <Button icon="add" hint={hint("addTo")} disabled={!decidable} onClick={acts.addTo}>
            {t("incidents.add")}
          </Button>
        ) : (
          <>
            <Button icon="pin" hint={hint("pin")} disabled={!decidable} onClick={acts.pin}>
              {t("incidents.pin")}
            </Button>
            <Button disabled={!decidable} onClick={acts.remove}>
              {t("incidents.remove")}
            </Button>
          </>
        )}
        <Button kind="quiet" hint={hint("open")} onClick={acts.open}>
          {t("incidents.openMedia")}
        </Button>
      </div>
      <dl class={css["told"]}>
        <dt>{t("incidents.time")}</dt>
        <dd>
          <TimeValue time={card.time} />
        </dd>
        <dt>{t("incidents.place")}</dt>
        <dd>
          <PlaceValue place={card.place} />
        </dd>
        <dt>{t("incidents.seen")}</dt>
        <dd>
          <ul class={css["paths"]}>
            {(member?.paths ?? [card.path])
              .concat(copies.flatMap((c) => c.paths))
              .slice(0, mostPaths)
              .map((p) => (
                <li key={p}>
                  <Scraped most={200}>{p}</Scraped>
                </li>
              ))}
          </ul>
        </dd>
      </dl>
      {reasons.length > 0 && (
        <section class={css["part"]}>
          <h4>{t("incidents.itemWhy")}</h4>
          <Weighed reasons={reasons} names={names} narrow />
          <Button small kind="quiet" disabled={!decidable} onClick={onExplain}>
            {t("incidents.explain")}
          </Button>
        </section>
      )}
    </aside>
  );
}
