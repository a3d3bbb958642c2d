import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { blank, breakDue, confirm, dueFor, later, level, lockedBy, minutes, needsConfirm, rest, reveal, revealing, revealOf, show, softenAll, switchBlank, switchSoftening, watch, type Subject } from "./care";
import { here } from "./case";
import { go } from "./router";
import { settings, usual } from "./session";

const calm: Subject = { id: "a", warning: "none", described: "a road" };
const grave: Subject = { id: "b", warning: "severe", described: "" };

beforeAll(() => {
  vi.useFakeTimers();
  watch();
});

const real = { id: "x", name: "Northgate", dir: "/cases/Northgate", exercise: false, gone: false, posed: null };

beforeEach(() => {
  here.value = real;
  settings.value = usual;
  blank.value = false;
  softenAll();
  rest();
});

describe("a reveal", () => {
  test("shows the words first, then grey, then colour, then grey again", () => {
    expect(revealOf("a")).toBe("soft");
    reveal("a", [calm]);
    expect(revealOf("a")).toBe("asked");
    reveal("a", [calm]);
    expect(revealOf("a")).toBe("grey");
    reveal("a", [calm]);
    expect(revealOf("a")).toBe("colour");
    reveal("a", [calm]);
    expect(revealOf("a")).toBe("grey");
  });

  test("is of one item at a time", () => {
    reveal("a", [calm]);
    show("a", true);
    reveal("c", [{ ...calm, id: "c" }]);
    expect(revealOf("a")).toBe("soft");
    expect(revealOf("c")).toBe("asked");
  });

  test("covers a whole group", () => {
    reveal("pair", [calm, { ...calm, id: "c" }]);
    show("pair", false);
    expect(revealOf("pair")).toBe("grey");
    expect(revealing.value?.full).toBe(false);
  });

  test("of a severe item waits until it is confirmed, however often the key is pressed", () => {
    reveal("b", [grave]);
    reveal("b", [grave]);
    show("b", true);
    expect(revealOf("b")).toBe("asked");
    expect(needsConfirm("b", [grave])).toBe(true);
    confirm("b");
    reveal("b", [grave]);
    expect(revealOf("b")).toBe("grey");
    softenAll();
    reveal("b", [grave]);
    expect(needsConfirm("b", [grave])).toBe(true);
  });

  test("of a pair is asked at the graver of two warnings", () => {
    reveal("pair", [calm, grave]);
    reveal("pair", [calm, grave]);
    expect(revealOf("pair")).toBe("asked");
  });
});

describe("softens again", () => {
  beforeEach(() => {
    reveal("a", [calm]);
    show("a", false);
    expect(revealOf("a")).toBe("grey");
  });

  test("after the time that was chosen, counted from the last act", () => {
    vi.advanceTimersByTime(29_000);
    reveal("a", [calm]);
    vi.advanceTimersByTime(29_000);
    expect(revealOf("a")).toBe("colour");
    vi.advanceTimersByTime(2_000);
    expect(revealOf("a")).toBe("soft");
  });

  test("never by time when that was chosen", () => {
    settings.value = { ...usual, reseal_seconds: 0 };
    softenAll();
    reveal("a", [calm]);
    show("a", false);
    vi.advanceTimersByTime(3_600_000);
    expect(revealOf("a")).toBe("grey");
  });

  test("when the window loses the focus", () => {
    dispatchEvent(new Event("blur"));
    expect(revealOf("a")).toBe("soft");
  });

  test("when the tab is hidden, and not when it is seen again", () => {
    const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(false);
    document.dispatchEvent(new Event("visibilitychange"));
    expect(revealOf("a")).toBe("grey");
    hidden.mockReturnValue(true);
    document.dispatchEvent(new Event("visibilitychange"));
    expect(revealOf("a")).toBe("soft");
    hidden.mockRestore();
  });

  test("with Esc, whatever else it closes", () => {
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    expect(revealOf("a")).toBe("soft");
  });

  test("on the next item, and on another screen with its sharpness", async () => {
    go("/c/1/media/x");
    await Promise.resolve();
    switchSoftening();
    reveal("a", [calm]);
    go("/c/1/media/y");
    await Promise.resolve();
    expect(revealing.value).toBeNull();
    expect(level.value).toBe("sharp");
    go("/c/1/clusters");
    await Promise.resolve();
    expect(level.value).toBe("softened");
  });
});

