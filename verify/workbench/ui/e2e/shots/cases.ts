import type { Shot } from "../shots.run";

export const shots: Shot[] = [
  { name: "cases-full", path: "/" },
  { name: "cases-empty", on: "none", path: "/" },
  { name: "cases-loading", path: "/", hold: /\/api\/cases$/ },
  { name: "cases-error", path: "/", fail: /\/api\/cases$/ },
  { name: "cases-new", path: "/?new=1" },
  {
    name: "cases-folders",
    path: "/",
    steps: async (page) => {
      await page.getByRole("button", { name: "Open a case…" }).click();
      await page.getByRole("button", { name: "The folder above" }).waitFor();
    },
  },
];
