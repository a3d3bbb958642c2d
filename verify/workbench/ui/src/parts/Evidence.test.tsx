import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { confirm, reveal, show, softenAll, switchSoftening } from "../care";
import { settings, usual } from "../session";
import { Evidence, type EvidenceProps } from "./Evidence";

const id = "a".repeat(64);
const item: EvidenceProps = { case: "1", id, name: "IMG_0431.jpg", kind: "image", described: "", warning: "" };
const subject = { id, warning: "", described: "" };
let root: HTMLElement;

beforeEach(() => {
  settings.value = usual;
  root = document.body.appendChild(document.createElement("div"));
});

afterEach(() => {
  act(() => render(null, root));
  root.remove();
  softenAll();
});

function draw(props: Partial<EvidenceProps>): void {
  act(() => render(<Evidence {...item} {...props} />, root));
}

// asked is every address that media would be loaded from.
function asked(): string[] {
  return [...root.querySelectorAll("[src]")].map((e) => e.getAttribute("src") ?? "");
}

describe("while softened", () => {
  const ways: Partial<EvidenceProps>[] = [{}, { size: "view" }, { size: "strip", kind: "video" }, { layer: true }, { size: "view", kind: "video", flow: { rate: 1, sound: true } }, { layer: true, kind: "video", flow: { rate: 1, sound: false } }, { size: "view", detail: "original" }, { size: "view", at: 2000, kind: "video" }];

  test.each(ways)("only softened pictures are asked for (%o)", (way) => {
    draw(way);
    expect(asked().length).toBeGreaterThan(0);
    for (const src of asked()) expect(src).toMatch(/\/(soft|strip-soft)(\?at=\d+)?$/);
  });

  test.each(ways)("a veil asks for no picture at all (%o)", (way) => {
    settings.value = { ...usual, level: "veil" };
    draw(way);
    expect(asked()).toEqual([]);
    expect(root.querySelector("[role=img]")?.getAttribute("aria-label")).toContain("no description yet");
  });

  test("what a person wrote stands in for the picture", () => {
    draw({ size: "view", described: "road, two cars, smoke" });
    expect(root.querySelector("img")?.alt).toBe("Picture, softened: road, two cars, smoke");
    expect(root.textContent).toContain("road, two cars, smoke");
  });

  test("text from files is shown as text, with what it hides", () => {
    draw({ size: "view", described: "<img src=x onerror=alert(1)>\u202Eabc" });
    expect(root.querySelectorAll("img")).toHaveLength(1);
    expect(root.textContent).toContain("<img src=x onerror=alert(1)>⟨U+202E⟩abc");
  });
});

describe("a reveal", () => {
  test("shows the words, then asks for the grey picture, then for the colours", () => {
    draw({ size: "view" });
    act(() => reveal(id, [subject]));
    expect(root.textContent).toContain("Nobody has described it yet.");
    expect(asked()).toEqual([`/media/1/${id}/soft`]);
    act(() => show(id, false));
    expect(asked()).toEqual([`/media/1/${id}/preview?grey=1`]);
    act(() => reveal(id, [subject]));
    expect(asked()).toEqual([`/media/1/${id}/preview`]);
    act(() => softenAll());
    expect(asked()).toEqual([`/media/1/${id}/soft`]);
  });

  test("of a severe item asks once more", () => {
    const grave = { ...subject, warning: "severe" };
    draw({ size: "view", warning: "severe" });
    act(() => reveal(id, [grave]));
    expect([...root.querySelectorAll("button")].map((b) => b.textContent)).not.toContain("Full");
    act(() => show(id, true));
    expect(asked()).toEqual([`/media/1/${id}/soft`]);
    act(() => confirm(id));
    act(() => show(id, true));
    expect(asked()).toEqual([`/media/1/${id}/preview?grey=1`]);
  });

  test("of a video runs it only when asked to, and without sound", () => {
    draw({ size: "view", kind: "video", flow: { rate: 0, sound: false } });
    act(() => reveal(id, [subject]));
    act(() => show(id, false));
    expect(root.querySelector("video")).toBeNull();
    draw({ size: "view", kind: "video", flow: { rate: 1, sound: false } });
    const video = root.querySelector("video")!;
    expect(video.muted).toBe(true);
    expect(video.loop || video.autoplay).toBe(false);
  });

  test("leaves the cells of a list as they are", () => {
    draw({});
    act(() => reveal(id, [subject]));
    act(() => show(id, true));
    expect(asked()).toEqual([`/media/1/${id}/soft`]);
  });
});

describe("on a sharp screen", () => {
  beforeEach(() => switchSoftening());

  test("cells show small grey pictures, but not of severe items", () => {
    draw({});
    expect(asked()).toEqual([`/media/1/${id}/thumb`]);
    draw({ warning: "severe" });
    expect(asked()).toEqual([`/media/1/${id}/soft`]);
  });
});

describe("covers", () => {
  const masks = [{ x: 0, y: 0, width: 0.5, height: 0.5 }];
  const revealed = (props: Partial<EvidenceProps>) => {
    draw({ size: "view", masks, masked: true, ...props });
    act(() => reveal(id, [subject]));
    act(() => show(id, false));
  };
  const covered = () => root.querySelectorAll("[class*=mask]").length;

  test("are painted by the server, which is asked anew when they change", () => {
    revealed({});
    const [before] = asked();
    expect(before).not.toContain("unmasked");
    draw({ size: "view", masks: [{ x: 0.1, y: 0, width: 0.5, height: 0.5 }], masked: true });
    expect(asked()[0]).not.toBe(before);
  });

  test("lie over the file itself, which has none", () => {
    revealed({ detail: "original" });
    expect(asked()).toEqual([`/media/1/${id}/original?unmasked=1`]);
    expect(covered()).toBe(1);
    draw({ size: "view", kind: "video", masks, masked: true, flow: { rate: 1, sound: false } });
    expect(root.querySelector("video")?.getAttribute("src")).toBe(`/media/1/${id}/original?unmasked=1`);
    expect(covered()).toBe(1);
  });

  test("that are not at hand keep a video from running", () => {
    revealed({});
    draw({ size: "view", kind: "video", masked: true, masks: undefined, flow: { rate: 1, sound: false } });
    expect(root.querySelector("video")).toBeNull();
  });
});

test("what cannot be read says so in place of a picture", () => {
  draw({ size: "view", readable: false });
  expect(asked()).toEqual([]);
  expect(root.textContent).toContain("The picture could not be made.");
});
