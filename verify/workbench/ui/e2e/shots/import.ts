import { dirname, join } from "node:path";
import { exercise, type Opened } from "../harness";
import type { Shot } from "../shots.run";

let made = 0;

// fresh makes an empty case beside the one that is open, and gives its import.
async function fresh(o: Opened): Promise<string> {
  const dir = dirname(exercise());
  const name = `import ${process.pid} ${++made}`;
  const answer = await o.page.evaluate(
    async (body) => (await fetch("/api/cases/create", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) })).json(),
    { dir, name },
  );
  return `/c/${answer.id}/import`;
}

const choose: NonNullable<Shot["steps"]> = async (page) => {
  for (const source of ["camera-originals", "loose-folder"]) {
    await page.getByLabel(/paste the path/).fill(join(dirname(exercise()), "sources", source));
    await page.keyboard.press("Enter");
  }
};

const begin: NonNullable<Shot["steps"]> = async (page, o) => {
  await choose(page, o);
  await page.getByRole("button", { name: "Read 2 folders" }).click();
};

export const shots: Shot[] = [
  { name: "import-sources", path: "import" },
  { name: "import-empty", path: fresh },
  { name: "import-chosen", path: fresh, steps: choose },
  {
    name: "import-running",
    path: fresh,
    steps: async (page, o) => {
      await begin(page, o);
      await page.waitForTimeout(3500);
    },
  },
  {
    name: "import-paused",
    path: fresh,
    steps: async (page, o) => {
      await begin(page, o);
      await page.waitForTimeout(2000);
      await page.getByRole("button", { name: "Pause" }).click();
      await page.getByRole("heading", { name: /waits|done/ }).waitFor();
    },
  },
  {
    name: "import-done",
    path: fresh,
    steps: async (page, o) => {
      await begin(page, o);
      await page.getByRole("heading", { name: "The scan is done" }).waitFor({ timeout: 120_000 });
    },
  },
  {
    name: "import-say",
    path: "import",
    steps: async (page) => page.locator("#sources li button").first().click(),
  },
  { name: "import-loading", path: "import", hold: /\/scan$/ },
  { name: "import-error", path: "import", fail: /\/scan$/ },
];
