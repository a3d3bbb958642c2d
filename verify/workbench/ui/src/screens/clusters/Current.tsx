import type { ComponentChildren } from "preact";
import type { ClusterNode, ClusterOut } from "../../api.gen";
import { Button } from "../../parts/Button";
import { Evidence } from "../../parts/Evidence";
import { PlaceValue } from "../../parts/PlaceValue";
import { Scraped, visible } from "../../parts/Scraped";
import { sentence } from "../../parts/Toast";
import { TimeValue } from "../../parts/TimeValue";
import { t } from "../../text";
import { putBack } from "./acts";
import css from "./Clusters.module.css";
import { pictured } from "../../parts/pictured";

// Current is the copy that is looked at, with what can be decided on it.
export function Current({ case: caseID, group, node, actions }: { case: string; group: ClusterOut; node: ClusterNode; actions: ComponentChildren }) {
  const seen = group.lanes.flatMap((l) => l.marks.filter((m) => m.item === node.card.id));
  return (
    <aside class={css["current"]} aria-label={visible(node.card.name, 120)}>
      <Evidence case={caseID} {...pictured(node.card)} size="view" current />
      <h3>
        <Scraped most={120}>{node.card.name}</Scraped>
      </h3>
      <div class={css["acts"]}>{actions}</div>
      {node.chosen && group.row.chosen && (
        <p class={css["said"]}>
          <Scraped most={300}>{t("clusters.chosenBy", { by: group.row.chosen.by, at: group.row.chosen.at.slice(0, 10) })}</Scraped>: <Scraped most={300}>{group.row.chosen.reason}</Scraped>{" "}
          <Button small kind="quiet" icon="undo" onClick={() => group.row.chosen && void putBack(caseID, group, group.row.chosen.entry)}>
            {t("clusters.unchoose")}
          </Button>
        </p>
      )}
      {node.beside && <p class={css["said"]}>{t("clusters.takeOutBeside")}</p>}
      <dl class={css["told"]}>
        {node.how && (
          <>
            <dt>{t("clusters.how")}</dt>
            <dd>{sentence(node.how)}</dd>
          </>
        )}
        <dt>{t(node.from ? "clusters.why" : "clusters.whyRoot")}</dt>
        <dd>{sentence(node.why)}</dd>
        <dt>{t("clusters.time")}</dt>
        <dd>
          <TimeValue time={node.card.time} />
        </dd>
        <dt>{t("clusters.place")}</dt>
        <dd>
          <PlaceValue place={node.card.place} />
        </dd>
        {seen.length > 0 && (
          <>
            <dt>{t("clusters.seen")}</dt>
            <dd>
              <ul class={css["paths"]}>
                {seen.slice(0, 20).map((m) => (
                  <li key={m.path}>
                    <Scraped most={200}>{m.path}</Scraped>
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
      </dl>
    </aside>
  );
}
