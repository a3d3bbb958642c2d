// Why an item has this time, these copies and this incident: every reason that
// the program gave.
import type { Card } from "../../api.gen";
import { Dialog } from "../../parts/Dialog";
import { Said, Scraped, visible } from "../../parts/Scraped";
import { Failed, Loading } from "../../parts/State";
import { TimeValue } from "../../parts/TimeValue";
import { Why } from "../../parts/Why";
import { t } from "../../text";
import css from "./Explain.module.css";
import { useAll } from "./Side";

const mostCopies = 20;

export function Explain({ case: caseID, card, onClose }: { case: string; card: Card; onClose: () => void }) {
  const all = useAll(caseID, card.id);
  const copies = (all.data?.alike ?? []).slice(0, mostCopies);
  const member = all.data?.in_incident;
  return (
    <Dialog title={t("gallery.why", { name: visible(card.name, 80) })} wide onClose={onClose}>
      <section class={css["part"]}>
        <h3>{t("gallery.whyTime")}</h3>
        {card.time ? <TimeValue time={card.time} /> : <p>{t("gallery.whyNoTime")}</p>}
        {all.data?.times
          .filter((one) => one.why)
          .slice(0, 8)
          .map((one, i) => (
            <p key={i} class={css["claim"]}>
              <TimeValue time={one.time} compact />
              <span class="dim">
                <Said most={300}>{one.why}</Said>
              </span>
            </p>
          ))}
      </section>
      {all.error && <Failed error={all.error} retry={all.reload} />}
      {!all.data && !all.error && <Loading shape="rows" />}
      {copies.length > 0 && (
        <section class={css["part"]}>
          <h3>{t("gallery.whyCopies")}</h3>
          <ul class={css["copies"]}>
            {copies.map((one) => (
              <li key={one.card.id}>
                <strong>
                  <Scraped most={160}>{one.card.path}</Scraped>
                </strong>
                <Said most={400}>{one.why}</Said>
              </li>
            ))}
          </ul>
        </section>
      )}
      {member && (
        <section class={css["part"]}>
          <h3>{t("gallery.whyIncident", { id: member.id })}</h3>
          <Why reasons={member.reasons} />
        </section>
      )}
      {all.data && copies.length === 0 && !member && <p>{t("gallery.whyNothing")}</p>}
    </Dialog>
  );
}
