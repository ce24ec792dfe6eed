// @ts-check
/* How a site is drawn on the main map at each zoom. */
import { isDisc, sizes } from "./symbols.js";

/** How large a symbol is drawn on the main map at this zoom. */
export function lookOnMain(/** @type {Atlas} */ atlas) {
  return (layer) => {
    const zoom = atlas.map.getZoom();
    const { inset, crowd } = atlas;
    if (isDisc(layer.feature.properties)) return { disc: true };
    if (layer.feature.properties.v) return { r: zoom < 9 ? sizes.phone : sizes.overview, dot: "" };
    if (layer.feature.properties.h) return { r: layer.feature.properties.p ? 3.6 : sizes.phone, dot: "hollow" };
    if (layer.feature.properties.w) return { r: sizes.close, dot: "doubtful" };
    if (layer.feature.properties.m) return { r: sizes.close, dot: "marked" };
    if (atlas.paint.marking) return { r: sizes.dot, dot: "faint" };
    if (atlas.paint.plain) return { r: sizes.dot + (zoom >= 10 ? 0.5 : 0), dot: "plain" };
    if (atlas.counted.cells.size && !layer.feature.properties.r) return { r: sizes.dot + 0.5, dot: "family" };
    if (inset?.visible && inset.bounds.contains(layer.getLatLng())) return { r: sizes.dot, dot: "ink" };
    if (zoom >= 11) return { r: sizes.close, dot: "" };
    if (zoom < 9) return { r: sizes.dot + 0.5, dot: "family" };
    if (!atlas.frame.narrow || atlas.frame.centred) return { r: sizes.overview, dot: "" };
    return crowd?.contains(layer.getLatLng()) ? { r: sizes.dot, dot: "family" } : { r: sizes.phone, dot: "" };
  };
}
