import type { Alike as Other, MediaPage, Seen } from "../../api.gen";
import { Evidence } from "../../parts/Evidence";
import { Said, Scraped, visible } from "../../parts/Scraped";
import { TimeValue } from "../../parts/TimeValue";
import { address } from "../../router";
import { inRow, t, type Key } from "../../text";
import { compareAddress } from "./addresses";
import css from "./Alike.module.css";

// Alike lists what shows the same: equal bytes at other paths, copies and
// parts, and other shots of the scene, each with why it is listed.
export function Alike({ caseID, page, explained }: { caseID: string; page: MediaPage; explained: boolean }) {
  const derived = page.alike.filter((a) => a.relation !== "same_scene");
  const scenes = page.alike.filter((a) => a.relation === "same_scene");
  const exact = page.seen.slice(1);
  if (exact.length + page.alike.length === 0) return <p class="dim">{t("media.alike.none")}</p>;
  return (
    <>
      <p>
        {t("media.alike.counts", {
          exact: exact.length > 0 ? t("media.alike.exact", { n: exact.length }) : t("media.alike.noExact"),
          derived: t("media.alike.derived", { n: derived.length }),
          scenes: t("media.alike.scenes", { n: scenes.length }),
        })}
        {page.card.cluster && (
          <>
            {" · "}
            <a href={address(caseID, "clusters", page.card.cluster)}>{t("media.alike.cluster")}</a>
          </>
        )}
      </p>
      <Exact list={exact} />
      <Group title="media.alike.group.derived" list={derived} caseID={caseID} page={page} explained={explained} />
      <Group title="media.alike.group.scene" list={scenes} caseID={caseID} page={page} explained={explained} />
      {page.alike_more > 0 && <p class="dim">{t("media.alike.more", { n: page.alike_more })}</p>}
    </>
  );
}

function Exact({ list }: { list: readonly Seen[] }) {
  if (list.length === 0) return null;
  return (
    <>
      <h3>{t("media.alike.group.exact")}</h3>
      <ul class={css["paths"]}>
        {list.map((s) => (
          <li key={s.path}>
            <Scraped most={300}>{s.path}</Scraped>
          </li>
        ))}
      </ul>
    </>
  );
}

interface GroupProps {
  title: Key;
  list: readonly Other[];
  caseID: string;
  page: MediaPage;
  explained: boolean;
}

function Group({ title, list, caseID, page, explained }: GroupProps) {
  if (list.length === 0) return null;
  return (
    <>
      <h3>{t(title)}</h3>
      <ul class={css["list"]}>
        {list.map((a) => (
          <li key={a.card.id} class={css["one"]}>
            <a class={css["open"]} href={address(caseID, "media", a.card.id)}>
              <Evidence case={caseID} id={a.card.id} name={a.card.name} kind={a.card.kind} described={a.card.described} warning={a.card.warning} masked={a.card.masked} readable={a.card.readable} still />
            </a>
            <div class={css["words"]}>
              <p>
                <a href={address(caseID, "media", a.card.id)}>
                  <Scraped most={120}>{a.card.name}</Scraped>
                </a>{" "}
                <span class={css["is"]}>{a.is}</span>
                {saidKey(a.said) && <span class={css["said"]}>{t(saidKey(a.said)!)}</span>}
              </p>
              <p class={css["source"]}>
                <Scraped most={120}>{inRow(a.card.sources)}</Scraped> · <TimeValue time={a.card.time} compact />
              </p>
              {a.changed && (
                <p class={css["source"]}>
                  <Scraped most={300}>{t("media.alike.changed", { where: a.changed })}</Scraped>
                </p>
              )}
              <details open={explained}>
                <summary>{t("media.explain")}</summary>
                <p>
                  <Said most={900}>{a.why}</Said>
                </p>
                {a.first && (
                  <p class="dim">
                    {t("media.alike.first")}: <Scraped most={120}>{a.first}</Scraped>, {t("media.alike.second")}: <Scraped most={120}>{a.second}</Scraped>
                  </p>
                )}
              </details>
            </div>
            <a class={css["compare"]} href={compareAddress(caseID, page.card.id, a.card.id)} aria-label={t("media.alike.compare", { name: visible(a.card.name, 120) })}>
              {t("media.compare")}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

const verdicts = ["same-image", "same-scene", "not-same", "unsure"] as const;

function saidKey(said: string): Key | null {
  const known = verdicts.find((v) => v === said);
  return known ? `media.alike.said.${known}` : null;
}
