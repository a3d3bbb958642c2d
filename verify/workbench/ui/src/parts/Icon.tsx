// The icons of the page: 16 px grid, strokes of 1.5 px, drawn in the colour of
// the text around them. They are decoration; words beside or on the control
// that holds them say what they mean.
const paths = {
  add: "M8 3v10M3 8h10",
  alert: "M8 2.2 14.2 13H1.8zM8 6.2v3.2M8 11.3v.1",
  arrowDown: "M8 3v10M4 9l4 4 4-4",
  arrowUp: "M8 13V3M4 7l4-4 4 4",
  aside: "M2.5 4.5h11v9h-11zM2.5 7h11M6 10h4M4 2.5h8",
  audio: "M3 6.2v3.6h2.4L9 12.8V3.2L5.4 6.2zM11.3 5.6a3.4 3.4 0 0 1 0 4.8M13 3.8a6 6 0 0 1 0 8.4",
  back: "M10 3 5 8l5 5",
  check: "M3 8.5 6.5 12 13 4.5",
  clock: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 4.8V8l2.2 1.6",
  close: "M3.8 3.8l8.4 8.4M12.2 3.8l-8.4 8.4",
  compare: "M2.5 3h5v10h-5zM8.5 3h5v10h-5",
  copies: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
  copy: "M5.5 5.5h7v8h-7zM10.5 5.5v-3h-7v8h2",
  cover: "M2.5 3.5h11v9h-11zM2.5 12.5l9-9M6.5 12.5l7-7",
  document: "M4 2h5l3 3v9H4zM9 2v3h3M6 8.5h4M6 11h4",
  down: "M3.5 6 8 10.5 12.5 6",
  eye: "M1.8 8S4 3.8 8 3.8 14.2 8 14.2 8 12 12.2 8 12.2 1.8 8 1.8 8zM8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6z",
  eyeOff: "M3.2 5.6C2.3 6.8 1.8 8 1.8 8S4 12.2 8 12.2c.9 0 1.7-.2 2.4-.5M6.2 4c.6-.1 1.1-.2 1.8-.2 4 0 6.2 4.2 6.2 4.2s-.6 1.1-1.7 2.2M2.5 2.5l11 11",
  filter: "M2.5 3.5h11L9.3 8.6v4.4l-2.6-1.5V8.6z",
  flag: "M4 14V2.5h8.5L10.5 5.5l2 3H4",
  folder: "M2 4h4.5l1.5 1.8h6V13H2z",
  forward: "M6 3l5 5-5 5",
  grid: "M2.5 2.5h4.5v4.5H2.5zM9 2.5h4.5v4.5H9zM2.5 9h4.5v4.5H2.5zM9 9h4.5v4.5H9z",
  image: "M2.5 3h11v10h-11zM2.5 11l3.5-3.5 2.5 2.5 2-2 3 3M10.5 5.8v.1",
  list: "M2.5 4h11M2.5 8h11M2.5 12h11",
  map: "M8 14s4.5-4 4.5-7.5a4.5 4.5 0 0 0-9 0C3.5 10 8 14 8 14zM8 5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3z",
  menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  note: "M3 2.5h10v7.5l-3.5 3.5H3zM13 10H9.5v3.5M5.5 5.5h5M5.5 8h3",
  pause: "M5.5 3.5v9M10.5 3.5v9",
  pin: "M6 2.5h4l.5 4 2 2.5h-9l2-2.5zM8 9v4.5",
  play: "M5 3l7.5 5L5 13z",
  redo: "M13 6H6.5a3.5 3.5 0 0 0 0 7H9M10 3l3 3-3 3",
  search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.3l3.2 3.2",
  settings: "M2.5 4.5h6M12 4.5h1.5M2.5 11.5h1.5M7.5 11.5h6M10.2 2.8a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4zM5.8 9.8a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4z",
  stop: "M4 4h8v8H4z",
  swap: "M3 5.5h9.5M10 3l2.5 2.5L10 8M13 10.5H3.5M6 8l-2.5 2.5L6 13",
  tag: "M2.5 2.5h5.5l5.5 5.5-5.5 5.5L2.5 8zM5.3 5.3v.1",
  undo: "M3 6h6.5a3.5 3.5 0 0 1 0 7H7M6 3 3 6l3 3",
  video: "M2 4h8.5v8H2zM10.5 7.2 14 5v6l-3.5-2.2",
} as const;

export type IconName = keyof typeof paths;

// turning are the icons that point along the line, and turn with it.
const turning: readonly IconName[] = ["back", "forward", "undo", "redo", "list", "document"];

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false" data-turns={turning.includes(name) || undefined}>
      <path d={paths[name]} />
    </svg>
  );
}
