// The bar at the top: the case, its screens, what runs, and how softly the
// page shows things.
import { useEffect, useState } from "preact/hooks";
import { breakDue, later, level, lockedBy, minutes } from "../care";
import { here } from "../case";
import { atTask, back, posed } from "../exercise";
import { hint } from "../keys";
import { Button } from "../parts/Button";
import { Icon } from "../parts/Icon";
import { Scraped, visible } from "../parts/Scraped";
import { inWords, Worded } from "../parts/Worded";
import { exerciseAddress, go, route, type Screen } from "../router";
import { t } from "../text";
import { open, roomAddress, shownRooms, soften } from "./FrameKeys";
import { ScanPill } from "./ScanPill";
import css from "./TopBar.module.css";

// under is the screen of the bar that a screen without a place there is under.
const under: Partial<Record<Screen, Screen>> = { media: "gallery", compare: "gallery", checklist: "gallery" };

export function TopBar() {
  const { case: id, screen } = route.value;
  const [unfolded, setUnfolded] = useState(false);
  useEffect(() => setUnfolded(false), [screen, id]);
  const shown = shownRooms();
  const upper = shown.some((room) => room.screen === screen) ? screen : under[screen];
  return (
    <header class={css["bar"]}>
      {id !== "" && (
        <a class={css["home"]} href="/" aria-label={t("frame.home")} title={t("frame.home")}>
          <Icon name="eye" />
        </a>
      )}
      <a class={css["name"]} href={id === "" ? "/" : posed.value ? exerciseAddress(id) : roomAddress(id, "")}>
        {id === "" || !here.value ? t("frame.firsthand") : here.value.posed ? <Worded words={here.value.posed.title} most={80} /> : <Scraped most={80}>{here.value.name}</Scraped>}
      </a>
      {id !== "" && (
        <>
          <span class={css["fold"]}>
            <Button kind="quiet" icon="menu" expanded={unfolded} label={t("frame.menu")} onClick={() => setUnfolded(!unfolded)} />
          </span>
          <nav class={css["rooms"]} data-unfolded={unfolded || undefined} aria-label={t("frame.rooms")}>
            {posed.value && screen !== "workshop" && <Back />}
            {shown.map((room) => (
              <a key={room.screen} href={roomAddress(id, room.part)} aria-current={room.screen === screen ? "page" : upper === room.screen ? "true" : undefined} title={room.key && hint(room.key)}>
                {t(posed.value && room.screen === "overview" ? "workshop.tool.map" : `frame.screen.${room.screen}`)}
              </a>
            ))}
          </nav>
        </>
      )}
      <div class={css["end"]}>
        <ScanPill />
        <BreakClock />
        {id !== "" && <SoftSwitch />}
        {screen !== "settings" && <LinkButton to="/settings" icon="settings" label={t("frame.screen.settings")} />}
        <button type="button" class={css["help"]} aria-label={t("keys.help")} title={t("keys.help")} onClick={() => (open.value = "help")}>
          ?
        </button>
      </div>
    </header>
  );
}

// Back leads from a tool to the task that it is used for.
function Back() {
  const at = atTask.value;
  return (
    <a class={css["back"]} href={back.value} title={[at && visible(inWords(at.title).text, 120), hint("goTask")].filter(Boolean).join(" · ")}>
      <Icon name="back" />
      {at ? t("workshop.back", { n: at.n }) : t("workshop.back.tasks")}
    </a>
  );
}

function LinkButton({ to, icon, label }: { to: string; icon: "settings"; label: string }) {
  return (
    <a class={css["link"]} href={to} aria-label={label} title={label}>
      <Icon name={icon} />
    </a>
  );
}

function SoftSwitch() {
  const soft = level.value !== "sharp";
  return (
    <button type="button" class={css["switch"]} role="switch" aria-checked={soft} aria-keyshortcuts={hint("soften")} title={lockedBy.value === "exercise" ? t("frame.softened.exercise", { key: hint("reveal") }) : undefined} onClick={soften}>
      <span class={css["track"]} aria-hidden="true" />
      {t(level.value === "veil" ? "frame.veiled" : lockedBy.value === "exercise" ? "frame.softened.locked" : "frame.softened")}
      <kbd aria-hidden="true">{hint("soften")}</kbd>
    </button>
  );
}

// BreakClock counts the minutes of looking, and suggests a break quietly.
function BreakClock() {
  if (breakDue.value)
    return (
      <span class={css["due"]} role="status">
        <Icon name="clock" />
        <span class={css["dueWords"]}>{t("frame.break.due")}</span>
        <Button small onClick={() => go("/break")}>
          {t("frame.break.take")}
        </Button>
        <Button small kind="quiet" icon="close" label={t("frame.break.later")} onClick={later} />
      </span>
    );
  return (
    <a class={css["clock"]} href="/break" title={t("frame.break.clock", { n: minutes.value })}>
      <Icon name="clock" />
      <span aria-hidden="true">{clock(minutes.value)}</span>
      <span class="heard">{t("frame.break.clock", { n: minutes.value })}</span>
    </a>
  );
}

// clock writes minutes as hours and minutes.
export function clock(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}
