import type { ScanStanding } from "../../api.gen";
import { Said, Scraped } from "../../parts/Scraped";
import { t } from "../../text";
import { cause } from "./words";
import css from "./Import.module.css";

// Problems lists what could not be read, by cause, as it turns up.
export function Problems({ scan }: { scan: ScanStanding }) {
  return (
    <div class={css.problems}>
      <h3>{t("import.problems")}</h3>
      {scan.problems.length === 0 && <p class="dim">{t("import.problems.none")}</p>}
      {scan.problems.map((p) => (
        <details key={p.cause} class={css.problem}>
          <summary>
            <span>{cause(p.cause)}</span>
            <span class={css.tally}>{t("import.problem.files", { n: p.files })}</span>
          </summary>
          <p class="dim">
            <Said most={300}>{p.message}</Said>
          </p>
          <ul class={css.paths}>
            {p.paths.map((path) => (
              <li key={path}>
                <Scraped most={300}>{path}</Scraped>
              </li>
            ))}
            {p.files > p.paths.length && <li class="dim">{t("import.problem.some", { n: p.files - p.paths.length })}</li>}
          </ul>
        </details>
      ))}
    </div>
  );
}
