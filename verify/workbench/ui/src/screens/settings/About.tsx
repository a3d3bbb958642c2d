import { useEffect, useState } from "preact/hooks";
import { client } from "../../api.gen";
import { useLoad } from "../../load";
import { Icon } from "../../parts/Icon";
import { Failed, Loading } from "../../parts/State";
import { session } from "../../session";
import { t } from "../../text";
import { gathered, type Shipped } from "./shipped";
import css from "./Settings.module.css";

// About says what this is and under which licences all of it stands.
export function About() {
  const parts = useLoad((signal) => client.licences({}, { signal }), []);
  const [known, setKnown] = useState<Record<string, Shipped> | null>(null);
  useEffect(() => void import("./shipped.json").then((m) => setKnown(m.default as Record<string, Shipped>)), []);
  return (
    <>
      <p class={css["note"]}>{t("settings.aboutWhat", { version: session.value?.version ?? "" })}</p>
      <p class={css["note"]}>{t("settings.aboutLicence")}</p>
      <p class={css["note"]}>{t("settings.aboutLimits")}</p>
      <h2>{t("settings.aboutParts")}</h2>
      {parts.error ? <Failed error={parts.error} retry={parts.reload} /> : !parts.data || !known ? <Loading /> : <Parts parts={gathered(parts.data.parts, known)} />}
    </>
  );
}

function Parts({ parts }: { parts: ReturnType<typeof gathered> }) {
  return (
    <ul class={css["parts"]}>
      {parts.map((p) => (
        <li key={p.name}>
          <details>
            <summary>
              <Icon name="forward" size={12} />
              <span class={css["part"]}>{p.name}</span> <span class="dim">{p.version}</span> <span class={css["licence"]}>{p.licence}</span>
            </summary>
            <pre class={css["text"]}>{p.text}</pre>
          </details>
        </li>
      ))}
    </ul>
  );
}
