import { render, type ComponentChildren } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { When } from "../api.gen";
import { settings, usual } from "../session";
import { Asking, askReason, type Answer } from "./ask";
import { Copying, copy } from "./Copy";
import { Menu } from "./Menu";
import { Progress } from "./Progress";
import { SplitPane } from "./SplitPane";
import { Failed, Loading } from "./State";
import { ApiError } from "../client";
import { TimeValue } from "./TimeValue";
import { tell, tellError, Toast } from "./Toast";
import { TrustMark } from "./TrustMark";
import { Why } from "./Why";

let root: HTMLElement;

beforeEach(() => {
  settings.value = { ...usual, by: "Ada" };
  root = document.body.appendChild(document.createElement("div"));
});

afterEach(() => {
  act(() => render(null, root));
  root.remove();
  localStorage.clear();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function draw(what: ComponentChildren): void {
  act(() => render(what, root));
}

function button(words: string | RegExp): HTMLButtonElement {
  const found = [...root.querySelectorAll("button")].find((b) => (typeof words === "string" ? b.textContent?.includes(words) : words.test(b.getAttribute("aria-label") ?? "")));
  if (!found) throw new Error(`no button ${words}`);
  return found;
}

function type(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  field.value = text;
  act(() => void field.dispatchEvent(new Event("input", { bubbles: true })));
}

describe("askReason", () => {
  async function ask(optional = false): Promise<{ answer: Promise<Answer | null> }> {
    draw(<Asking />);
    let answer!: Promise<Answer | null>;
    act(() => {
      answer = askReason({ title: "Reject incident 8", chips: ["contradicted", "single source"], verb: "Reject", optional });
    });
    return { answer };
  }
  const submit = () => act(() => void root.querySelector("form")!.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true })));

  test("gives the reasons and the name, and needs both", async () => {
    const { answer } = await ask();
    submit();
    expect(root.textContent).toContain("Say why");
    act(() => button("contradicted").click());
    act(() => button("single source").click());
    expect(button("contradicted").getAttribute("aria-pressed")).toBe("true");
    act(() => button("single source").click());
    type(root.querySelector("input")!, "");
    submit();
    expect(root.textContent).toContain("Say who decides.");
    type(root.querySelector("input")!, "A. E.");
    submit();
    expect(await answer).toEqual({ reason: "contradicted", by: "A. E." });
    expect(root.querySelector("dialog")).toBeNull();
  });

  test("knows the name of the person, and can do without a reason where that is allowed", async () => {
    const { answer } = await ask(true);
    submit();
    expect(await answer).toEqual({ reason: "", by: "Ada" });
  });

  test("gives nothing when the person thinks better of it", async () => {
    const { answer } = await ask();
    act(() => button("Cancel").click());
    expect(await answer).toBeNull();
  });
});

describe("what was done", () => {
  test("can be undone for ten seconds", async () => {
    vi.useFakeTimers();
    const undo = vi.fn();
    draw(<Toast />);
    act(() => tell({ text: "Pinned 3 items.", undo }));
    act(() => button("Undo").click());
    expect(undo).toHaveBeenCalledOnce();
    act(() => tell({ text: "Pinned 4 items." }));
    act(() => void vi.advanceTimersByTime(9_900));
    expect(root.textContent).toContain("Pinned 4 items.");
    act(() => void vi.advanceTimersByTime(200));
    expect(root.textContent).toBe("");
  });

  test("stays when it failed, with what is safe and what to do", () => {
    vi.useFakeTimers();
    draw(<Toast />);
    act(() => tellError(new ApiError(409, "another program writes", "try again later", "nothing was changed")));
    act(() => void vi.advanceTimersByTime(60_000));
    expect(root.textContent).toContain("Another program writes. Nothing was changed. Try again later.");
  });
});

test("a menu is moved through by arrows and letters, and gives the focus back", () => {
  const picked = vi.fn();
  draw(<Menu label="Type" items={["image", "video", "audio"].map((text) => ({ text, onPick: () => picked(text) }))} />);
  act(() => button("Type").click());
  const key = (name: string) => act(() => void document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true })));
  key("ArrowDown");
  expect(document.activeElement?.textContent).toContain("video");
  key("ArrowUp");
  key("ArrowUp");
  expect(document.activeElement?.textContent).toContain("audio");
  key("i");
  act(() => (document.activeElement as HTMLElement).click());
  expect(picked).toHaveBeenCalledWith("image");
  expect(document.activeElement).toBe(button("Type"));
  expect(root.querySelector("[role=menu]")).toBeNull();
});

