import { useMemo } from "preact/hooks";
import { client } from "../../api.gen";
import { changed } from "../../done";
import { changesOf } from "../../events";
import { useLoad } from "../../load";
import { Button } from "../../parts/Button";
import { Scraped } from "../../parts/Scraped";
import { Empty, Failed, Loading } from "../../parts/State";
import { address, go, type Route } from "../../router";
import { t } from "../../text";
import { Decisions } from "./Decisions";
import { Everything } from "./Everything";
import { NextSteps } from "./NextSteps";
import { Numbers } from "./Numbers";
import { Sources } from "./Sources";
import css from "./Overview.module.css";

// Overview says where a case stands and what to do next. It shows no pictures.
export default function Overview({ case: id }: Route) {
  const seen = changed.value + changesOf(id);
  const { data, error, reload } = useLoad((signal) => client.overview({ case: id }, { signal }), [id, seen]);
  const title = useMemo(() => data?.name ?? "", [data]);
  if (!data)
    return (
      <div class={css.page} aria-busy={!error}>
        <h1 class="heard">{t("overview.title")}</h1>
        {error ? (
          <Failed error={error} retry={reload} />
        ) : (
          <div class={css.columns}>
            <Loading shape="rows" />
            <Loading shape="page" />
          </div>
        )}
      </div>
    );
  return (
    <div class={css.page}>
      <header class={css.head}>
        <h1>
          <span class="heard">{t("overview.title")}: </span>
          <Scraped most={120}>{title}</Scraped>
        </h1>
        <p class={css.dir}>
          <Scraped most={300}>{data.dir}</Scraped>
        </p>
      </header>
      {error && <Failed error={error} retry={reload} />}
      {data.files === 0 && data.sources.length === 0 ? (
        <Empty
          text={t("overview.empty")}
          action={
            <Button kind="main" icon="folder" onClick={() => go(address(id, "import"))}>
              {t("overview.empty.act")}
            </Button>
          }
        />
      ) : (
        <>
          <div class={css.columns}>
            <div class={css.stand}>
              <Numbers case={id} data={data} />
              <NextSteps case={id} steps={data.next} />
            </div>
            <Everything case={id} zone={data.zone} seen={seen} />
          </div>
          <Sources case={id} sources={data.sources} />
          <Decisions case={id} seen={seen} />
        </>
      )}
    </div>
  );
}
