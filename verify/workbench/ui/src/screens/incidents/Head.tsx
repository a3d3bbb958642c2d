import type { IncidentOut } from "../../api.gen";
import { hint } from "../../keys";
import { Button } from "../../parts/Button";
import { Icon } from "../../parts/Icon";
import { Scraped } from "../../parts/Scraped";
import { address } from "../../router";
import { t } from "../../text";
import { takeBack } from "./acts";
import css from "./Board.module.css";

export interface HeadActs {
  accept: () => void;
  reject: () => void;
  split: () => void;
  merge: () => void;
  pin: () => void;
  explain: () => void;
}

// Head says what the incident is, what was decided of it, and holds the
// buttons that decide.
export function Head({ case: caseID, group, busy, acts, chosen, skipHint, onNext }: { case: string; group: IncidentOut; busy: boolean; acts: HeadActs; chosen: number; skipHint: string; onNext: () => void }) {
  const r = group.row;
  const status = r.status as "candidate" | "confirmed" | "rejected";
  return (
    <header class={css["head"]}>
      <div class={css["title"]}>
        <h2>
          {r.when} <span class="dim data">{r.id}</span>
        </h2>
        <span class={css["status"]} data-status={status}>
          {status === "confirmed" && <Icon name="check" size={14} />}
          {status === "rejected" && <Icon name="close" size={14} />}
          {t(`incidents.status.${status}`)}
        </span>
        <span class={css["next"]}>
          <a href={`${address(caseID, "reports")}?incident=${encodeURIComponent(r.id)}`}>{t("incidents.report")}</a>
          <Button small kind="quiet" hint={skipHint} onClick={onNext}>
            {t("incidents.nextOne")}
          </Button>
        </span>
      </div>
      {r.summary && (
        <p>
          <Scraped most={400}>{r.summary}</Scraped>
        </p>
      )}
      <p class="dim">
        <Scraped most={200}>{r.where}</Scraped>
        {r.place_basis && r.place_basis !== r.where && (
          <>
            {" · "}
            <Scraped most={200}>{r.place_basis}</Scraped>
          </>
        )}
        {" · "}
        {t("incidents.counts", { media: t("incidents.media", { n: r.media }) + (r.copies > 0 ? " " + t("incidents.copies", { n: r.copies }) : ""), sources: t("incidents.sources", { n: r.sources }) })}
      </p>
      {group.decided && (
        <p class={css["decided"]}>
          <span>
            <Scraped most={500}>{t("incidents.decidedBy", { what: t(`incidents.status.${status}`), by: group.decided.by, at: group.decided.at.slice(0, 10) })}</Scraped>: <Scraped most={400}>{group.decided.reason}</Scraped>
          </span>
          <Button small kind="quiet" icon="undo" onClick={() => group.decided && void takeBack(caseID, group.decided.entry)}>
            {t("incidents.undecide")}
          </Button>
        </p>
      )}
      {r.by_hand ? (
        <p class="dim">{t("incidents.byHandHint")}</p>
      ) : (
        <div class={css["acts"]}>
          {status !== "confirmed" && (
            <Button kind="main" hint={hint("accept")} disabled={busy} onClick={acts.accept}>
              {t("incidents.confirm")}
            </Button>
          )}
          {status !== "rejected" && (
            <Button hint={hint("reject")} disabled={busy} onClick={acts.reject}>
              {t("incidents.reject")}
            </Button>
          )}
          <Button hint={hint("split")} disabled={busy || r.media < 2} onClick={acts.split}>
            {t("incidents.split")}
          </Button>
          <Button hint={hint("merge")} disabled={busy} onClick={acts.merge}>
            {t("incidents.merge")}
          </Button>
          <Button icon="pin" hint={hint("pin")} disabled={busy || chosen === 0} onClick={acts.pin}>
            {t("incidents.pin")}
          </Button>
          <Button kind="quiet" hint={hint("explain")} disabled={busy} onClick={acts.explain}>
            {t("incidents.explainShort")}
          </Button>
        </div>
      )}
    </header>
  );
}
