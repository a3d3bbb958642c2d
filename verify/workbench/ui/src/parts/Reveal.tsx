// What stands before a reveal: the words first, then the choice how much to
// see. A severe item asks once more.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { confirm, needsConfirm, severe, show, softenOne, type Subject } from "../care";
import { hint } from "../keys";
import { inRow, t, type Key } from "../text";
import { Button } from "./Button";
import { Icon } from "./Icon";
import css from "./Reveal.module.css";
import { Scraped } from "./Scraped";

// Hosts are the places on the screen where a group is shown when revealed.
type Host = "view" | "layer" | "frame";
const hosts = signal<ReadonlyMap<string, number>>(new Map());

// useHost says that the caller shows a group, once it is revealed.
export function useHost(group: string, as: Host): void {
  useEffect(() => {
    const key = `${as}:${group}`;
    const add = (n: number) => {
      const next = new Map(hosts.peek());
      next.set(key, (next.get(key) ?? 0) + n);
      hosts.value = next;
    };
    add(1);
    return () => add(-1);
  }, [group, as]);
}

// hosted says whether a group has such a place.
export function hosted(group: string, as: Host): boolean {
  return (hosts.value.get(`${as}:${group}`) ?? 0) > 0;
}

// RevealWords shows what is written of items and offers to reveal them.
export function RevealWords({ group, subjects, plain }: { group: string; subjects: readonly Subject[]; plain?: boolean }) {
  const held = needsConfirm(group, subjects);
  return (
    <div class={plain ? css["plain"] : css["reveal"]} role="group" aria-label={t("parts.evidence.first")}>
      <ul class={css["subjects"]}>
        {subjects.map((s) => (
          <Words key={s.id} subject={s} named={subjects.length > 1} />
        ))}
      </ul>
      {severe(subjects) && held && <p>{t("parts.evidence.severe")}</p>}
      <div class={css["acts"]}>
        {held ? (
          <Button key="confirm" inner={focused} onClick={() => confirm(group)}>
            {t("parts.evidence.confirm")}
          </Button>
        ) : (
          <>
            <Button key="grey" inner={focused} icon="eye" hint={hint("reveal")} onClick={() => show(group, false)}>
              {t("parts.evidence.grey")}
            </Button>
            <Button onClick={() => show(group, true)}>{t("parts.evidence.full")}</Button>
          </>
        )}
        <Button kind="quiet" hint="Esc" onClick={softenOne}>
          {t("parts.evidence.notNow")}
        </Button>
      </div>
    </div>
  );
}

function focused(button: HTMLButtonElement | null): void {
  button?.focus({ preventScroll: true });
  button?.closest("[role=group]")?.scrollIntoView({ block: "nearest" });
}

function Words({ subject: s, named }: { subject: Subject; named: boolean }) {
  return (
    <li class={css["words"]}>
      {named && s.name && (
        <strong>
          <Scraped most={120}>{s.name}</Scraped>
        </strong>
      )}
      <p class={css["warning"]} data-warning={s.warning}>
        {(s.warning === "moderate" || s.warning === "severe") && <Icon name="alert" />}
        {t(warningWords(s.warning))}
        {s.warningBy && <span class="dim"> · {t(byWords(s.warningBy))}</span>}
      </p>
      <p>{s.described ? <Scraped most={1200}>{s.described}</Scraped> : <span class="dim">{t("parts.evidence.nothing")}</span>}</p>
      {s.tags && s.tags.length > 0 && (
        <p class="dim">
          <Scraped most={300}>{t("parts.evidence.tags", { tags: inRow(s.tags) })}</Scraped>
        </p>
      )}
      {s.notes?.slice(0, 5).map((note) => (
        <blockquote key={note.text} class={css["note"]}>
          <Scraped most={600}>{note.text}</Scraped>
          {note.by && (
            <cite>
              <Scraped most={80}>{note.by}</Scraped>
            </cite>
          )}
        </blockquote>
      ))}
    </li>
  );
}

function warningWords(warning: string): Key {
  return warning === "none" || warning === "moderate" || warning === "severe" ? `parts.evidence.warning.${warning}` : "parts.evidence.warning.";
}

function byWords(by: string): Key {
  return by === "text" || by === "copy" ? `parts.evidence.by.${by}` : "parts.evidence.by.person";
}