describe("an exercise", () => {
  beforeEach(() => {
    go("/c/x/media");
    settings.value = { ...usual, level: "sharp" };
  });

  test("stays softened, and single pictures are revealed", () => {
    expect(level.value).toBe("sharp");
    here.value = { ...real, exercise: true, posed: { title: { en: "Copies" }, tools: ["gallery"] } };
    expect(level.value).toBe("softened");
    expect(lockedBy.value).toBe("exercise");
    switchSoftening();
    expect(level.value).toBe("softened");
    reveal("a", [calm]);
    show("a", false);
    expect(revealOf("a")).toBe("grey");
  });

  test("is held softened until it is known what case it is", () => {
    here.value = null;
    expect(level.value).toBe("softened");
  });
});

describe("a sharp screen", () => {
  test("is switched on and off, and shows all but severe items, in grey", () => {
    switchSoftening();
    expect(level.value).toBe("sharp");
    expect(revealOf("a", "none")).toBe("grey");
    expect(revealOf("b", "severe")).toBe("soft");
    reveal("a", [calm]);
    expect(revealOf("a", "none")).toBe("colour");
    reveal("b", [grave]);
    expect(revealOf("b", "severe")).toBe("asked");
    switchSoftening();
    expect(level.value).toBe("softened");
  });

  test("can be softened by those who chose sharp, and goes back to the veil of those who chose it", () => {
    settings.value = { ...usual, level: "sharp" };
    switchSoftening();
    expect(level.value).toBe("softened");
    softenAll();
    settings.value = { ...usual, level: "veil" };
    switchSoftening();
    switchSoftening();
    expect(level.value).toBe("veil");
  });

  test("is never shown on a projector", () => {
    settings.value = { ...usual, projector: true, level: "sharp" };
    expect(level.value).toBe("softened");
    settings.value = { ...usual, level: "sharp" };
    go("/trainer/x/project");
    expect(level.value).toBe("softened");
    expect(lockedBy.value).toBe("projector");
    go("/c/x/media");
    expect(level.value).toBe("sharp");
  });
});

test("a covered screen shows nothing, and softens all for when it is uncovered", () => {
  reveal("a", [calm]);
  show("a", true);
  switchBlank();
  expect(revealOf("a")).toBe("soft");
  reveal("a", [calm]);
  switchBlank();
  expect(revealOf("a")).toBe("soft");
  expect(level.value).toBe("softened");
});

describe("the break clock", () => {
  test("counts minutes of reviewing only, suggests a break, and can be put off", () => {
    go("/settings");
    vi.advanceTimersByTime(60 * 60_000);
    expect(minutes.value).toBe(0);
    go("/c/1/media");
    vi.advanceTimersByTime(44 * 60_000);
    expect(breakDue.value).toBe(false);
    vi.advanceTimersByTime(60_000);
    expect(breakDue.value).toBe(true);
    later();
    expect(breakDue.value).toBe(false);
    rest();
    expect(minutes.value).toBe(0);
    const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    vi.advanceTimersByTime(10 * 60_000);
    expect(minutes.value).toBe(0); // nobody looks at a hidden tab
    hidden.mockRestore();
  });

  test("counts severe items that were revealed", () => {
    settings.value = { ...usual, break_severe: 2 };
    for (const id of ["x", "y"]) {
      reveal(id, [{ ...grave, id }]);
      confirm(id);
      show(id, false);
    }
    expect(breakDue.value).toBe(true);
  });

  test("suggests nothing where that was chosen", () => {
    expect(dueFor(1000, 1000, { break_minutes: 0, break_severe: 0 })).toBe(false);
  });
});
