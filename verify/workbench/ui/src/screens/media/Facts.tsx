import type { ComponentChildren } from "preact";
import type { MediaPage } from "../../api.gen";
import { t, type Key } from "../../text";
import { Alike } from "./Alike";
import { Fields } from "./Fields";
import { Findings } from "./Findings";
import { History } from "./History";
import css from "./Media.module.css";
import { Places } from "./Places";
import { Said } from "./Said";
import { Seen } from "./Seen";
import { Times } from "./Times";
import type { Write } from "./Writing";

interface Props {
  caseID: string;
  page: MediaPage;
  explained: boolean;
  onExplain: () => void;
  onWrite: (what: Write) => void;
}

const sections = ["times", "places", "alike", "said", "seen", "findings", "fields", "history"] as const;
type Section = (typeof sections)[number];

// Facts is all that is known of the item, in sections that can be jumped to.
export function Facts({ caseID, page, explained, onExplain, onWrite }: Props) {
  const parts: Record<Section, ComponentChildren> = {
    times: <Times page={page} explained={explained} onExplain={onExplain} onConfirm={() => onWrite("time")} />,
    places: <Places page={page} onConfirm={() => onWrite("place")} />,
    alike: <Alike caseID={caseID} page={page} explained={explained} />,
    said: <Said caseID={caseID} page={page} onWrite={onWrite} />,
    seen: <Seen page={page} />,
    findings: <Findings page={page} />,
    fields: <Fields caseID={caseID} page={page} />,
    history: <History caseID={caseID} id={page.card.id} />,
  };
  return (
    <>
      <nav class={css["jump"]} aria-label={t("media.facts")}>
        {sections.map((s) => (
          <a key={s} href={`#media-${s}`} onClick={(e) => jump(e, s)}>
            {t(title(s))}
          </a>
        ))}
      </nav>
      {sections.map((s) => (
        <section key={s} id={`media-${s}`} data-section={s} class={css["section"]} aria-labelledby={`media-h-${s}`}>
          <h2 id={`media-h-${s}`} tabIndex={-1}>
            {t(title(s))}
          </h2>
          {parts[s]}
        </section>
      ))}
    </>
  );
}

function title(s: Section): Key {
  return `media.section.${s}`;
}

// jump goes to a section without a step in the history.
function jump(event: MouseEvent, s: Section): void {
  event.preventDefault();
  const at = document.getElementById(`media-${s}`);
  at?.scrollIntoView({ block: "start" });
  at?.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
}
