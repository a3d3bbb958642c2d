import { press } from "../harness";
import type { Shot } from "../shots.run";

const none = { clusters: [], total: 0, open: 0, settled: 0, equal: 0 };

export const shots: Shot[] = [
  { name: "clusters-full", path: "clusters", steps: async (page) => void (await page.waitForSelector("[role=tree]")) },
  {
    name: "clusters-tree",
    path: "clusters?sort=copies",
    steps: async (page) => {
      await page.waitForSelector("[role=tree]");
      await press(page, "ArrowDown", "ArrowRight", "ArrowRight");
    },
  },
  {
    name: "clusters-reason",
    path: "clusters",
    steps: async (page) => {
      await page.waitForSelector("[role=tree]");
      await press(page, "a");
      await page.waitForSelector("dialog[open]");
    },
  },
  { name: "clusters-none", path: "clusters?show=equal" },
  {
    name: "clusters-empty",
    path: async (o) => {
      await o.page.route(/\/api\/case\/.*\/clusters/, (r) => r.fulfill({ json: none }));
      return "clusters";
    },
  },
  { name: "clusters-loading", path: "clusters", hold: /\/api\/case\/.*\/clusters/ },
  { name: "clusters-error", path: "clusters", fail: /\/api\/case\/.*\/clusters/ },
];
