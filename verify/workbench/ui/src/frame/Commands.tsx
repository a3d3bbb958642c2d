// Everything that can be done here, found by typing a part of its name.
import { useId, useMemo, useRef, useState } from "preact/hooks";
import type { ActionID } from "../actions";
import { active, hint, perform, whenFree } from "../keys";
import { Dialog } from "../parts/Dialog";
import { address, go, route } from "../router";
import { t, type Key } from "../text";
import { matching } from "./matching";
import css from "./Commands.module.css";
import { open } from "./FrameKeys";

interface Command {
  id: string;
  words: string;
  key: string;
  run: () => void;
}

export function Commands() {
  return open.value === "commands" ? <Palette /> : null;
}

function Palette() {
  const all = useMemo(commands, []);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const id = useId();
  const found = matching(all, typed);
  const chosen = Math.min(at, found.length - 1);
  const close = () => (open.value = null);
  const run = (command: Command | undefined) => {
    if (!command) return;
    close();
    whenFree(command.run);
  };
  const move = (to: number) => {
    const next = (to + found.length) % Math.max(found.length, 1);
    setAt(next);
    list.current?.children[next]?.scrollIntoView({ block: "nearest" });
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") move(chosen + 1);
    else if (event.key === "ArrowUp") move(chosen - 1);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={t("keys.commands")} onClose={close} onSubmit={() => run(found[chosen])} bare>
      <input
        class={css["input"]}
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={found[chosen] ? `${id}-${found[chosen].id}` : undefined}
        aria-label={t("frame.commands.search")}
        placeholder={t("frame.commands.search")}
        value={typed}
        spellcheck={false}
        autocomplete="off"
        onInput={(e) => {
          setTyped(e.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKey}
      />
      <ul ref={list} id={id} class={css["list"]} role="listbox" aria-label={t("keys.commands")} tabIndex={-1}>
        {found.map((c, i) => (
          <li key={c.id} id={`${id}-${c.id}`} class={css["item"]} role="option" aria-selected={i === chosen} onPointerMove={() => setAt(i)} onClick={() => run(c)}>
            <span>{c.words}</span>
            {c.key && <kbd>{c.key}</kbd>}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="dim">{t("frame.commands.none")}</p>}
    </Dialog>
  );
}

// commands are the actions answered to at this moment, and the places that
// have no key.
function commands(): Command[] {
  const id = route.value.case;
  const places: { to: string; words: Key }[] = [
    ...(id === "" ? [] : [{ to: address(id, "checklist"), words: "frame.screen.checklist" as Key }]),
    { to: "/", words: "frame.screen.cases" },
    { to: "/workshop", words: "frame.screen.workshop" },
    { to: "/settings", words: "frame.screen.settings" },
    { to: "/break", words: "frame.screen.break" },
  ];
  return [
    ...active()
      .filter((a) => a.id !== "commands" && a.id !== "close")
      .map((a) => ({ id: a.id, words: a.heading === "go" ? t("frame.goTo", { place: t(`keys.${a.id}` as Key) }) : t(`keys.${a.id}` as Key), key: hint(a.id), run: () => void perform(a.id as ActionID) })),
    ...places.map((p) => ({ id: p.to, words: t("frame.goTo", { place: t(p.words) }), key: "", run: () => go(p.to) })),
  ];
}
