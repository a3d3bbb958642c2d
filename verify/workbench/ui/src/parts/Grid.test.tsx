import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Grid, type GridHandle } from "./Grid";

// A window of 1000 by 600 px; the document of these tests measures nothing.
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(1000);
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(600);
  document.body.innerHTML = "<main></main>";
});
afterEach(() => {
  act(() => render(null, document.querySelector("main")!));
  vi.restoreAllMocks();
});

const cell = { width: 176, picture: 132, words: 44, gap: 14 };

function show(props: Partial<Parameters<typeof Grid>[0]> = {}): HTMLElement {
  const main = document.querySelector("main")!;
  act(() =>
    render(
      <Grid
        label="Media"
        count={20_000}
        cell={cell}
        active={0}
        picked={(i) => i === 2}
        item={(i) => `item ${i}`}
        more={(i) => `more of ${i}`}
        onActive={() => undefined}
        onOpen={() => undefined}
        onSight={() => undefined}
        {...props}
      />,
      main,
    ),
  );
  return main.querySelector<HTMLElement>("[role=listbox]")!;
}

describe("Grid", () => {
  test("draws what is in sight of any number, and each knows its place", () => {
    const list = show();
    const options = [...list.querySelectorAll("[role=option]")];
    expect(options.length).toBeGreaterThan(15);
    expect(options.length).toBeLessThanOrEqual(55);
    expect(options[2]!.getAttribute("aria-posinset")).toBe("3");
    expect(options[2]!.getAttribute("aria-setsize")).toBe("20000");
    expect(options[2]!.getAttribute("aria-selected")).toBe("true");
    expect(options[2]!.getAttribute("aria-description")).toBe("more of 2");
    expect(list.getAttribute("aria-activedescendant")).toBe(options[0]!.id);
  });
  test("draws others when it is scrolled, and no more of them", () => {
    const list = show();
    list.scrollTop = 190 * 1000;
    act(() => void list.dispatchEvent(new Event("scroll")));
    const options = [...list.querySelectorAll("[role=option]")];
    expect(options.length).toBeLessThanOrEqual(55);
    expect(Number(options[0]!.getAttribute("aria-posinset"))).toBeGreaterThan(4000);
    expect(list.getAttribute("aria-activedescendant")).toBeNull();
  });
  test("sections are groups with their headings", () => {
    const list = show({ count: 5, sections: [{ label: "2 Sep 2025", from: 0, count: 3 }, { label: "3 Sep 2025", from: 3, count: 2 }] });
    const groups = [...list.querySelectorAll("[role=group]")];
    expect(groups.map((g) => document.getElementById(g.getAttribute("aria-labelledby")!)?.textContent)).toEqual(["2 Sep 20253", "3 Sep 20252"]);
    expect(groups.map((g) => g.querySelectorAll("[role=option]").length)).toEqual([3, 2]);
  });
  test("tells its screen where a step leads", () => {
    const handle: { current: GridHandle | null } = { current: null };
    show({ handle, active: 7 });
    expect(["right", "left", "down", "first", "last"].map((s) => handle.current!.after(s as "right"))).toEqual([8, 6, 12, 0, 19_999]);
  });
  test("a click makes active, two open", () => {
    const done: string[] = [];
    const list = show({ onActive: (i) => done.push(`active ${i}`), onOpen: (i) => done.push(`open ${i}`) });
    const option = list.querySelectorAll<HTMLElement>("[role=option]")[3]!;
    act(() => option.click());
    act(() => void option.dispatchEvent(new MouseEvent("dblclick", { bubbles: true })));
    expect(done).toEqual(["active 3", "open 3"]);
  });
  test("what is in sight is asked for once scrolling has come to rest", () => {
    vi.useFakeTimers();
    const asked: [number, number][] = [];
    const list = show({ onSight: (from, to) => asked.push([from, to]) });
    act(() => void vi.advanceTimersByTime(200));
    for (let i = 1; i <= 50; i++) {
      list.scrollTop = i * 190;
      act(() => void list.dispatchEvent(new Event("scroll")));
      act(() => void vi.advanceTimersByTime(10));
    }
    act(() => void vi.advanceTimersByTime(200));
    expect(asked.length).toBe(2);
    expect(asked[1]![0]).toBeGreaterThan(100);
    vi.useRealTimers();
  });
});
