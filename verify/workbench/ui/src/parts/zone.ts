// Times in a zone that the person chose to see beside the time's own.

// inZone writes an instant as it reads in a zone, as "16 May 2026 14:02:11
// +03:00"; "" where there is no such instant or zone. It never uses the zone
// of the machine.
export function inZone(iso: string, zone: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return "";
  try {
    const parts = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      day: "numeric",
      month: "short",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
      timeZoneName: "longOffset",
    }).formatToParts(at);
    const of = (type: Intl.DateTimeFormatPartTypes) => parts.find((p) => p.type === type)?.value ?? "";
    const offset = of("timeZoneName").replace(/^(GMT|UTC)(\+00:00)?/, "") || "Z";
    return `${of("day")} ${of("month")} ${of("year")} ${of("hour")}:${of("minute")}:${of("second")} ${offset}`;
  } catch {
    return "";
  }
}

// zones are the names of all zones that the browser knows.
export function zones(): string[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone")];
}
