// @ts-check
/** SVG renderer of a pane, one per map. */
export function renderer(/** @type {Atlas} */ atlas, pane) {
  atlas.renderers[pane] ??= L.svg({ pane, padding: 0.6 });
  return atlas.renderers[pane];
}

export function line(/** @type {Atlas} */ atlas, pane, className, options = {}) {
  return L.polyline([], {
    pane,
    renderer: renderer(atlas, pane),
    interactive: false,
    smoothFactor: 0,
    className,
    ...options,
  });
}
