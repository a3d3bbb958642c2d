import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MaskEditor, MaskTools, useCovering, type Mask } from "./Masks";

let root: HTMLElement;

beforeEach(() => {
  root = document.body.appendChild(document.createElement("div"));
});

afterEach(() => {
  act(() => render(null, root));
  root.remove();
});

function Drawing({ masks, onMasks }: { masks: Mask[]; onMasks: (masks: Mask[]) => void }) {
  const covering = useCovering(masks, onMasks);
  if (!covering.draft) return <button onClick={covering.begin}>Cover a part</button>;
  return (
    <>
      <MaskEditor draft={covering.draft} onChange={covering.change} />
      <MaskTools draft={covering.draft} onChange={covering.change} onDone={covering.done} />
    </>
  );
}

const button = (words: string) => [...root.querySelectorAll("button")].find((b) => b.textContent === words || b.getAttribute("aria-label")?.startsWith(words))!;
const press = (words: string) => act(() => button(words).click());

test("covers are drawn, moved, sized and removed by keys and buttons, and kept when it is done", () => {
  const kept = vi.fn<(masks: Mask[]) => void>();
  act(() => render(<Drawing masks={[]} onMasks={kept} />, root));
  press("Cover a part");
  press("Add a cover");
  press("Add a cover");
  const key = (name: string, shiftKey = false) => act(() => void button("Cover 1:").dispatchEvent(new KeyboardEvent("keydown", { key: name, shiftKey, bubbles: true, cancelable: true })));
  key("ArrowRight");
  key("ArrowDown", true);
  press("Remove the last one");
  expect(kept).not.toHaveBeenCalled();
  press("Done");
  expect(kept).toHaveBeenCalledWith([{ x: 0.37, y: 0.35, width: 0.3, height: 0.32 }]);
  expect(button("Cover a part")).toBeDefined();
});

test("nothing is recorded where nothing was changed", () => {
  const kept = vi.fn<(masks: Mask[]) => void>();
  act(() => render(<Drawing masks={[{ x: 0, y: 0, width: 0.5, height: 0.5 }]} onMasks={kept} />, root));
  press("Cover a part");
  press("Done");
  expect(kept).not.toHaveBeenCalled();
  press("Cover a part");
  act(() => void button("Cover 1:").dispatchEvent(new KeyboardEvent("keydown", { key: "Delete", bubbles: true, cancelable: true })));
  press("Done");
  expect(kept).toHaveBeenCalledWith([]);
});
