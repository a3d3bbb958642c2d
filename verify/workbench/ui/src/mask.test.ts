import { expect, test } from "vitest";
import { between, fit, moved } from "./mask";

test("a mask is drawn from any corner to any other, and stays within the picture", () => {
  const drawn = { x: 0.2, y: 0.1, width: 0.5, height: 0.4 };
  expect(between({ x: 0.2, y: 0.1 }, { x: 0.7, y: 0.5 })).toEqual(drawn);
  expect(between({ x: 0.7, y: 0.5 }, { x: 0.2, y: 0.1 })).toEqual(drawn);
  expect(fit({ x: -1, y: 0.95, width: 2, height: 0.2 })).toEqual({ x: 0, y: 0.8, width: 1, height: 0.2 });
  expect(fit({ x: 0.5, y: 0.5, width: 0, height: 0 }).width).toBeGreaterThan(0);
});

test("arrow keys move a mask and, with Shift, size it", () => {
  const m = { x: 0.5, y: 0.5, width: 0.2, height: 0.2 };
  expect(moved(m, "ArrowLeft", false)).toEqual({ ...m, x: 0.48 });
  expect(moved(m, "ArrowDown", true)).toEqual({ ...m, height: 0.22 });
  expect(moved({ ...m, x: 0.8 }, "ArrowRight", false)).toEqual({ ...m, x: 0.8 });
  expect(moved(m, "a", false)).toBeNull();
});
