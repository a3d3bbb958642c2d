import type { Shot } from "../shots.run";

const groups = ["care", "display", "keys", "zones", "maps", "storage", "about"];

export const shots: Shot[] = [
  ...groups.map((part) => ({ name: `settings-${part}`, path: `/settings?part=${part}` })),
  { name: "settings-loading", path: "/settings?part=storage", hold: /\/api\/storage$/ },
  { name: "settings-error", path: "/settings?part=storage", fail: /\/api\/storage$/ },
  {
    name: "settings-key",
    path: "/settings?part=keys",
    steps: async (page) => {
      await page.getByRole("button", { name: /^Pin: P/ }).click();
      await page.getByRole("button", { name: "Press the new key" }).press("x");
    },
  },
];
