// Two items beside each other: the same thing or not.
import { client } from "../../api.gen";
import { changed } from "../../done";
import { useLoad } from "../../load";
import { Button } from "../../parts/Button";
import { Empty, Failed, Loading } from "../../parts/State";
import { address, go, query, type Route } from "../../router";
import { t } from "../../text";
import css from "./Compare.module.css";
import { Pair } from "./Pair";

export default function Compare({ case: caseID }: Route) {
  const a = query.value.get("a") ?? "";
  const b = query.value.get("b") ?? "";
  const of = query.value.get("of") ?? "unjudged";
  const id = query.value.get("id") ?? "";
  const read = useLoad(async (signal) => (a === "" || b === "" || a === b ? null : client.compare({ case: caseID, a, b }, { signal })), [caseID, a, b, changed.value]);
  // The list stands as it was when it was opened, so that judging a pair does
  // not move the others about.
  const pairs = useLoad((signal) => client.pairs({ case: caseID, of, id }, { signal }), [caseID, of, id]);
  if (a === "" || b === "" || a === b) return <Choosing caseID={caseID} same={a !== ""} first={pairs.data?.list[0]} />;
  const page = read.data?.a.id === a && read.data.b.id === b ? read.data : null;
  return (
    <div class={css["compare"]} aria-busy={page === null && read.error === null}>
      {!page && <h1 class="heard">{t("compare.plain")}</h1>}
      {page ? <Pair key={a + b} caseID={caseID} page={page} pairs={pairs.data?.list ?? []} of={of} id={id} /> : read.error ? <Failed error={read.error} retry={read.reload} /> : <Loading shape="page" />}
    </div>
  );
}

// Choosing is what stands here while there are no two items to compare.
function Choosing({ caseID, same, first }: { caseID: string; same: boolean; first: { a: string; b: string } | undefined }) {
  const begin = first && (
    <Button kind="main" onClick={() => go(`${address(caseID, "compare")}?${new URLSearchParams({ a: first.a, b: first.b })}`)}>
      {t("compare.begin")}
    </Button>
  );
  return (
    <>
      <h1 class="heard">{t("compare.plain")}</h1>
      <Empty
        text={t(same ? "compare.same" : "compare.choose")}
        action={
          begin ?? (
            <Button kind="main" onClick={() => go(address(caseID, "media"))}>
              {t("compare.toGallery")}
            </Button>
          )
        }
      />
    </>
  );
}
