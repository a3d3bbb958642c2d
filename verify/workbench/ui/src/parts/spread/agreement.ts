// How far a room agreed, in words. The bands are those of Landis and Koch (1977),
// which are customary and no more; agreeing is not being right.
import type { TaskSpread } from "../../api.gen";
import { decimal, t, type Key } from "../../text";

const bands: readonly [least: number, word: string][] = [
  [0.8, "almost"],
  [0.6, "substantial"],
  [0.4, "moderate"],
  [0.2, "fair"],
  [0.0001, "slight"],
];

// band is what a kappa is called.
export function band(kappa: number): string {
  return bands.find(([least]) => kappa >= least)?.[1] ?? "none";
}

// agreementText says in one line how far the answers to a task agree.
export function agreementText(spread: Pick<TaskSpread, "agreement" | "form">): string {
  const a = spread.agreement;
  if (a.kappa !== null) return t("trainer.kappa", { kappa: decimal(a.kappa, 2), word: t(`trainer.kappa.${band(a.kappa)}` as Key) });
  if (a.overlap !== null) return t("trainer.overlap", { share: decimal(100 * a.overlap, 0), n: a.pairs });
  return t("trainer.kappa.missing");
}

// agreementMeans says what that line means, "" where there is nothing to explain.
export function agreementMeans(spread: Pick<TaskSpread, "agreement">): string {
  const a = spread.agreement;
  if (a.kappa !== null && a.observed !== null && a.expected !== null) return t("trainer.kappa.means", { observed: decimal(100 * a.observed, 0), expected: decimal(100 * a.expected, 0) });
  return a.overlap !== null ? t("trainer.overlap.means") : "";
}
