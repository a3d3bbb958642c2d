// Gathers the licences of everything that the program ships into
// src/screens/settings/shipped.json, which the settings show. Run it after a
// module or a package has changed: node licences.mjs (in this folder).
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../../..");

// texts gives the whole of the licence files in a folder.
function texts(dir) {
  const files = readdirSync(dir).filter((f) => /^(licen[cs]e|copying|notice|patents)/i.test(f) && !/logo/i.test(f)).sort();
  return files.map((f) => readFileSync(join(dir, f), "utf8").trim()).join("\n\n----\n\n");
}

const marks = [
  ["AGPL-3.0", /AFFERO GENERAL PUBLIC LICENSE/],
  ["GPL-3.0", /^\s*GNU GENERAL PUBLIC LICENSE\s+Version 3/],
  ["LGPL-3.0", /GNU LESSER GENERAL PUBLIC LICENSE\s+Version 3/],
  ["MPL-2.0", /Mozilla Public License,? (Version|v\.) ?2\.0/i],
  ["Apache-2.0", /Apache License\s+Version 2\.0/],
  ["Unlicense", /free and unencumbered software/],
  ["BSD-3-Clause", /Neither the name/],
  ["BSD-2-Clause", /Redistributions in binary form/],
  ["ISC", /Permission to use, copy, modify, and(\/or)? distribute/],
  ["MIT", /Permission is hereby granted, free of charge/],
];

function named(text) {
  const found = marks.filter(([, mark]) => mark.test(text)).map(([name]) => name);
  return found.includes("BSD-3-Clause") ? found.filter((n) => n !== "BSD-2-Clause") : found;
}

// go are the modules that the program is built from.
function go() {
  const out = execFileSync("go", ["list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Dir}}{{end}}{{end}}", "./cmd/firsthand"], { cwd: root, encoding: "utf8" });
  return [...new Set(out.split("\n").filter(Boolean))].map((line) => line.split("\t"));
}

// page are the packages that the page is built from, with those they need.
function page(dir, name, found = new Map()) {
  const at = join(dir, "node_modules", name);
  const of = JSON.parse(readFileSync(join(at, "package.json"), "utf8"));
  found.set(name, { version: of.version, licence: of.license, text: texts(at) });
  for (const needed of Object.keys(of.dependencies ?? {})) if (needed !== "commander" && !found.has(needed)) page(dir, needed, found);
  return found;
}

// byHand is what stands inside a module under a licence of its own, or has no
// file of its licence there.
const byHand = {
  Go: { version: execFileSync("go", ["env", "GOVERSION"], { encoding: "utf8" }).trim(), licence: "BSD-3-Clause", text: texts(execFileSync("go", ["env", "GOROOT"], { encoding: "utf8" }).trim()) },
  "FFmpeg (in go-ffmpreg)": { version: "n5.1.8", licence: "GPL-3.0-or-later", text: "FFmpeg, built with libx264 (GPL-2.0-or-later), libwebp, libopus and libvpx (BSD-3-Clause), LAME (LGPL-2.0-or-later), libaom (BSD-2-Clause) and zlib (Zlib), as a whole under the GNU General Public License, version 3 or later. Sources: https://ffmpeg.org and https://codeberg.org/gruf/go-ffmpreg (build.sh)." },
  "libheif and libde265 (in heic)": { version: "", licence: "LGPL-3.0-or-later", text: "Decoders of HEIC pictures, compiled to WebAssembly, under the GNU Lesser General Public License, version 3 or later. Sources: https://github.com/strukturag/libheif and https://github.com/strukturag/libde265." },
  "libavif and aom (in avif)": { version: "", licence: "BSD-2-Clause", text: "Decoders of AVIF pictures, compiled to WebAssembly, under the BSD 2-Clause licence. Sources: https://github.com/AOMediaCodec/libavif and https://aomedia.googlesource.com/aom." },
  GeoNames: { version: "", licence: "CC-BY-4.0", text: "Names and positions of places: GeoNames, https://www.geonames.org, under the Creative Commons Attribution 4.0 licence, https://creativecommons.org/licenses/by/4.0/. Chosen and shortened for this program." },
  "Natural Earth": { version: "", licence: "Public domain", text: "Made with Natural Earth: land and borders. Free vector and raster map data at naturalearthdata.com." },
};

const known = {};
for (const [name, dir] of go()) {
  const text = texts(dir);
  if (dir.startsWith(root)) known[name] = { licence: "GPL-3.0-or-later", text: "Replaced by a part of this program under the same name." };
  else if (text === "") throw new Error(`${name} has no licence file: see to it by hand`);
  else known[name] = { licence: named(text).join(" AND "), text };
}
const needed = Object.keys(JSON.parse(readFileSync(join(import.meta.dirname, "package.json"), "utf8")).dependencies);
const packages = new Map();
for (const name of needed) page(import.meta.dirname, name, packages);
Object.assign(known, Object.fromEntries(packages), byHand);
const sorted = Object.fromEntries(Object.entries(known).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(join(import.meta.dirname, "src/screens/settings/shipped.json"), JSON.stringify(sorted, null, 1) + "\n");
