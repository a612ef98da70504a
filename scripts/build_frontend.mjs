// Bundles the design system's sources into src/wesprint/web/static/dist/.
//
//   node scripts/build_frontend.mjs            one minified build
//   node scripts/build_frontend.mjs --watch    rebuild on every change, not minified
//
// File names are stable: Django's manifest storage adds the hashes.
import { build, context } from "esbuild";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const assets = path.join(root, "src/wesprint/web/assets");
const out = path.join(root, "src/wesprint/web/static/dist");
const kern = path.join(
  path.dirname(createRequire(import.meta.url).resolve("@kern-ux/native/package.json")),
  "dist",
);
const watch = process.argv.includes("--watch");

// KERN ships one sheet of 340 kB, most of it grid and spacing helpers. Its parts are marked by
// "@file" comments; we take the tokens and the components that our templates use.
const KERN_PARTS = [
  "_colors", "_font", "_sizes", "_spacing", "_variables", "_themes", "_layers",
  "_check", "_checkbox", "_progress",
];
const FONTS = ["Regular", "Medium", "SemiBold", "Bold"];

function kernParts(sheet) {
  const seen = new Set();
  const pieces = sheet.split(/(?=\/\*\*\s*\*\s*@file )/);
  return pieces
    .filter((piece) => {
      const name = /@file (\w+)\.scss/.exec(piece)?.[1];
      // the second "_spacing" is thousands of helper classes, only the first holds tokens
      if (!KERN_PARTS.includes(name) || seen.has(name)) return false;
      return seen.add(name);
    })
    .join("\n");
}

/** Drops the tokens that nothing refers to. */
function prune(css) {
  let before;
  do {
    before = css;
    const used = new Set([...css.matchAll(/var\(\s*(--kern-[\w-]+)/g)].map((match) => match[1]));
    css = css.replace(/^\s*(--kern-[\w-]+):[^;]*;\n/gm, (line, name) =>
      used.has(name) ? line : "",
    );
  } while (css !== before);
  return css;
}

/** `@dark { … }` becomes the media query for "auto" and the attribute for the switch. */
function expandDark(css) {
  return css.replace(/@dark\s*\{([^}]*)\}/g, (_, body) =>
    [
      `@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) {${body}} }`,
      `:root[data-theme="dark"] {${body}}`,
    ].join("\n"),
  );
}

const plugin = {
  name: "wesprint",
  setup(builder) {
    builder.onResolve({ filter: /^kern$/ }, () => ({ path: path.join(kern, "kern.css") }));
    builder.onLoad({ filter: /kern\.css$/ }, async ({ path: file }) => ({
      contents: prune(kernParts(await readFile(file, "utf8"))),
      loader: "css",
    }));
    builder.onLoad({ filter: /tokens\.css$/ }, async ({ path: file }) => ({
      contents: expandDark(await readFile(file, "utf8")),
      loader: "css",
      watchFiles: [file],
    }));
  },
};

const options = {
  absWorkingDir: root,
  entryPoints: ["app.css", "app.js", "camera.js", "charts.js", "maps.css", "maps.js"].map((name) => path.join(assets, name)),
  outdir: out,
  bundle: true,
  format: "iife",
  target: ["es2022", "chrome111", "firefox113", "safari16.4"],
  minify: !watch,
  legalComments: "none",
  external: ["*.woff2"],
  plugins: [plugin],
  logLevel: "warning",
};

async function copyFonts() {
  await mkdir(path.join(out, "fonts"), { recursive: true });
  await Promise.all(
    FONTS.map((weight) =>
      cp(
        path.join(kern, "fonts/fira-sans", `FiraSans-${weight}.woff2`),
        path.join(out, "fonts", `FiraSans-${weight}.woff2`),
      ),
    ),
  );
}

/** The camera's reader, served by ourselves and asked for only by pages that scan. */
async function copyReader() {
  await cp(
    path.join(root, "node_modules/zxing-wasm/dist/reader/zxing_reader.wasm"),
    path.join(out, "zxing_reader.wasm"),
  );
}

/** Draws tiles beside the page; a file of its own, so that no script made of text is allowed. */
async function copyMapWorker() {
  const worker = await readFile(path.join(root, "node_modules/maplibre-gl/dist/maplibre-gl-csp-worker.js"), "utf8");
  // its map of the source is not shipped, and collecting refuses what names a missing file
  await writeFile(path.join(out, "maps-worker.js"), worker.replace(/\/\/# sourceMappingURL=.*/, ""));
}

await rm(out, { recursive: true, force: true });
await copyFonts();
await copyReader();
await copyMapWorker();
if (watch) await (await context(options)).watch();
else await build(options);
