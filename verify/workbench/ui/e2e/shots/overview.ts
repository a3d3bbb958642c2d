import type { Shot } from "../shots.run";

export const shots: Shot[] = [
  { name: "overview-full", path: "" },
  {
    name: "overview-below",
    path: "",
    steps: async (page) => page.getByRole("heading", { name: "Last decisions" }).scrollIntoViewIfNeeded(),
  },
  {
    name: "overview-tables",
    path: "",
    steps: async (page) => page.getByRole("button", { name: "Table", exact: true }).first().click(),
  },
  {
    name: "overview-world",
    path: "",
    steps: async (page) => {
      for (let i = 0; i < 16; i++) await page.getByRole("button", { name: "Zoom out" }).first().click();
      await page.waitForTimeout(500);
    },
  },
  {
    name: "overview-country",
    path: "",
    steps: async (page) => {
      for (let i = 0; i < 6; i++) await page.getByRole("button", { name: "Zoom out" }).first().click();
      await page.waitForTimeout(900);
    },
  },
  { name: "overview-loading", path: "", hold: /\/overview$/ },
  { name: "overview-error", path: "", fail: /\/overview$/ },
];
