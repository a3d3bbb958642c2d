import type { MediaPage, Post } from "../../api.gen";
import { Copy } from "../../parts/Copy";
import { Scraped } from "../../parts/Scraped";
import { TimeValue } from "../../parts/TimeValue";
import { t } from "../../text";
import css from "./Seen.module.css";

// Seen lists every path at which the item was found, with what was posted
// beside it. All of it is other people's text.
export function Seen({ page }: { page: MediaPage }) {
  return (
    <ul class={css["list"]}>
      {page.seen.map((s) => (
        <li key={s.path} class={css["one"]}>
          <p class={css["path"]}>
            <Scraped most={400}>{s.path}</Scraped>
            <Copy text={s.path} what="path" />
          </p>
          <p class="dim">
            {s.account && (
              <>
                {t("media.seen.account")} <Scraped most={160}>{s.account}</Scraped> ·{" "}
              </>
            )}
            {t("media.seen.modified", { at: s.modified })}
          </p>
          {s.posts.length === 0 ? <p class="dim">{t("media.seen.nothing")}</p> : s.posts.map((p, i) => <PostOf key={i} post={p} />)}
        </li>
      ))}
    </ul>
  );
}

function PostOf({ post: p }: { post: Post }) {
  return (
    <article class={css["post"]}>
      <p class={css["by"]}>
        {p.account && (
          <strong>
            <Scraped most={160}>{p.account}</Scraped>
          </strong>
        )}
        {p.posted && <TimeValue time={p.posted} compact />}
      </p>
      {p.text && (
        <p class={css["text"]}>
          <Scraped most={8000}>{p.text}</Scraped>
        </p>
      )}
      {p.text_cut && <p class="dim">{t("media.seen.cut")}</p>}
      {p.forwarded_from && (
        <p>
          <Scraped most={200}>{t("media.seen.forwarded", { from: p.forwarded_from })}</Scraped>
        </p>
      )}
      {p.place && (
        <p>
          <Scraped most={200}>{t("media.seen.place", { place: p.place })}</Scraped>
        </p>
      )}
      {p.url && (
        <p class={css["link"]}>
          <code title={t("media.seen.link")}>
            <Scraped most={300}>{p.url}</Scraped>
          </code>
          <Copy text={p.url} what="link" />
        </p>
      )}
      <p class="dim">
        <Scraped most={300}>{t("media.seen.sidecar", { format: p.format, sidecar: p.sidecar })}</Scraped>
      </p>
    </article>
  );
}
