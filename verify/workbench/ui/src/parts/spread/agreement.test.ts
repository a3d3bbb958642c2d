import { expect, test } from "vitest";
import type { Agreement } from "../../api.gen";
import { agreementMeans, agreementText, band } from "./agreement";

const none: Agreement = { task: "t", learners: 4, subjects: 4, left_out: 0, kappa: null, observed: null, expected: null, pairs: 0, overlap: null };

test("kappa has the word of its band, and none above chance is said so", () => {
  expect([-0.2, 0, 0.1, 0.2, 0.41, 0.6, 0.8, 1].map(band)).toEqual(["none", "none", "slight", "fair", "moderate", "substantial", "almost", "almost"]);
});

test("what cannot be told is said to be so, and overlap is no kappa", () => {
  expect(agreementText({ form: "choice", agreement: none })).toBe("No kappa for this task.");
  expect(agreementMeans({ agreement: none })).toBe("");
  expect(agreementText({ form: "choice", agreement: { ...none, kappa: 0.456, observed: 0.75, expected: 0.54 } })).toBe("Fleiss’ kappa 0.46: moderate agreement");
  expect(agreementMeans({ agreement: { ...none, kappa: 0.456, observed: 0.75, expected: 0.54 } })).toContain("75 %");
  expect(agreementText({ form: "place", agreement: { ...none, pairs: 6, overlap: 0.5 } })).toBe("50 % of 6 pairs of answers overlap");
});
