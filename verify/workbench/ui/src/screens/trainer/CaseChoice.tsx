// The case that the files of a plan lie in, where it is not known or not open: one
// of those that are open is chosen.
import { useState } from "preact/hooks";
import { client } from "../../api.gen";
import { useLoad } from "../../load";
import { Button } from "../../parts/Button";
import { Field } from "../../parts/Field";
import { visible } from "../../parts/Scraped";
import { tellError } from "../../parts/Toast";
import { t } from "../../text";
import css from "./Trainer.module.css";
import type { Working } from "./usePlan";

export function CaseChoice({ working }: { working: Working }) {
  const cases = useLoad((signal) => client.cases({}, { signal }), []);
  const open = cases.data?.open ?? [];
  const [chosen, setChosen] = useState("");
  const id = chosen || (open[0]?.id ?? "");
  const use = async () => {
    try {
      if (await working.keep()) working.take(await client.openPlan({ path: working.page.path, case: id }));
    } catch (error) {
      tellError(error);
    }
  };
  return (
    <section class={css["card"]} aria-label={t("trainer.new.case")}>
      <p class={css["careful"]}>{t("trainer.noCase")}</p>
      {open.length > 0 && (
        <Field label={t("trainer.new.case")}>
          {(props) => (
            <span class={css["path"]}>
              <select {...props} value={id} onChange={(e) => setChosen(e.currentTarget.value)}>
                {open.map((c) => (
                  <option key={c.id} value={c.id}>
                    {visible(`${c.name} – ${c.dir}`, 160)}
                  </option>
                ))}
              </select>
              <Button onClick={() => void use()}>{t("trainer.noCase.use")}</Button>
            </span>
          )}
        </Field>
      )}
    </section>
  );
}
