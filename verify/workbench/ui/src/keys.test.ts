import { render } from "preact";
import { h } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { actions } from "./actions";
import { clashes, dialogs, hint, keysOf, listen, perform, pressed, single, useKeys, written, type Handlers } from "./keys";
import { settings, usual } from "./session";
import type { Room } from "./actions";
import en from "./words/en";

function key(name: string, init: Partial<KeyboardEventInit> = {}, on: EventTarget = document.body): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, ...init });
  on.dispatchEvent(event);
  return event;
}

describe("the table", () => {
  test("gives no key two meanings on one screen", () => {
    expect(clashes()).toEqual([]);
  });

  test("names each action once, in words too", () => {
    expect(new Set(actions.map((a) => a.id)).size).toBe(actions.length);
    for (const a of actions) expect(en, a.id).toHaveProperty([`keys.${a.id}`]);
  });

  test("writes keys as the browser names them", () => {
    for (const a of actions)
      for (const k of a.keys)
        for (const part of k.split(" "))
          expect(part, a.id).toMatch(/^(Ctrl\+)?(Shift\+)?([a-z0-9?/,.+\-=[\]]|Space|Enter|Escape|Home|End|PageUp|PageDown|Arrow(Up|Down|Left|Right))$/);
  });

  test("notices a key chosen twice, also when it begins a pair", () => {
    expect(clashes({ pin: "x" }).some((c) => c.room === "gallery" && c.actions.includes("pin") && c.actions.includes("aside"))).toBe(true);
    expect(clashes({ pin: "g" }).some((c) => c.actions.includes("pin"))).toBe(true);
    expect(clashes({ pin: "Shift+p" })).toEqual([]);
  });
});

test("arrows lead the way that the page reads", () => {
  const next = actions.find((a) => a.id === "next")!;
  expect(keysOf(next)).toContain("ArrowRight");
  document.documentElement.dir = "rtl";
  expect(keysOf(next)).toContain("ArrowLeft");
  expect(keysOf(actions.find((a) => a.id === "panLeft")!)).toEqual(["ArrowLeft"]);
  document.documentElement.dir = "";
});

