// How much a value can be trusted, as a shape, a colour and a word.
import { t, type Key } from "../text";
import css from "./TrustMark.module.css";

const marks: Record<string, { shape: string; words: Key }> = {
  device: { shape: "M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3z", words: "parts.trust.device" },
  platform: { shape: "M8 2.2 13.8 8 8 13.8 2.2 8z", words: "parts.trust.platform" },
  derived: { shape: "M8 2.6 14 13H2z", words: "parts.trust.derived" },
  none: { shape: "M8 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8z", words: "parts.trust.none" },
};

// TrustMark shows the shape; its words are shown beside it with label, and
// heard without it.
export function TrustMark({ trust, label }: { trust: string; label?: string | boolean }) {
  const known = trust in marks ? trust : "none";
  const mark = marks[known]!;
  const words = typeof label === "string" ? label : t(mark.words);
  return (
    <span class={css["mark"]} data-trust={known} title={label ? undefined : words}>
      <svg width="12" height="12" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <path d={mark.shape} />
      </svg>
      <span class={label ? css["words"] : "heard"}>{words}</span>
    </span>
  );
}
