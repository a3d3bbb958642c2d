// The settings: each is kept at once, and can be put back.
import type { FunctionComponent } from "preact";
import { query, setQuery } from "../../router";
import { session } from "../../session";
import { Partial } from "../../parts/State";
import { t, type Key } from "../../text";
import { About } from "./About";
import { Care } from "./Care";
import { Display } from "./Display";
import { Keys } from "./Keys";
import { Maps, Zones } from "./Places";
import { Storage } from "./Storage";
import css from "./Settings.module.css";

const groups: readonly { id: string; show: FunctionComponent }[] = [
  { id: "care", show: Care },
  { id: "display", show: Display },
  { id: "keys", show: Keys },
  { id: "zones", show: Zones },
  { id: "maps", show: Maps },
  { id: "storage", show: Storage },
  { id: "about", show: About },
];

export default function Settings() {
  const at = groups.find((g) => g.id === query.value.get("part")) ?? groups[0]!;
  return (
    <div class={css["page"]}>
      <nav class={css["groups"]} aria-label={t("settings.groups")}>
        {groups.map((g) => (
          <a key={g.id} href={"/settings?part=" + g.id} aria-current={g === at ? "page" : undefined} onClick={(e) => choosePart(e, g.id)}>
            {t(`settings.${g.id}` as Key)}
          </a>
        ))}
      </nav>
      <div class={css["group"]}>
        {session.value?.problem && <Partial text={t("cases.problem", { why: session.value.problem })} />}
        <h1>{t(`settings.${at.id}` as Key)}</h1>
        <at.show />
      </div>
    </div>
  );
}

function choosePart(event: MouseEvent, part: string): void {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  setQuery({ part });
}
