import type { MediaPage } from "../../api.gen";
import { Said, Scraped } from "../../parts/Scraped";
import { t, type Key } from "../../text";
import css from "./Seen.module.css";

// Findings is what the checks report, the gravest first.
export function Findings({ page }: { page: MediaPage }) {
  if (page.findings.length === 0) return <p class="dim">{t("media.findings.none")}</p>;
  return (
    <ul class={css["findings"]}>
      {page.findings.map((f, i) => (
        <li key={f.code + i} data-severity={f.severity}>
          <span class={css["severity"]}>{t(severityKey(f.severity))}</span>
          <span>
            <Said most={600}>{f.message}</Said>{" "}
            <span class="dim">
              <code>{f.code}</code>
              {f.field && (
                <>
                  {" · "}
                  <code>
                    <Scraped most={120}>{f.field}</Scraped>
                  </code>
                </>
              )}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function severityKey(severity: string): Key {
  return severity === "error" || severity === "warning" ? `media.findings.${severity}` : "media.findings.info";
}
