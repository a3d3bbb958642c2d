// The exercises: those begun here, those built in, and packs from files.
import { useState } from "preact/hooks";
import { client, type CaseName, type ExerciseOffer, type MyExercise } from "../../api.gen";
import { caseList } from "../../events";
import { useLoad } from "../../load";
import { Button } from "../../parts/Button";
import { Scraped, visible } from "../../parts/Scraped";
import { Empty, Failed, Loading } from "../../parts/State";
import { tellError } from "../../parts/Toast";
import { inWords, Worded, type Words } from "../../parts/Worded";
import { exerciseAddress, go } from "../../router";
import { t } from "../../text";
import css from "./List.module.css";
import { OfferFacts } from "./OfferFacts";
import { OpenPack } from "./OpenPack";

export function List() {
  const list = useLoad((signal) => client.workshop({}, { signal }), [caseList.value]);
  const [opening, setOpening] = useState(false);
  const [busy, setBusy] = useState("");
  const enter = async (what: string, begin: () => Promise<CaseName>) => {
    setBusy(what);
    try {
      go(exerciseAddress((await begin()).id));
    } catch (error) {
      tellError(error);
      list.reload();
    } finally {
      setBusy("");
    }
  };
  const openCase = (dir: string) => void enter(dir, () => client.openCase({ dir }));
  const openButton = (
    <Button icon="folder" disabled={busy !== ""} onClick={() => setOpening(true)}>
      {t("workshop.open")}
    </Button>
  );
  const none = list.data && list.data.built_in.length + list.data.mine.length === 0;
  return (
    <div class={css["page"]}>
      <header class={css["head"]}>
        <div>
          <h1>{t("workshop.title")}</h1>
          <p class={css["intro"]}>{t("workshop.intro")}</p>
        </div>
        <div class={css["acts"]}>
          <a class={css["trainer"]} href="/trainer">
            {t("workshop.toTrainer")}
          </a>
          {!none && openButton}
        </div>
      </header>
      {list.error && !list.data ? (
        <Failed error={list.error} retry={list.reload} />
      ) : !list.data ? (
        <Loading shape="rows" />
      ) : none ? (
        <Empty text={t("workshop.none")} action={openButton} />
      ) : (
        <>
          <Mine list={list.data.mine} busy={busy} onOpen={openCase} />
          <BuiltIn list={list.data.built_in} busy={busy} onBegin={(id) => void enter(id, () => client.practise({ exercise: id }))} onContinue={openCase} />
          <p class={css["kept"]}>
            {t("workshop.kept")} <Scraped most={300}>{list.data.folder}</Scraped>
          </p>
        </>
      )}
      {opening && (
        <OpenPack
          folder={list.data?.folder ?? ""}
          onClose={() => setOpening(false)}
          onBegun={(name) => {
            setOpening(false);
            go(exerciseAddress(name.id));
          }}
        />
      )}
    </div>
  );
}

function Mine({ list, busy, onOpen }: { list: readonly MyExercise[]; busy: string; onOpen: (dir: string) => void }) {
  if (list.length === 0) return null;
  return (
    <section class={css["section"]} aria-labelledby="mine">
      <h2 id="mine">{t("workshop.mine")}</h2>
      <ul class={css["rows"]}>
        {list.map((m) => (
          <li key={m.dir} class={css["row"]}>
            <div class={css["facts"]}>
              <h3>
                <Worded words={m.title} />
              </h3>
              <p class={css["state"]}>
                {m.gone ? t("workshop.gone") : [t("workshop.answered", { done: m.answered, n: m.subjects }), m.practice && t("workshop.practice"), m.handed_in && t("workshop.handedIn"), m.key_open && t("workshop.keyOpen")].filter(Boolean).join(" · ")}
              </p>
              <p class={css["dir"]}>
                <Scraped most={300}>{m.dir}</Scraped>
              </p>
            </div>
            <Button disabled={m.gone || busy !== ""} busy={busy === m.dir} label={named(t("workshop.continue"), m.title)} onClick={() => onOpen(m.dir)}>
              {t("workshop.continue")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface BuiltInProps {
  list: readonly ExerciseOffer[];
  busy: string;
  onBegin: (id: string) => void;
  onContinue: (dir: string) => void;
}

function BuiltIn({ list, busy, onBegin, onContinue }: BuiltInProps) {
  if (list.length === 0) return null;
  return (
    <section class={css["section"]} aria-labelledby="built-in">
      <h2 id="built-in">{t("workshop.builtIn")}</h2>
      <ul class={css["rows"]}>
        {list.map((e) => (
          <li key={e.exercise} class={css["row"]}>
            <div class={css["facts"]}>
              <h3>
                <Worded words={e.title} />
              </h3>
              <OfferFacts offer={e} />
            </div>
            <div class={css["acts"]}>
              {e.begun !== "" && (
                <Button disabled={busy !== ""} busy={busy === e.begun} label={named(t("workshop.continue"), e.title)} onClick={() => onContinue(e.begun)}>
                  {t("workshop.continue")}
                </Button>
              )}
              <Button kind={e.begun === "" ? "line" : "quiet"} disabled={busy !== ""} busy={busy === e.exercise} label={named(t(e.begun === "" ? "workshop.begin" : "workshop.beginAnew"), e.title)} onClick={() => onBegin(e.exercise)}>
                {t(busy === e.exercise ? "workshop.laying" : e.begun === "" ? "workshop.begin" : "workshop.beginAnew")}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function named(verb: string, title: Words): string {
  return `${verb}: ${visible(inWords(title).text, 120)}`;
}
