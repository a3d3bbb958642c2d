import type { MediaPage } from "../../api.gen";
import { hint } from "../../keys";
import { Button } from "../../parts/Button";
import { Scraped } from "../../parts/Scraped";
import { Why } from "../../parts/Why";
import { address } from "../../router";
import { t } from "../../text";
import css from "./Claims.module.css";
import type { Write } from "./Writing";

// Said is what people wrote of the item, and where it stands in the work.
export function Said({ caseID, page, onWrite }: { caseID: string; page: MediaPage; onWrite: (what: Write) => void }) {
  const { card, said, in_incident: incident } = page;
  return (
    <>
      <dl class={css["pairs"]}>
        <dt>{t("media.said.described")}</dt>
        <dd>
          {card.described ? (
            <>
              <Scraped most={2000}>{card.described}</Scraped> {said.described_by && <span class="dim">– <Scraped most={100}>{said.described_by}</Scraped></span>}
            </>
          ) : (
            <span class="dim">{t("media.said.noDescription")}</span>
          )}
        </dd>
        <dt>{t("media.said.tags")}</dt>
        <dd>
          {card.tags.length === 0 && <span class="dim">{t("media.said.noTags")}</span>}
          {card.tags.map((tag) => (
            <span key={tag} class={css["tag"]}>
              <Scraped most={100}>{tag}</Scraped>
            </span>
          ))}
        </dd>
        <dt>{t("media.said.review")}</dt>
        <dd>
          <a href={address(caseID, "checklist", card.id)}>{page.review_state ? [page.review_state, page.conclusion].filter(Boolean).join(" · ").replaceAll("_", " ") : t("media.said.noReview")}</a>
        </dd>
        <dt>{t("media.said.incident")}</dt>
        <dd>{incident ? <a href={address(caseID, "incidents", incident.id)}>{`${incident.id} · ${incident.status} · ${incident.role}`}</a> : <span class="dim">{t("media.said.notIncident")}</span>}</dd>
      </dl>
      {incident && incident.reasons.length > 0 && (
        <details>
          <summary>{t("media.said.why")}</summary>
          <Why reasons={incident.reasons} />
        </details>
      )}
      {said.notes.map((note) => (
        <blockquote key={note.entry} class={css["note"]}>
          <Scraped most={20000}>{note.text}</Scraped>
          <footer class="dim"><Scraped most={200}>{t("media.said.by", { by: note.by, at: note.at })}</Scraped></footer>
        </blockquote>
      ))}
      <div class={css["acts"]}>
        <Button small icon="note" hint={hint("note")} onClick={() => onWrite("note")}>
          {t("media.said.note")}
        </Button>
        <Button small icon="tag" hint={hint("tag")} onClick={() => onWrite("tags")}>
          {t("media.said.tag")}
        </Button>
        <Button small onClick={() => onWrite("description")}>
          {t("media.said.describe")}
        </Button>
      </div>
    </>
  );
}
