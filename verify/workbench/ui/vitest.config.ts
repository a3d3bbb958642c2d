import { defineConfig } from "vitest/config";

// unit: logic and parts, in a document without a browser.
// e2e: the program itself in Chromium. shots: the same, making pictures of it.
export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", environment: "happy-dom", setupFiles: ["src/testing.ts"], include: ["src/**/*.test.{ts,tsx}"] } },
      {
        test: {
          name: "e2e",
          environment: "node",
          include: ["e2e/**/*.e2e.ts"],
          globalSetup: ["e2e/program.ts"],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "shots",
          environment: "node",
          include: ["e2e/shots.run.ts"],
          globalSetup: ["e2e/program.ts"],
          testTimeout: 1_800_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
