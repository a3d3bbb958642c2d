// Words for what a scan is at.
import type { ScanStanding } from "../../api.gen";
import { visible } from "../../parts/Scraped";
import { count, decimal, t, type Key } from "../../text";

// busy says whether something runs.
export function busy(scan: ScanStanding): boolean {
  return scan.state === "running" || scan.state === "pausing";
}

// heading says what a scan is at, in a few words.
export function heading(scan: ScanStanding): string {
  if (scan.state !== "running") return t(`import.scan.${scan.state}` as Key);
  const source = visible(scan.source, 80);
  const stage = scan.stages.find((s) => s.state === "running");
  if (!stage) return t("import.scan.beginning");
  if (stage.id === "grouped") return t("import.scan.grouping");
  return scan.stages.some((s) => s.id === "hashed" && s.state === "running") ? t("import.scan.running", { source }) : t("import.scan.listing", { source });
}

// left writes how long something still takes, roughly: nobody can tell better.
export function left(seconds: number): string {
  if (seconds < 60) return t("import.left.seconds", { n: Math.max(5, Math.ceil(seconds / 5) * 5) });
  if (seconds < 5400) return t("import.left.minutes", { n: Math.ceil(seconds / 60) });
  return t("import.left.hours", { n: Math.round(seconds / 3600) });
}

// rate writes how many things are done in a second.
export function rate(perSecond: number): string {
  if (perSecond <= 0) return "";
  return perSecond < 10 ? decimal(perSecond) : count(Math.round(perSecond));
}

const causes = ["unreadable", "undecodable", "not-examined", "truncated", "empty-file", "not-media", "corrupt-structure", "limit", "reader-failed"];

// cause names a cause of problems.
export function cause(code: string): string {
  return causes.includes(code) ? t(`import.problem.${code}` as Key) : t("import.problem.other", { code: visible(code, 40) });
}

// said is how far the scan is, for those who hear it.
export function said(scan: ScanStanding): string {
  const whole = scan.stages.find((s) => s.id === "found")?.state === "done";
  return whole ? t("import.said", { done: scan.read, all: scan.found }) : t("import.said.unknown", { done: scan.read });
}
