import { useState } from "preact/hooks";
import { client, type FieldTag, type MediaPage } from "../../api.gen";
import { useLoad } from "../../load";
import { Copy } from "../../parts/Copy";
import { Field } from "../../parts/Field";
import { bytes } from "../../parts/measure";
import { Said, Scraped } from "../../parts/Scraped";
import { Failed, Loading, Partial } from "../../parts/State";
import { count, inRow, t } from "../../text";
import css from "./Fields.module.css";
import { clock } from "./film";

// Fields is the file in a few facts, then every tag that it carries, the value
// as written beside what it is read as.
export function Fields({ caseID, page }: { caseID: string; page: MediaPage }) {
  const read = useLoad((signal) => client.mediaFields({ case: caseID, id: page.card.id }, { signal }), [caseID, page.card.id]);
  const [words, setWords] = useState("");
  const tags = read.data?.tags ?? [];
  const found = tags.filter((tag) => has(tag, words));
  return (
    <>
      <File page={page} />
      {read.error && <Failed error={read.error} retry={read.reload} />}
      {!read.data && !read.error && <Loading />}
      {read.data && !read.data.read && <Partial text={t("media.fields.stored")} details={<Said most={400}>{read.data.why}</Said>} />}
      {read.data && tags.length === 0 && <p class="dim">{t("media.fields.empty")}</p>}
      {tags.length > 0 && (
        <>
          <div class={css["search"]}>
            <Field label={t("media.fields.search")}>{(props) => <input {...props} type="search" autocomplete="off" value={words} onInput={(e) => setWords(e.currentTarget.value)} />}</Field>
            <span class="dim" role="status">
              {words ? t("media.fields.found", { found: found.length, all: tags.length }) : t("media.fields.count", { n: tags.length })}
            </span>
          </div>
          {found.length === 0 ? <p class="dim">{t("media.fields.none")}</p> : <Table tags={found} />}
          {read.data!.more > 0 && <p class="dim">{t("media.fields.more", { n: read.data!.more })}</p>}
        </>
      )}
    </>
  );
}

// has tells whether a tag has all the words, in its names, value or reading.
function has(tag: FieldTag, words: string): boolean {
  const text = `${tag.field} ${tag.group} ${tag.value} ${tag.reading}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function Table({ tags }: { tags: readonly FieldTag[] }) {
  return (
    <div class={css["scroll"]} tabIndex={0} role="region" aria-label={t("media.section.fields")}>
      <table class={css["table"]}>
        <thead>
          <tr>
            <th scope="col">{t("media.fields.field")}</th>
            <th scope="col">{t("media.fields.value")}</th>
            <th scope="col">{t("media.fields.reading")}</th>
          </tr>
        </thead>
        <tbody>
          {tags.map((tag, i) => (
            <tr key={i}>
              <th scope="row">
                <span class="dim">{tag.group}</span> {tag.name}
              </th>
              <td>
                <code>
                  <Scraped most={600}>{tag.value}</Scraped>
                </code>
                {tag.cut && <span class="dim"> {t("media.fields.cut")}</span>}
              </td>
              <td>
                <Scraped most={200}>{tag.reading}</Scraped>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

// File is what kind of file it is.
function File({ page }: { page: MediaPage }) {
  const { card, device } = page;
  const maker = device.model.toLowerCase().startsWith(device.make.toLowerCase()) ? device.model : `${device.make} ${device.model}`.trim();
  const facts: [string, string][] = [
    [t("media.file.type"), page.media_type + (page.extension_mismatch ? ` · ${t("media.file.mismatch")}` : "")],
    [t("media.file.size"), bytes(page.bytes)],
    [t("media.file.pixels"), card.width > 0 ? `${count(card.width)} × ${count(card.height)}` : ""],
    [t("media.file.length"), card.seconds > 0 ? clock(card.seconds, 1) : ""],
    [t("media.file.rate"), page.frame_rate ? t("media.file.perSecond", { n: Number(page.frame_rate.toFixed(3)) }) : ""],
    [t("media.file.codecs"), inRow(page.codecs)],
    [t("media.file.device"), maker],
    [t("media.file.serial"), device.serial],
    [t("media.file.software"), device.software],
  ];
  return (
    <dl class={css["file"]}>
      {facts
        .filter(([, value]) => value !== "")
        .map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>
              <Scraped most={200}>{value}</Scraped>
            </dd>
          </>
        ))}
      <dt>{t("media.file.digest")}</dt>
      <dd>
        <code>{card.id}</code>
        <Copy text={card.id} what="digest" />
      </dd>
      <dt>{t("media.file.path")}</dt>
      <dd>
        {page.original ? (
          <>
            <Scraped most={300}>{page.original}</Scraped>
            <Copy text={page.original} what="path" />
          </>
        ) : (
          <span class="dim">{t("media.file.gone")}</span>
        )}
      </dd>
    </dl>
  );
}
