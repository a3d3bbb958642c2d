// What a draft holds and what it leaves out, said before it is written.
import type { Holds, HandOn } from "../../api.gen";
import { bytes } from "../../parts/measure";
import { Copy } from "../../parts/Copy";
import { Icon } from "../../parts/Icon";
import { Said, Scraped } from "../../parts/Scraped";
import { inRow, t } from "../../text";
import css from "./Preview.module.css";

export function Contents({ made }: { made: HandOn }) {
  const { holds } = made;
  return (
    <div class={css["contents"]}>
      <section aria-labelledby="holds">
        <h3 id="holds">{t("reports.holds")}</h3>
        {holds.originals && (
          <p class={css["strong"]}>
            <Icon name="alert" size={14} /> {t("reports.holds.originals")}
          </p>
        )}
        <ul>
          <Names label="reports.holds.people" none="reports.holds.nobody" list={holds.people} more={holds.more_people} />
          <Names label="reports.holds.sources" none="reports.holds.noSource" list={holds.sources} more={holds.more_sources} />
          <Names label="reports.holds.accounts" none="reports.holds.noAccount" list={holds.accounts} more={holds.more_accounts} />
          {numbers(holds).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="left">
        <h3 id="left">{t("reports.leftOut")}</h3>
        {made.left_out.length + made.losses.length + made.sections.length === 0 && <p class="dim">{t("reports.leftOut.nothing")}</p>}
        <ul>
          {made.sections.length > 0 && <li>{t("reports.leftOut.sections", { list: inRow(made.sections) })}</li>}
          {made.left_out.map((w) => (
            <li key={w.what}>
              {t("reports.leftOut.line", { count: String(w.count), what: w.what, why: w.why })}
            </li>
          ))}
        </ul>
        {made.losses.length > 0 && (
          <details>
            <summary>{t("reports.losses", { n: made.losses.length + made.more_losses })}</summary>
            <ul>
              {made.losses.map((l) => (
                <li key={l.what + l.why}>
                  <Said most={200}>{l.what}</Said>: {l.why}
                </li>
              ))}
              {made.more_losses > 0 && <li class="dim">{t("reports.more", { n: made.more_losses })}</li>}
            </ul>
          </details>
        )}
      </section>
      <section aria-labelledby="files">
        <h3 id="files">{t("reports.written")}</h3>
        {made.files.length === 0 && <p class="dim">{t(made.later ? "reports.written.later" : "reports.written.none")}</p>}
        <ul class={css["files"]}>
          {made.files.map((f) => (
            <li key={f.name}>
              <span>
                <bdi dir="auto">{f.name}</bdi> <span class="dim">{bytes(f.bytes)}</span>
              </span>
              <span class={css["digest"]}>
                <code>{f.sha256}</code> <Copy text={f.sha256} what="digest" />
              </span>
            </li>
          ))}
        </ul>
        <p class="dim">{t("reports.version", { version: made.version })}</p>
      </section>
    </div>
  );
}

// numbers are what is counted and not named.
function numbers(h: Holds): string[] {
  const lines = [
    h.files > 0 ? t("reports.holds.files", { n: h.files }) : "",
    h.devices > 0 ? t("reports.holds.devices", { n: h.devices }) : "",
    h.captions > 0 ? t("reports.holds.captions", { n: h.captions }) : "",
    h.notes > 0 ? t("reports.holds.notes", { n: h.notes }) : t("reports.holds.noNotes"),
    h.positions > 0 ? t("reports.holds.positions", { n: h.positions }) : t("reports.holds.noPositions"),
    h.decisions > 0 ? t("reports.holds.decisions", { n: h.decisions }) : "",
    h.sharp > 0 ? t("reports.holds.sharp", { n: h.sharp }) : t("reports.holds.noSharp"),
  ];
  return lines.filter(Boolean);
}

function Names({ label, none, list, more }: { label: "reports.holds.people" | "reports.holds.sources" | "reports.holds.accounts"; none: "reports.holds.nobody" | "reports.holds.noSource" | "reports.holds.noAccount"; list: readonly string[]; more: number }) {
  if (list.length === 0) return <li>{t(none)}</li>;
  return (
    <li>
      {t(label, { n: list.length + more })}{" "}
      {list.map((name, i) => (
        <span key={name}>
          {i > 0 && ", "}
          <Scraped most={80}>{name}</Scraped>
        </span>
      ))}
      {more > 0 && ` ${t("reports.more", { n: more })}`}
    </li>
  );
}
