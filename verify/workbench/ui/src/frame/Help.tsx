// The keys of this screen, from the table that answers them.
import { actions, type Action, type Heading } from "../actions";
import { active, keysOf, single, written } from "../keys";
import { Dialog } from "../parts/Dialog";
import { settings } from "../session";
import { t, type Key } from "../text";
import { open } from "./FrameKeys";
import css from "./Help.module.css";

export function Help() {
  if (open.value !== "help") return null;
  const shown = active();
  const headings = [...new Set(actions.map((a) => a.heading))].filter((h) => shown.some((a) => a.heading === h));
  return (
    <Dialog title={t("keys.title")} onClose={() => (open.value = null)} wide>
      {!settings.value.single_keys && <p class="dim">{t("keys.off")}</p>}
      <div class={css["columns"]}>
        {headings.map((heading) => (
          <KeyTable key={heading} heading={heading} actions={shown.filter((a) => a.heading === heading)} />
        ))}
      </div>
      <p class="dim">{t("keys.change")}</p>
    </Dialog>
  );
}

function KeyTable({ heading, actions }: { heading: Heading; actions: readonly Action[] }) {
  return (
    <section class={css["part"]}>
      <h3>{t(`keys.heading.${heading}` as Key)}</h3>
      <dl class={css["keys"]}>
        {actions.map((a) => {
          const keys = keysOf(a).filter((k) => settings.value.single_keys || !single(k));
          return (
            <div key={a.id} class={css["key"]}>
              <dt>{t(`keys.${a.id}` as Key)}</dt>
              <dd>
                {keys.length === 0 ? <span class="dim">{t("keys.none")}</span> : null}
                {keys.map((k) => (
                  <kbd key={k} class={css["cap"]}>
                    {written(k)}
                  </kbd>
                ))}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
