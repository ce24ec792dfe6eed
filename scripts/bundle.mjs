// Bundles Leaflet, layers/js and layers/css into the folder named on the command line.
import { build } from "esbuild";

const [folder] = process.argv.slice(2);
const styles = ["chuangtu", "layouts", "results", "paper"];
const shared = { bundle: true, minify: true, sourcemap: true, logLevel: "warning", absWorkingDir: process.cwd() };
const entry = (lines, loader) => ({
  contents: lines.join("\n"),
  resolveDir: process.cwd(),
  sourcefile: `atlas.${loader}`,
  loader,
});

await build({
  ...shared,
  stdin: entry(['import "leaflet";', 'import "./layers/js/atlas.js";'], "js"),
  outfile: `${folder}/atlas.js`,
  format: "iife",
  target: "es2022",
});
await build({
  ...shared,
  stdin: entry(
    ['@import "leaflet/dist/leaflet.css";', ...styles.map((name) => `@import "./layers/css/${name}.css";`)],
    "css",
  ),
  outfile: `${folder}/atlas.css`,
  external: ["*.png"], // of Leaflet's own markers and layer switch, which no map of ours has
});
