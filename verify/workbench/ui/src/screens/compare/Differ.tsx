import { useState } from "preact/hooks";
import { client, type ComparePage, type Difference } from "../../api.gen";
import { useLoad } from "../../load";
import { Said, Scraped } from "../../parts/Scraped";
import { Failed, Loading, Partial } from "../../parts/State";
import { t } from "../../text";
import css from "./Differ.module.css";

// Differ shows in which metadata the two differ, and by how much; what is
// alike is left out.
export function Differ({ caseID, page }: { caseID: string; page: ComparePage }) {
  const [open, setOpen] = useState(false);
  return (
    <section class={css["differ"]}>
      <h2>{t("compare.differ")}</h2>
      {page.differences.length === 0 ? <p class="dim">{t("compare.differNone")}</p> : <Table list={page.differences} />}
      <details onToggle={(e) => setOpen(e.currentTarget.open)}>
        <summary>{t("compare.allTags")}</summary>
        {open && <Tags caseID={caseID} a={page.a.id} b={page.b.id} />}
      </details>
    </section>
  );
}

function Tags({ caseID, a, b }: { caseID: string; a: string; b: string }) {
  const read = useLoad((signal) => client.compareFields({ case: caseID, a, b }, { signal }), [caseID, a, b]);
  if (read.error) return <Failed error={read.error} retry={read.reload} />;
  if (!read.data) return <Loading />;
  return (
    <>
      {read.data.unread.map((why) => (
        <Partial key={why} text={t("media.fields.stored")} details={<Scraped most={400}>{why}</Scraped>} />
      ))}
      <p class="dim">{t("compare.sameTags", { n: read.data.same })}</p>
      <Table list={read.data.list} />
    </>
  );
}

function Table({ list }: { list: readonly Difference[] }) {
  return (
    <div class={css["scroll"]} tabIndex={0} role="region" aria-label={t("compare.differ")}>
      <table class={css["table"]}>
        <thead>
          <tr>
            <th scope="col">{t("compare.differ.what")}</th>
            <th scope="col">{t("compare.a")}</th>
            <th scope="col">{t("compare.b")}</th>
            <th scope="col">{t("compare.differ.by")}</th>
          </tr>
        </thead>
        <tbody>
          {list.map((d, i) => (
            <tr key={d.what + i}>
              <th scope="row">
                <Said most={80}>{d.what}</Said>
              </th>
              <td>
                <Value text={d.a} />
              </td>
              <td>
                <Value text={d.b} />
              </td>
              <td class={css["by"]}>{d.by}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Value({ text }: { text: string }) {
  return text === "" ? <span class="dim">{t("compare.nothing")}</span> : <Scraped most={240}>{text}</Scraped>;
}
