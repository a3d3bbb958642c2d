import { expect, test } from "vitest";
import { apart } from "./claims";

test("a distance is along the ground", () => {
  const kyiv = { latitude: 50.4501, longitude: 30.5234 };
  expect(apart(kyiv, kyiv)).toBe(0);
  expect(apart({ latitude: 0, longitude: 179.5 }, { latitude: 0, longitude: -179.5 })).toBeCloseTo(111_195, -1);
  expect(apart(kyiv, { latitude: 49.8397, longitude: 24.0297 }) / 1000).toBeCloseTo(468, -1);
});
