import { describe, expect, it } from "vitest";
import type { Format } from "../../api.gen";
import { formOf, idsOf, read, ready, toggled, written } from "./form";

const page: Format = { id: "html", title: "Report", what: "", ending: ".html", reading: true, public: true, redacts: true, alone: false };
const bag: Format = { ...page, id: "bagit", ending: "", reading: false, redacts: false, alone: true };
const digest = "a".repeat(64);

describe("the address", () => {
  it("gives back what was written into it", () => {
    const choice = { ...read(new URLSearchParams()), scope: "incidents" as const, incidents: ["I-1", "I-2"], format: "csv", names: true, places: "2", leave: ["likeness"], public: true, show: ["channel"] };
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(written(choice))) for (const one of value === null ? [] : Array.isArray(value) ? value : [value]) if (one !== "") query.append(name, one);
    expect(read(query)).toEqual(choice);
  });
  it("never keeps sharp pictures or their ticks", () => {
    const choice = { ...read(new URLSearchParams()), pictures: "sharp" as const, sharp: [digest] };
    expect(JSON.stringify(written(choice))).not.toContain(digest);
    expect(written(choice)["pictures"]).toBeNull();
    expect(read(new URLSearchParams("pictures=sharp")).pictures).toBe("softened");
  });
  it("takes nothing that cannot be meant", () => {
    const choice = read(new URLSearchParams("of=everything&places=9&item=../x&item=" + digest));
    expect(choice.scope).toBe("media");
    expect(choice.places).toBe("");
    expect(choice.items).toEqual([digest]);
  });
});

describe("the form", () => {
  const all = { ...read(new URLSearchParams()), scope: "media" as const, items: [digest], incidents: ["I-1"], people: true, places: "3", sharp: [digest], leave: ["clocks"] };
  it("holds only what the scope and the format have a place for", () => {
    expect(formOf(all, page, [digest, "b".repeat(64)])).toMatchObject({ incidents: [], media: [digest, "b".repeat(64)], sharp: [], people: true, decimals: 3, leave: ["clocks"] });
    expect(formOf({ ...all, pictures: "sharp" }, page, []).sharp).toEqual([digest]);
    expect(formOf(all, bag, [])).toMatchObject({ people: false, decimals: null, leave: [] });
    expect(formOf({ ...all, public: true }, bag, [])).toMatchObject({ people: true, public: true });
    expect(formOf({ ...all, places: "none" }, page, [])).toMatchObject({ no_positions: true, decimals: null });
  });
  it("asks for what is public-safe only where the form is public", () => {
    const of = { ...all, unconfirmed: true, show: ["channel"] };
    expect(formOf(of, page, [])).toMatchObject({ public: false, unconfirmed: false, show: [] });
    expect(formOf({ ...of, public: true }, page, [])).toMatchObject({ public: true, unconfirmed: true, show: ["channel"] });
  });
  it("waits until something is chosen", () => {
    expect(ready({ ...all, items: [] })).toBe("media");
    expect(ready({ ...all, scope: "incidents", incidents: [] })).toBe("incidents");
    expect(ready({ ...all, scope: "all" })).toBe("");
  });
});

describe("lists", () => {
  it("are cut and changed", () => {
    expect(idsOf(digest + "b".repeat(64))).toEqual([digest, "b".repeat(64)]);
    expect(toggled(["a", "b"], "a", false)).toEqual(["b"]);
    expect(toggled(["b"], "a", true)).toEqual(["b", "a"]);
  });
});
