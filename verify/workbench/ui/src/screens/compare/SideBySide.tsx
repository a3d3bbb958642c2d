import type { Stage, Subject } from "../../care";
import { Scraped } from "../../parts/Scraped";
import { Viewport } from "../../parts/Viewport";
import { within, type Look } from "../../parts/viewport";
import { t } from "../../text";
import css from "./Compare.module.css";
import { follow, stretched } from "./geometry";
import { Picture, shapeOf } from "./Picture";
import { Regions } from "./Regions";
import { Looking } from "./Looking";
import type { Panes, Side } from "./view";

// SideBySide shows A and B next to each other. While they are locked, what is
// looked at in one is looked at in the other.
export function SideBySide(p: Panes & { stage: Stage; subjects: readonly Subject[] }) {
  const { view, onView } = p;
  const lookAtB = (look: Look) => {
    if (!view.locked) return onView({ lookB: look });
    const back = follow(look, p.bToA ?? stretched, view.sizes.b, view.sizes.a);
    onView({ look: within({ ...back, zoom: Math.max(back.zoom, 1) }) });
  };
  const pane = (side: Side) => {
    const first = side.name === "a";
    const size = view.sizes[side.name];
    const look = first ? view.look : view.lookB;
    return (
      <figure class={css["pane"]}>
        <div class={css["window"]}>
          <Viewport
            label={t("compare.window", { name: side.name.toUpperCase() })}
            picture={shapeOf(side.card)}
            look={look}
            onLook={first ? (l) => onView({ look: l }) : lookAtB}
            onSize={(fitted) => p.onSize(side.name, fitted)}
          >
            <Picture caseID={p.caseID} side={side} group={p.group} near={look.zoom > 2} />
            {view.regions && <Regions regions={p.regions} side={side.name} size={size} zoom={look.zoom} lit={p.lit} onLit={p.onLit} />}
          </Viewport>
        </div>
        <figcaption>
          <strong>{side.name.toUpperCase()}</strong> <Scraped most={120}>{side.card.path}</Scraped>
        </figcaption>
      </figure>
    );
  };
  return (
    <>
      <div class={css["side"]}>
        {pane(p.a)}
        {pane(p.b)}
      </div>
      <Looking {...p} />
    </>
  );
}
