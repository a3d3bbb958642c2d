// Before all runs in a browser: the program is built with the interface in it,
// and the exercise case is made once. FIRSTHAND_PROGRAM and FIRSTHAND_CASE name
// ones that are there already.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    program: string;
    exercise: string; // folder of the exercise case
    scratch: string;
  }
}

const top = resolve(import.meta.dirname, "../../../..");

export default function setup(project: TestProject): () => void {
  const scratch = mkdtempSync(join(tmpdir(), "firsthand-e2e-"));
  const env = { ...process.env, CGO_ENABLED: "0", XDG_CONFIG_HOME: join(scratch, "config") };
  let program = process.env["FIRSTHAND_PROGRAM"] ?? "";
  if (program === "") {
    program = join(scratch, "firsthand");
    execFileSync("go", ["build", "-o", program, "./cmd/firsthand"], { cwd: top, env, stdio: "inherit" });
  }
  let exercise = process.env["FIRSTHAND_CASE"] ?? "";
  if (exercise === "") {
    execFileSync(program, ["demo", "--no-serve", "--quiet", "--dir", join(scratch, "demo")], { env, stdio: ["ignore", "ignore", "inherit"] });
    exercise = join(scratch, "demo", "case");
  }
  project.provide("program", program);
  project.provide("exercise", exercise);
  project.provide("scratch", scratch);
  return () => rmSync(scratch, { recursive: true, force: true });
}
