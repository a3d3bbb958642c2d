import { describe, expect, it } from "vitest";
import { said, toggled } from "./handling";

describe("sensitivity", () => {
  it("that nothing is sensitive stands alone", () => {
    expect(toggled(["Graphic Violence"], "Not Sensitive", true)).toEqual(["Not Sensitive"]);
    expect(toggled(["Not Sensitive"], "Graphic Violence", true)).toEqual(["Graphic Violence"]);
    expect(toggled(["Graphic Violence"], "Graphic Violence", false)).toEqual([]);
  });
});

describe("marks", () => {
  it("say only what was changed", () => {
    expect(said({ graphic: 0, faces: false })).toEqual({ graphic: 0, sensitivity: null, restriction: null, faces: false, consent: null, rights_owner: null, rights: null, creator_willing: null });
  });
});
