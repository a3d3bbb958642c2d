// The filter: words and key:value, completed as they are typed. What is typed
// holds when Enter is pressed or a completion makes it whole.
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { client, type Completion, type Gallery } from "../../api.gen";
import { useKeys, hint } from "../../keys";
import { Button } from "../../parts/Button";
import { Icon } from "../../parts/Icon";
import { Said, Scraped } from "../../parts/Scraped";
import { count, t } from "../../text";
import css from "./FilterBox.module.css";

interface Props {
  case: string;
  filter: string;
  problem: Gallery["problem"];
  onFilter: (filter: string) => void;
  onLeave: () => void; // back to the list
  onHelp: () => void;
}

const pause = 90; // ms of typing until completions are asked for

export function FilterBox({ case: caseID, filter, problem, onFilter, onLeave, onHelp }: Props) {
  const [text, setText] = useState(filter);
  const [list, setList] = useState<readonly Completion[]>([]);
  const [at, setAt] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = useRef(0);
  const id = useId();
  useEffect(() => setText(filter), [filter]);
  useEffect(() => () => clearTimeout(timer.current), []);
  useKeys("gallery", {
    filter: () => {
      input.current?.focus();
      input.current?.select();
    },
  });

  const close = () => {
    clearTimeout(timer.current);
    asked.current++;
    setList([]);
    setAt(-1);
  };
  const complete = (value: string, cursor: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const nr = ++asked.current;
      client.galleryComplete({ case: caseID, filter: value, cursor }).then(
        (answer) => {
          if (nr !== asked.current || document.activeElement !== input.current) return;
          setList(answer.list);
          setAt(-1);
        },
        () => undefined, // the filter can be typed without
      );
    }, pause);
  };
  const apply = (value: string) => {
    close();
    setText(value);
    if (value.trim() !== filter) onFilter(value.trim());
  };
  const take = (one: Completion) => {
    close();
    setText(one.filter);
    queueMicrotask(() => {
      input.current?.focus();
      input.current?.setSelectionRange(one.cursor, one.cursor);
    });
    if (one.text.endsWith(":")) complete(one.filter, one.cursor);
    else onFilter(one.filter.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const chosen = list[at];
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        if (list.length === 0) {
          complete(text, input.current?.selectionStart ?? text.length);
        } else {
          setAt(around(at + (event.key === "ArrowDown" ? 1 : -1), list.length));
        }
        break;
      case "Enter":
        if (chosen) take(chosen);
        else {
          apply(text);
          onLeave();
        }
        break;
      case "Tab":
        if (!chosen) return close();
        take(chosen);
        break;
      case "Escape":
        if (list.length > 0) close();
        else {
          setText(filter);
          onLeave();
        }
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const wrong = problem && text === filter ? problem : null;
  return (
    <div class={css["box"]}>
      <Icon name="search" />
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label={t("gallery.filter")}
        aria-expanded={list.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        placeholder={t("gallery.filterHint")}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        dir="auto"
        maxLength={4000}
        value={text}
        onInput={(e) => {
          setText(e.currentTarget.value);
          complete(e.currentTarget.value, e.currentTarget.selectionStart ?? e.currentTarget.value.length);
        }}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      {text === "" && <kbd aria-hidden="true">{hint("filter")}</kbd>}
      {text !== "" && <Button kind="quiet" small icon="close" label={t("gallery.clear")} onClick={() => apply("")} />}
      <Button kind="quiet" small icon="list" label={t("gallery.filterHelp")} onClick={onHelp} />
      <ul id={`${id}-list`} class={css["list"]} role="listbox" aria-label={t("gallery.filter")} hidden={list.length === 0}>
        {list.map((one, i) => (
          <li
            key={one.text}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === at}
            onPointerDown={(e) => {
              e.preventDefault();
              take(one);
            }}
          >
            <code>
              <Scraped most={160}>{one.text}</Scraped>
            </code>
            <span>{one.what || (one.count > 0 ? count(one.count) : "")}</span>
          </li>
        ))}
      </ul>
      {wrong && (
        <p id={`${id}-wrong`} class={css["wrong"]} role="alert">
          <Said most={300}>{t("gallery.fault", { what: wrong.what })}</Said>
        </p>
      )}
    </div>
  );
}

// around is a place in a list of some length, or -1 (what was typed) between
// its end and its beginning.
function around(at: number, length: number): number {
  if (at < -1) return length - 1;
  return at >= length ? -1 : at;
}
