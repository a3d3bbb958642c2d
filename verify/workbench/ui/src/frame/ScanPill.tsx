// What goes on while the person is elsewhere: the scan, with a way to it, or
// that the program does not answer.
import { connected, scan } from "../events";
import { Icon } from "../parts/Icon";
import { address } from "../router";
import { count, t } from "../text";
import css from "./TopBar.module.css";

export function ScanPill() {
  if (!connected.value)
    return (
      <span class={css["lost"]} role="status">
        <Icon name="alert" size={14} />
        {t("frame.unheard")}
      </span>
    );
  const now = scan.value;
  if (!now || !(now.running || now.paused)) return null;
  return (
    <a class={css["pill"]} href={address(now.case, "import")} title={t("frame.scan.heard", { done: now.done, all: now.total })}>
      <Icon name={now.paused ? "pause" : "arrowDown"} size={12} />
      <span class="heard">{t("frame.scan.word")}</span>
      {now.paused ? t("frame.scan.paused") : now.total > 0 ? `${count(now.done)}/${count(now.total)}` : t("frame.scan.begun")}
    </a>
  );
}
