import { defineConfig } from "vite";

// The page is served from the root of the program's own server and loads
// nothing from elsewhere. Nothing is inlined: the policy of the server allows
// no data: addresses.
export default defineConfig({
  base: "/",
  build: {
    outDir: "../dist",
    emptyOutDir: false, // .gitkeep stays; the Makefile empties it
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    sourcemap: false,
    reportCompressedSize: false,
  },
});
