import { useState } from "preact/hooks";
import { client, type SourceRow } from "../../api.gen";
import { asApiError } from "../../load";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { Scraped, visible } from "../../parts/Scraped";
import { tell, tellError } from "../../parts/Toast";
import { zones } from "../../parts/zone";
import { t } from "../../text";
import { ObtainedField, ZoneField } from "./Add";
import css from "./Import.module.css";

interface Props {
  case: string;
  sources: readonly SourceRow[];
  can: boolean; // nothing runs
  onAgain: () => void;
  onSaid: () => void;
}

// Sources lists what the case was read from, and takes what is known of it.
export function Sources({ case: id, sources, can, onAgain, onSaid }: Props) {
  const [said, setSaid] = useState<SourceRow | null>(null);
  if (sources.length === 0) return null;
  return (
    <section id="sources" aria-labelledby="import-sources">
      <div class={css.top}>
        <h2 id="import-sources">{t("import.sources")}</h2>
        <Button icon="search" disabled={!can} title={t("import.sources.again.hint")} onClick={onAgain}>
          {t("import.sources.again")}
        </Button>
      </div>
      <ul class={css.sources}>
        {sources.map((s) => (
          <li key={s.name} class={css.source}>
            <div class={css.who}>
              <strong>
                <Scraped most={100}>{s.name}</Scraped>
              </strong>
              <span class="dim">{t("overview.files", { n: s.files })}</span>
              {!s.there && <span class={css.gone}>{t("import.source.gone")}</span>}
              <span class={css.dir}>
                <Scraped most={300}>{s.dir}</Scraped>
              </span>
            </div>
            <dl class={css.known}>
              <dt>{t("import.source.zone")}</dt>
              <dd>{s.zone || <span class="dim">{t("import.source.zone.none")}</span>}</dd>
              <dt>{t("import.source.obtained")}</dt>
              <dd>{s.obtained ? <Scraped most={2000}>{s.obtained}</Scraped> : <span class="dim">{t("overview.source.obtained.none")}</span>}</dd>
            </dl>
            <Button small label={t("import.source.edit.of", { name: visible(s.name, 80) })} onClick={() => setSaid(s)}>
              {t("import.source.edit")}
            </Button>
          </li>
        ))}
      </ul>
      {said && <Say case={id} source={said} onClose={() => setSaid(null)} onSaid={onSaid} />}
    </section>
  );
}

// Say takes what a person knows of a source.
function Say({ case: id, source, onClose, onSaid }: { case: string; source: SourceRow; onClose: () => void; onSaid: () => void }) {
  const [obtained, setObtained] = useState(source.obtained);
  const [zone, setZone] = useState(source.zone);
  const keep = async (): Promise<void> => {
    try {
      await client.saySource({ case: id, name: source.name, obtained, zone });
      tell({ text: t("import.source.saved") });
      onSaid();
      onClose();
    } catch (error) {
      tellError(asApiError(error));
    }
  };
  return (
    <Dialog
      title={t("import.source.edit.title", { name: visible(source.name, 80) })}
      onClose={onClose}
      onSubmit={() => void keep()}
      actions={
        <>
          <Button onClick={onClose}>{t("import.cancel")}</Button>
          <Button kind="main" type="submit">
            {t("import.source.save")}
          </Button>
        </>
      }
    >
      <ZoneField value={zone} onInput={setZone} />
      <ObtainedField value={obtained} onInput={setObtained} />
      <datalist id="import-zones">
        {zones().map((z) => (
          <option key={z} value={z} />
        ))}
      </datalist>
    </Dialog>
  );
}
