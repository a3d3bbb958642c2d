import type { Page } from "playwright-core";
import { ready } from "../harness";
import type { Shot } from "../shots.run";

async function make(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Make the preview" }).click();
  await page.getByRole("button", { name: "Write into a folder" }).waitFor();
  await ready(page);
  await page.waitForTimeout(400); // the frame draws
}

export const shots: Shot[] = [
  { name: "reports-before", path: "reports" },
  { name: "reports-empty", path: "reports?of=incidents" },
  { name: "reports-loading", path: "reports", hold: /\/api\/case\/[^/]+\/reports/ },
  { name: "reports-error", path: "reports", fail: /\/api\/case\/[^/]+\/reports/ },
  { name: "reports-report", path: "reports", steps: make },
  { name: "reports-redacted", path: "reports?names=1&people=1&notes=1&places=2&leave=likeness&leave=videos", steps: make },
  { name: "reports-csv", path: "reports?format=csv", steps: make },
  { name: "reports-bag", path: "reports?format=bagit", steps: make },
  {
    name: "reports-stale",
    path: "reports?of=incidents",
    steps: async (page) => {
      await page.getByRole("checkbox").first().check();
      await make(page);
      await page.getByRole("radio", { name: "none" }).check();
    },
  },
  {
    name: "reports-sharp",
    path: "reports?of=incidents",
    steps: async (page) => {
      await page.getByRole("checkbox").first().check();
      await page.getByRole("radio", { name: "some sharp" }).check();
      await make(page);
    },
  },
  {
    name: "reports-save",
    path: "reports?format=geojson",
    steps: async (page) => {
      await make(page);
      await page.getByRole("button", { name: "Write into a folder" }).click();
    },
  },
];