test("a border between panes is moved by keys, within bounds, and kept", () => {
  draw(<SplitPane label="List and details" start="a" end="b" initial={60} least={20} storeAs="test" />);
  const edge = root.querySelector<HTMLElement>("[role=separator]")!;
  const key = (name: string, shiftKey = false) => act(() => void edge.dispatchEvent(new KeyboardEvent("keydown", { key: name, shiftKey, bubbles: true })));
  key("ArrowLeft", true);
  expect(edge.getAttribute("aria-valuenow")).toBe("50");
  for (let i = 0; i < 9; i++) key("ArrowLeft", true);
  expect(edge.getAttribute("aria-valuenow")).toBe("20");
  key("Enter");
  expect(edge.getAttribute("aria-valuenow")).toBe("60");
  expect(localStorage.getItem("split.test")).toBe("60");
});

describe("values", () => {
  const time: When = { text: "16 May 2026 14:02:11, zone unknown", iso: "", zone: "zone unknown", zone_why: "nothing says which", earliest: "", latest: "", trust: "device", kind: "capture", label: "device clock", field: "EXIF:DateTimeOriginal", raw: "2026:05:16 14:02:11", not_after: false };

  test("a time without a zone is given none, whatever zone was chosen to be beside it", () => {
    settings.value = { ...usual, case_zone: "Europe/Kyiv" };
    draw(<TimeValue time={time} />);
    expect(root.textContent).toContain("zone unknown");
    expect(root.textContent).not.toMatch(/[+-]\d\d:\d\d|Kyiv/);
    draw(<TimeValue time={{ ...time, text: "16 May 2026 14:02:11 +03:00", iso: "2026-05-16T11:02:11Z", zone: "+03:00" }} />);
    expect(root.textContent).toContain("Europe/Kyiv");
  });

  test("trust is a shape and a word, not a colour alone", () => {
    const shapes = new Set<string>();
    for (const trust of ["device", "platform", "derived", "none"]) {
      draw(<TrustMark trust={trust} />);
      shapes.add(root.querySelector("path")!.getAttribute("d")!);
      expect(root.textContent).not.toBe("");
    }
    expect(shapes.size).toBe(4);
    draw(<TrustMark trust="something new" />);
    expect(root.querySelector("[data-trust]")?.getAttribute("data-trust")).toBe("none");
  });

  test("reasons stand strongest first, and those against it say so", () => {
    draw(<Why reasons={[{ code: "time", weight: 0.2, message: "times agree" }, { code: "gap", weight: -0.9, message: "two days apart" }]} />);
    expect([...root.querySelectorAll("li")].map((l) => l.textContent)).toEqual(["Against: two days apart", "times agree"]);
  });

  test("progress is drawn and said", () => {
    draw(<Progress value={4120} max={5000} label="Hashed" />);
    expect(root.querySelector("progress")?.value).toBe(4120);
    expect(root.textContent).toBe("4,120 of 5,000");
  });
});

describe("states", () => {
  test("loading says so at once, and shows blocks after a moment only", () => {
    vi.useFakeTimers();
    draw(<Loading shape="grid" />);
    expect(root.querySelectorAll("[class*=block]")).toHaveLength(0);
    act(() => void vi.advanceTimersByTime(200));
    expect(root.querySelectorAll("[class*=block]").length).toBeGreaterThan(0);
    expect(root.textContent).toBe("Loading");
  });

  test("a failure says what failed, what is safe and what to do", () => {
    const again = vi.fn();
    draw(<Failed error={new ApiError(500, "the disk is full", "free some room", "the case is unharmed")} retry={again} />);
    for (const words of ["The disk is full.", "The case is unharmed.", "Free some room."]) expect(root.textContent).toContain(words);
    act(() => button("Try again").click());
    expect(again).toHaveBeenCalledOnce();
  });
});

test("copying a position says first what leaves with it, once", async () => {
  const written: string[] = [];
  vi.stubGlobal("navigator", { clipboard: { writeText: async (text: string) => void written.push(text) } });
  vi.stubGlobal("fetch", async (_: string, init: RequestInit) => new Response(JSON.stringify((JSON.parse(init.body as string) as { settings: unknown }).settings)));
  draw(<Copying />);
  act(() => copy("33.3128, 44.3615", "position"));
  expect(written).toEqual([]);
  expect(root.textContent).toContain("learns which place");
  await act(async () => void root.querySelector("form")!.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true })));
  expect(written).toEqual(["33.3128, 44.3615"]);
  act(() => copy("1.0000, 2.0000", "position"));
  expect(written).toHaveLength(2);
});
