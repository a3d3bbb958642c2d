import { useState } from "preact/hooks";
import { actions, type Action, type ActionID } from "../../actions";
import { clashes, keysOf, pressed, written } from "../../keys";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { Check } from "../../parts/Field";
import { settings } from "../../session";
import { inRow, t, type Key } from "../../text";
import { keep } from "./Care";
import css from "./Settings.module.css";

export function Keys() {
  const now = settings.value;
  const [changing, setChanging] = useState<Action | null>(null);
  const headings = [...new Set(actions.map((a) => a.heading))];
  return (
    <>
      <Check label={t("settings.singleKeys")} hint={t("settings.singleKeysHint")} checked={now.single_keys} onChange={(single_keys) => keep({ single_keys })} />
      {Object.keys(now.keys).length > 0 && (
        <span>
          <Button onClick={() => keep({ keys: {} })}>{t("settings.keysReset")}</Button>
        </span>
      )}
      {headings.map((heading) => (
        <section key={heading} class={css["keys"]}>
          <h2>{t(`keys.heading.${heading}` as Key)}</h2>
          <ul>
            {actions
              .filter((a) => a.heading === heading)
              .map((a) => (
                <li key={a.id} class={css["key"]}>
                  <span>
                    {t(`keys.${a.id}` as Key)}
                    {now.keys[a.id] !== undefined && <span class={css["changed"]}>{t("settings.keyChanged")}</span>}
                  </span>
                  <Button small label={t("settings.keyChange", { what: t(`keys.${a.id}` as Key), key: inRow(keysOf(a).map(written)) || t("keys.none") })} onClick={() => setChanging(a)}>
                    {inRow(keysOf(a).map(written)) || t("keys.none")}
                  </Button>
                </li>
              ))}
          </ul>
        </section>
      ))}
      {changing && <ChangeKey action={changing} onClose={() => setChanging(null)} />}
    </>
  );
}

// kept gives the keys with one changed: null puts the usual one back.
function kept(id: ActionID, key: string | null): Record<string, string> {
  const next = { ...settings.value.keys };
  if (key === null) delete next[id];
  else next[id] = key;
  return next;
}

function ChangeKey({ action, onClose }: { action: Action; onClose: () => void }) {
  const [key, setKey] = useState<string | null>(null);
  const name = t(`keys.${action.id}` as Key);
  const clash = key === null ? undefined : clashes(kept(action.id, key)).find((c) => c.actions.includes(action.id));
  const other = clash?.actions.find((id) => id !== action.id);
  const take = (chosen: string | null) => {
    keep({ keys: kept(action.id, chosen) });
    onClose();
  };
  return (
    <Dialog
      title={t("settings.keyFor", { what: name })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={() => take("")}>{t("settings.keyNone")}</Button>
          <Button onClick={() => take(null)}>{t("settings.keyUsual", { key: inRow(action.keys.map(written)) || t("keys.none") })}</Button>
          <Button kind="main" disabled={key === null || other !== undefined} onClick={() => take(key)}>
            {t("settings.keyTake")}
          </Button>
        </>
      }
    >
      <button
        type="button"
        class={css["catch"]}
        data-first
        onKeyDown={(event) => {
          const name = pressed(event);
          if (name === "" || /^(Shift\+)?(Tab|Shift|Control|Alt|Meta|Escape)$|^Ctrl\+(Shift\+)?(Shift|Control|Meta)$/.test(name)) return;
          event.preventDefault();
          event.stopPropagation();
          setKey(name);
        }}
      >
        {key === null ? t("settings.keyPress") : <kbd>{written(key)}</kbd>}
      </button>
      <p role="status" class={css["clash"]}>
        {other !== undefined && clash && t("settings.keyTaken", { what: t(`keys.${other}` as Key), screen: t(`frame.screen.${clash.room}` as Key) })}
      </p>
    </Dialog>
  );
}
