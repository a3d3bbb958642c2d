// Everything that has a key: what it is called, where it is meant and which
// keys stand for it. keys.ts answers them; the settings and the list of keys
// show them in this order.

// Room is a screen, as far as keys are concerned; "everywhere" is all of them.
export type Room = "everywhere" | "cases" | "overview" | "import" | "gallery" | "media" | "compare" | "clusters" | "incidents" | "checklist" | "reports" | "settings" | "workshop" | "projector" | "dialog";

// Heading is the part of the list of keys that an action stands under.
export type Heading = "everywhere" | "go" | "move" | "decide" | "look" | "video" | "compare" | "incident" | "answer" | "task";

export interface Action {
  id: ActionID;
  heading: Heading;
  rooms: readonly Room[];
  keys: readonly string[];
}

const lists: readonly Room[] = ["gallery", "clusters", "incidents"];
const looks: readonly Room[] = ["gallery", "media", "clusters", "incidents"];
const judged: readonly Room[] = ["gallery", "media", "clusters"]; // incidents pin and reject with the same keys

const table = [
  { id: "help", heading: "everywhere", rooms: ["everywhere"], keys: ["?"] },
  { id: "filter", heading: "everywhere", rooms: ["everywhere"], keys: ["/"] },
  { id: "commands", heading: "everywhere", rooms: ["everywhere"], keys: ["Ctrl+k"] },
  { id: "close", heading: "everywhere", rooms: ["everywhere"], keys: ["Escape"] },
  { id: "soften", heading: "everywhere", rooms: ["everywhere"], keys: ["b"] },
  { id: "blank", heading: "everywhere", rooms: ["everywhere"], keys: ["Shift+b"] },
  { id: "undo", heading: "everywhere", rooms: ["everywhere"], keys: ["Ctrl+z"] },
  { id: "redo", heading: "everywhere", rooms: ["everywhere"], keys: ["Ctrl+Shift+z"] },
  { id: "tables", heading: "everywhere", rooms: ["everywhere"], keys: ["Ctrl+Shift+t"] },

  { id: "goOverview", heading: "go", rooms: ["everywhere"], keys: ["g o"] },
  { id: "goImport", heading: "go", rooms: ["everywhere"], keys: ["g i"] },
  { id: "goGallery", heading: "go", rooms: ["everywhere"], keys: ["g m"] },
  { id: "goClusters", heading: "go", rooms: ["everywhere"], keys: ["g c"] },
  { id: "goIncidents", heading: "go", rooms: ["everywhere"], keys: ["g b"] },
  { id: "goReports", heading: "go", rooms: ["everywhere"], keys: ["g r"] },

  { id: "goTask", heading: "go", rooms: ["everywhere"], keys: ["g t"] },

  { id: "left", heading: "move", rooms: lists, keys: ["ArrowLeft", "h"] },
  { id: "down", heading: "move", rooms: lists, keys: ["ArrowDown", "j"] },
  { id: "up", heading: "move", rooms: lists, keys: ["ArrowUp", "k"] },
  { id: "right", heading: "move", rooms: lists, keys: ["ArrowRight", "l"] },
  { id: "first", heading: "move", rooms: lists, keys: ["Home"] },
  { id: "last", heading: "move", rooms: lists, keys: ["End"] },
  { id: "pageUp", heading: "move", rooms: lists, keys: ["PageUp"] },
  { id: "pageDown", heading: "move", rooms: lists, keys: ["PageDown"] },
  { id: "open", heading: "move", rooms: lists, keys: ["Enter"] },
  { id: "select", heading: "move", rooms: lists, keys: ["Space"] },
  { id: "extendLeft", heading: "move", rooms: lists, keys: ["Shift+ArrowLeft"] },
  { id: "extendDown", heading: "move", rooms: lists, keys: ["Shift+ArrowDown"] },
  { id: "extendUp", heading: "move", rooms: lists, keys: ["Shift+ArrowUp"] },
  { id: "extendRight", heading: "move", rooms: lists, keys: ["Shift+ArrowRight"] },
  { id: "selectAll", heading: "move", rooms: lists, keys: ["Ctrl+a"] },
  { id: "prev", heading: "move", rooms: ["media"], keys: ["ArrowLeft"] },
  { id: "next", heading: "move", rooms: ["media"], keys: ["ArrowRight"] },
  { id: "skip", heading: "move", rooms: looks, keys: ["q"] },

  { id: "pin", heading: "decide", rooms: [...judged, "incidents"], keys: ["p"] },
  { id: "aside", heading: "decide", rooms: judged, keys: ["x"] },
  { id: "clear", heading: "decide", rooms: judged, keys: ["u"] },
  { id: "warning", heading: "decide", rooms: [...looks, "checklist"], keys: ["w"] },
  { id: "note", heading: "decide", rooms: [...looks, "checklist"], keys: ["n"] },
  { id: "tag", heading: "decide", rooms: looks, keys: ["t"] },
  { id: "duplicates", heading: "decide", rooms: looks, keys: ["d"] },
  { id: "compare", heading: "decide", rooms: looks, keys: ["c"] },
  { id: "checklist", heading: "decide", rooms: looks, keys: ["y"] },

  { id: "stand", heading: "decide", rooms: ["clusters"], keys: ["a"] },
  { id: "takeOut", heading: "decide", rooms: ["clusters"], keys: ["o"] },

  { id: "revealMore", heading: "look", rooms: ["dialog"], keys: ["v"] },
  { id: "reveal", heading: "look", rooms: [...looks, "compare", "checklist", "reports", "workshop"], keys: ["v"] },
  { id: "explain", heading: "look", rooms: [...looks, "compare"], keys: ["e"] },
  { id: "panel", heading: "look", rooms: ["media", "gallery"], keys: ["i"] },
  { id: "zoomIn", heading: "look", rooms: ["media", "compare"], keys: ["+", "="] },
  { id: "zoomOut", heading: "look", rooms: ["media", "compare"], keys: ["-"] },
  { id: "zoomFit", heading: "look", rooms: ["media", "compare"], keys: ["0"] },

  { id: "frameBack", heading: "video", rooms: ["media"], keys: [","] },
  { id: "frameOn", heading: "video", rooms: ["media"], keys: ["."] },
  { id: "slower", heading: "video", rooms: ["media"], keys: ["j"] },
  { id: "pause", heading: "video", rooms: ["media"], keys: ["k"] },
  { id: "faster", heading: "video", rooms: ["media"], keys: ["l"] },
  { id: "sound", heading: "video", rooms: ["media"], keys: ["Shift+m"] },

  { id: "side", heading: "compare", rooms: ["compare"], keys: ["1"] },
  { id: "slider", heading: "compare", rooms: ["compare"], keys: ["2"] },
  { id: "flicker", heading: "compare", rooms: ["compare"], keys: ["3"] },
  { id: "difference", heading: "compare", rooms: ["compare"], keys: ["4"] },
  { id: "showB", heading: "compare", rooms: ["compare"], keys: ["Space"] },
  { id: "swap", heading: "compare", rooms: ["compare"], keys: ["s"] },
  { id: "regions", heading: "compare", rooms: ["compare"], keys: ["r"] },
  { id: "lock", heading: "compare", rooms: ["compare"], keys: ["z"] },
  { id: "less", heading: "compare", rooms: ["compare"], keys: ["["] },
  { id: "more", heading: "compare", rooms: ["compare"], keys: ["]"] },
  { id: "panLeft", heading: "compare", rooms: ["compare"], keys: ["ArrowLeft"] },
  { id: "panDown", heading: "compare", rooms: ["compare"], keys: ["ArrowDown"] },
  { id: "panUp", heading: "compare", rooms: ["compare"], keys: ["ArrowUp"] },
  { id: "panRight", heading: "compare", rooms: ["compare"], keys: ["ArrowRight"] },
  { id: "prevPair", heading: "compare", rooms: ["compare"], keys: ["PageUp"] },
  { id: "nextPair", heading: "compare", rooms: ["compare"], keys: ["PageDown"] },
  { id: "same", heading: "compare", rooms: ["compare"], keys: ["a"] },
  { id: "scene", heading: "compare", rooms: ["compare"], keys: ["o"] },
  { id: "different", heading: "compare", rooms: ["compare"], keys: ["x"] },
  { id: "unsure", heading: "compare", rooms: ["compare"], keys: ["u"] },

  { id: "accept", heading: "incident", rooms: ["incidents"], keys: ["a"] },
  { id: "reject", heading: "incident", rooms: ["incidents"], keys: ["x"] },
  { id: "split", heading: "incident", rooms: ["incidents"], keys: ["s"] },
  { id: "merge", heading: "incident", rooms: ["incidents"], keys: ["m"] },

  { id: "addTo", heading: "incident", rooms: ["incidents"], keys: ["i"] },

  { id: "nextQuestion", heading: "answer", rooms: ["checklist"], keys: ["ArrowDown", "j"] },
  { id: "prevQuestion", heading: "answer", rooms: ["checklist"], keys: ["ArrowUp", "k"] },
  { id: "supported", heading: "answer", rooms: ["checklist"], keys: ["1"] },
  { id: "contradicted", heading: "answer", rooms: ["checklist"], keys: ["2"] },
  { id: "cannotTell", heading: "answer", rooms: ["checklist"], keys: ["3"] },
  { id: "notDone", heading: "answer", rooms: ["checklist"], keys: ["4"] },

  { id: "nextTask", heading: "task", rooms: ["workshop"], keys: ["]", "PageDown"] },
  { id: "prevTask", heading: "task", rooms: ["workshop"], keys: ["[", "PageUp"] },
  { id: "nextSubject", heading: "task", rooms: ["workshop"], keys: ["ArrowDown", "j"] },
  { id: "prevSubject", heading: "task", rooms: ["workshop"], keys: ["ArrowUp", "k"] },
  { id: "option1", heading: "task", rooms: ["workshop"], keys: ["1"] },
  { id: "option2", heading: "task", rooms: ["workshop"], keys: ["2"] },
  { id: "option3", heading: "task", rooms: ["workshop"], keys: ["3"] },
  { id: "option4", heading: "task", rooms: ["workshop"], keys: ["4"] },
  { id: "option5", heading: "task", rooms: ["workshop"], keys: ["5"] },
  { id: "option6", heading: "task", rooms: ["workshop"], keys: ["6"] },
  { id: "option7", heading: "task", rooms: ["workshop"], keys: ["7"] },
  { id: "option8", heading: "task", rooms: ["workshop"], keys: ["8"] },
  { id: "option9", heading: "task", rooms: ["workshop"], keys: ["9"] },
  { id: "stepOn", heading: "task", rooms: ["projector"], keys: ["ArrowRight", "Space", "PageDown"] },
  { id: "stepBack", heading: "task", rooms: ["projector"], keys: ["ArrowLeft", "PageUp"] },
  { id: "showKey", heading: "task", rooms: ["projector"], keys: ["k"] },
  { id: "hint", heading: "task", rooms: ["workshop"], keys: ["i"] },
] as const satisfies readonly { id: string; heading: Heading; rooms: readonly Room[]; keys: readonly string[] }[];

export type ActionID = (typeof table)[number]["id"];

export const actions: readonly Action[] = table;
