// The choices of the settings that several screens offer.
import { t } from "../../text";

export const levels = () =>
  [
    { value: "veil", label: t("settings.level.veil"), hint: t("settings.level.veilHint") },
    { value: "softened", label: t("settings.level.softened"), hint: t("settings.level.softenedHint") },
    { value: "sharp", label: t("settings.level.sharp"), hint: t("settings.level.sharpHint") },
  ] as const;

export const themes = () =>
  [
    { value: "system", label: t("settings.theme.system") },
    { value: "light", label: t("settings.theme.light") },
    { value: "dark", label: t("settings.theme.dark") },
  ] as const;

export const reseals = () =>
  [
    { value: "10", label: t("settings.reseal.seconds", { n: 10 }) },
    { value: "30", label: t("settings.reseal.seconds", { n: 30 }) },
    { value: "120", label: t("settings.reseal.seconds", { n: 120 }) },
    { value: "0", label: t("settings.reseal.never") },
  ] as const;