test("keys have one name, whatever Shift and capitals make of them", () => {
  const at = { code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  expect(pressed({ ...at, key: "V" })).toBe("v");
  expect(pressed({ ...at, key: "B", shiftKey: true })).toBe("Shift+b");
  expect(pressed({ ...at, key: "?", shiftKey: true })).toBe("?");
  expect(pressed({ ...at, key: "+", shiftKey: true })).toBe("+");
  expect(pressed({ ...at, key: "k", metaKey: true })).toBe("Ctrl+k");
  expect(pressed({ ...at, key: " " })).toBe("Space");
  expect(pressed({ ...at, key: "q", altKey: true })).toBe("");
  expect(pressed({ ...at, key: "з", code: "KeyP" })).toBe("p"); // Ukrainian
  expect(pressed({ ...at, key: "х", code: "BracketLeft" })).toBe("[");
  expect(pressed({ ...at, key: "И", code: "KeyB", shiftKey: true })).toBe("Shift+b");
  expect(pressed({ ...at, key: "؟", code: "Slash", shiftKey: true })).toBe("?"); // Arabic
  expect(pressed({ ...at, key: "٣", code: "Digit3" })).toBe("3");
  expect(pressed({ ...at, key: "ö", code: "Semicolon" })).toBe("ö");
});

test("keys are written as people read them", () => {
  expect(written("Ctrl+Shift+z")).toBe("Ctrl Shift Z");
  expect(written("g o")).toBe("G then O");
  expect(written("ArrowLeft")).toBe("←");
  expect(written("+")).toBe("+");
  expect(written("Shift+ArrowUp")).toBe("Shift ↑");
});

test("keys that write text are single ones; arrows and Ctrl are not", () => {
  expect(["b", "?", "Shift+b", "g o", "Space"].filter(single)).toHaveLength(5);
  expect(["Ctrl+z", "ArrowUp", "Enter", "Escape", "Shift+ArrowUp", "PageDown"].filter(single)).toEqual([]);
});

describe("answering", () => {
  const roots: HTMLElement[] = [];
  function lay(room: Room, handlers: Handlers): HTMLElement {
    const root = document.body.appendChild(document.createElement("div"));
    roots.push(root);
    const Layer = () => {
      useKeys(room, handlers);
      return null;
    };
    act(() => render(h(Layer, null), root));
    return root;
  }

  beforeAll(() => listen());
  beforeEach(() => {
    settings.value = usual;
  });
  afterEach(() => {
    for (const root of roots.splice(0)) act(() => render(null, root));
    document.body.replaceChildren();
    dialogs.value = 0;
    vi.useRealTimers();
  });

  test("a key does what the screen says, and the page keeps it from the browser", () => {
    const pin = vi.fn();
    lay("gallery", { pin });
    expect(key("p").defaultPrevented).toBe(true);
    expect(pin).toHaveBeenCalledOnce();
    expect(key("q").defaultPrevented).toBe(false); // nobody skips here
  });

  test("text fields keep their keys, but not Esc and Ctrl K", () => {
    const pin = vi.fn();
    const close = vi.fn();
    const commands = vi.fn();
    lay("gallery", { pin, close, commands });
    const field = document.body.appendChild(document.createElement("input"));
    key("p", {}, field);
    expect(pin).not.toHaveBeenCalled();
    key("Escape", {}, field);
    key("k", { ctrlKey: true }, field);
    expect(close).toHaveBeenCalledOnce();
    expect(commands).toHaveBeenCalledOnce();
    key("p", {}, document.body.appendChild(document.createElement("textarea")));
    key("p", {}, document.body.appendChild(document.createElement("select")));
    expect(pin).not.toHaveBeenCalled();
    const box = document.body.appendChild(document.createElement("input"));
    box.type = "checkbox";
    key("p", {}, box);
    expect(pin).toHaveBeenCalledOnce();
  });

  test("Enter and Space on a button press the button", () => {
    const open = vi.fn();
    lay("gallery", { open });
    const button = document.body.appendChild(document.createElement("button"));
    key("Enter", {}, button);
    expect(open).not.toHaveBeenCalled();
    key("Enter");
    expect(open).toHaveBeenCalledOnce();
  });

  test("g and a letter go to a screen; g alone and a late letter do nothing", () => {
    vi.useFakeTimers();
    const goIncidents = vi.fn();
    const soften = vi.fn();
    lay("everywhere", { goIncidents, soften });
    key("g");
    key("b");
    expect(goIncidents).toHaveBeenCalledOnce();
    expect(soften).not.toHaveBeenCalled();
    key("g");
    vi.advanceTimersByTime(2000);
    key("b");
    expect(soften).toHaveBeenCalledOnce();
  });

  test("an open dialog has the keys to itself", () => {
    const pin = vi.fn();
    const revealMore = vi.fn();
    lay("gallery", { pin });
    dialogs.value = 1;
    lay("dialog", { revealMore });
    key("p");
    key("v");
    expect(perform("pin")).toBe(false);
    expect(pin).not.toHaveBeenCalled();
    expect(revealMore).toHaveBeenCalledOnce();
  });

  test("a held key is let go, and repeats do not press it again", () => {
    const off = vi.fn();
    const showB = vi.fn(() => off);
    lay("compare", { showB });
    key(" ");
    key(" ", { repeat: true });
    expect(showB).toHaveBeenCalledOnce();
    expect(off).not.toHaveBeenCalled();
    dispatchEvent(new KeyboardEvent("keyup", { key: " " }));
    expect(off).toHaveBeenCalledOnce();
  });

  test("a chosen key takes the place of the usual one", () => {
    const pin = vi.fn();
    lay("gallery", { pin });
    settings.value = { ...usual, keys: { pin: "Shift+p" } };
    key("p");
    expect(pin).not.toHaveBeenCalled();
    key("P", { shiftKey: true });
    expect(pin).toHaveBeenCalledOnce();
    expect(hint("pin")).toBe("Shift P");
    expect(keysOf(actions.find((a) => a.id === "pin")!)).toEqual(["Shift+p"]);
  });

  test("single keys can be switched off; the others stay", () => {
    const pin = vi.fn();
    const undo = vi.fn();
    lay("gallery", { pin, undo });
    settings.value = { ...usual, single_keys: false };
    key("p");
    key("z", { ctrlKey: true });
    expect(pin).not.toHaveBeenCalled();
    expect(undo).toHaveBeenCalledOnce();
    expect(hint("pin")).toBe("");
    expect(hint("undo")).toBe("Ctrl Z");
  });

  test("a command is performed without its key", () => {
    const pin = vi.fn();
    lay("gallery", { pin });
    expect(perform("pin")).toBe(true);
    expect(perform("aside")).toBe(false);
  });
});
