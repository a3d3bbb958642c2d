// The frame around every screen: the bar, the screen itself, and what lies
// above all screens (questions, messages, the list of keys).
import type { FunctionComponent } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { blank, switchBlank } from "./care";
import { here, useCase } from "./case";
import type { ApiError } from "./client";
import css from "./app.module.css";
import { Commands } from "./frame/Commands";
import { FrameKeys } from "./frame/FrameKeys";
import { Help } from "./frame/Help";
import { TopBar } from "./frame/TopBar";
import { asApiError } from "./load";
import { Asking } from "./parts/ask";
import { Button } from "./parts/Button";
import { Copying } from "./parts/Copy";
import { Revealing } from "./parts/RevealDialog";
import { AskingSound } from "./parts/sound";
import { Empty, Failed, Loading } from "./parts/State";
import { Toast } from "./parts/Toast";
import { go, route, type Route, type Screen } from "./router";
import { session, settings, start } from "./session";
import { t, type Key } from "./text";

type ScreenPart = FunctionComponent<Route>;
const files = import.meta.glob<{ default: ScreenPart }>("./screens/*/index.tsx");
const loaded = new Map<Screen, ScreenPart>();

// ofExercise are the screens that are of an exercise and of no case.
const ofExercise: readonly Screen[] = ["collection", "projector"];

export function App() {
  const begun = useStart();
  useCase();
  useTitle();
  const exercise = (here.value?.exercise === true && route.value.case !== "") || ofExercise.includes(route.value.screen);
  useLayoutEffect(() => void document.documentElement.toggleAttribute("data-exercise", exercise), [exercise]);
  if (begun.error) return <Stopped error={begun.error} />;
  return (
    <>
      <a class={css["skip"]} href="#screen">
        {t("frame.skip")}
      </a>
      {exercise && (
        <p class={css["exercise"]} role="note">
          {t("frame.exercise")}
        </p>
      )}
      {route.value.screen !== "projector" && <TopBar />}
      <main id="screen" class={css["main"]} tabIndex={-1} aria-busy={!begun.done || undefined}>
        {begun.done ? <ScreenOf key={`${route.value.case}/${route.value.screen}`} {...route.value} /> : <Loading shape="page" />}
      </main>
      <FrameKeys />
      <Help />
      <Commands />
      <Revealing />
      <AskingSound />
      <Asking />
      <Copying />
      <Toast />
      {blank.value && <Blank />}
    </>
  );
}

// useStart reads what the page needs before it shows a screen; those who come
// for the first time are shown the first start.
function useStart(): { done: boolean; error: ApiError | null } {
  const [error, setError] = useState<ApiError | null>(null);
  useEffect(() => {
    start().then(
      () => {
        if (!settings.value.started && route.value.screen === "cases") go("/start", { replace: true });
      },
      (failure: unknown) => setError(asApiError(failure)),
    );
  }, []);
  return { done: session.value !== null, error };
}

// useTitle names the tab after the screen; after the case only if that was
// chosen, for who looks over a shoulder.
function useTitle(): void {
  const name = t(`frame.screen.${route.value.screen}` as Key);
  const of = settings.value.case_in_title && here.value ? ` – ${here.value.name}` : "";
  useEffect(() => {
    document.title = `${name}${of} – Firsthand`;
  }, [name, of]);
}

function ScreenOf(place: Route) {
  const [part, setPart] = useState<{ show: ScreenPart } | null>(() => known(place.screen));
  const [error, setError] = useState<ApiError | null>(null);
  useEffect(() => {
    if (arrived) document.getElementById("screen")?.focus({ preventScroll: true });
    arrived = true;
    const file = files[`./screens/${place.screen}/index.tsx`];
    if (part || !file) return;
    file().then(
      (module) => {
        loaded.set(place.screen, module.default);
        setPart({ show: module.default });
      },
      (failure: unknown) => setError(asApiError(failure)),
    );
  }, []);
  if (error) return <Failed error={error} retry={() => location.reload()} />;
  if (part) return <part.show {...place} />;
  if (!files[`./screens/${place.screen}/index.tsx`]) return <Lost />;
  return <Loading shape="page" />;
}

let arrived = false; // a screen was shown before: the next one takes the focus

function known(screen: Screen): { show: ScreenPart } | null {
  const show = loaded.get(screen);
  return show ? { show } : null;
}

function Lost() {
  return (
    <Empty
      title={t("frame.screen.lost")}
      text={t("frame.lost")}
      action={
        <Button kind="main" onClick={() => go("/")}>
          {t("frame.toCases")}
        </Button>
      }
    />
  );
}

// Stopped stands in place of everything when the program did not answer.
function Stopped({ error }: { error: ApiError }) {
  return (
    <main id="screen" class={css["main"]}>
      <Failed error={error} retry={() => location.reload()} />
    </main>
  );
}

// Blank covers the whole screen until it is taken off.
function Blank() {
  const cover = useRef<HTMLDialogElement>(null);
  useEffect(() => cover.current?.showModal(), []);
  return (
    <dialog
      ref={cover}
      class={css["blank"]}
      aria-label={t("frame.blank")}
      onCancel={(event) => {
        event.preventDefault();
        switchBlank();
      }}
      onKeyDown={(event) => {
        if (event.key.toLowerCase() === "b" && event.shiftKey) {
          event.preventDefault();
          switchBlank();
        }
      }}
    >
      <p>{t("frame.blank")}</p>
      <Button hint="Shift B" onClick={switchBlank}>
        {t("frame.uncover")}
      </Button>
    </dialog>
  );
}
