// Looking at a part of a picture closely: which part, how large, and how it
// goes with the same part of another picture.

// Look is where a picture is looked at: the point in the middle of the window,
// in fractions of its sides, and how much larger than fitted it is.
export interface Look {
  x: number;
  y: number;
  zoom: number; // 1 is fitted
}

export interface Size {
  width: number;
  height: number;
}

export const whole: Look = { x: 0.5, y: 0.5, zoom: 1 };
export const mostZoom = 16;
const step = 1.25;

// fitted is the size of a picture that is fitted into a window.
export function fitted(picture: Size, window: Size): Size {
  if (!(picture.width > 0 && picture.height > 0)) return window;
  const scale = Math.min(window.width / picture.width, window.height / picture.height);
  return { width: picture.width * scale, height: picture.height * scale };
}

// nearer zooms in by steps, or out where they are below 0. At 1 the whole
// picture is shown.
export function nearer(look: Look, steps: number): Look {
  const zoom = clamp(look.zoom * step ** steps, 1, mostZoom);
  return zoom < 1.01 ? whole : within({ ...look, zoom });
}

// moved pans by a share of the window.
export function moved(look: Look, dx: number, dy: number): Look {
  return within({ ...look, x: look.x + dx / look.zoom, y: look.y + dy / look.zoom });
}

// within keeps the window on the picture.
export function within(look: Look): Look {
  const half = 0.5 / Math.max(look.zoom, 1);
  return { x: clamp(look.x, half, 1 - half), y: clamp(look.y, half, 1 - half), zoom: look.zoom };
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

// Placed is where a picture of its fitted size goes in a window: moved first,
// then enlarged from its upper left corner.
export interface Placed {
  left: number;
  top: number;
  zoom: number;
}

// placed puts the middle of the look in the middle of the window.
export function placed(look: Look, picture: Size, window: Size): Placed {
  return {
    left: window.width / 2 - look.x * picture.width * look.zoom,
    top: window.height / 2 - look.y * picture.height * look.zoom,
    zoom: look.zoom,
  };
}
