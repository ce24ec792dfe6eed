// @ts-check
/* What is lettered on the main map, in which order, and when. */
import { bodyOf, contains, landShare } from "../ground/outline.js";
import { areaFill } from "../policy/layout_areas.js";
import { arrangeLayout } from "../policy/layout_drawing.js";
import { furnish, showView } from "../policy/notes.js";
import { hullBoxes, hullLabels } from "../results/clusters.js";
import { countOutside, discBoxes, explainCircle, turnTag } from "../results/result_view.js";
import { trialBoxes, trialLabels } from "../results/trial.js";
import { keepTagInside, markSelection, selectionBoxes } from "../sites/selection.js";
import { isDisc } from "../sites/symbols.js";
import { place } from "./written.js";

/** With more districts than this, those without a site are lettered quietly. */
const MANY = 40;

/** How many times larger than its name a district without a site has to be, to bear it. */
const SPARSE = 8;
/** Lines to names of districts at most. */
const LEADS = { wide: 8, phone: 6 };

/** Label items of own districts: name, badge of unlocated sites, value. */
function districtLabels(own, atlas, map) {
  const { paint, inset } = atlas;
  const all = own.units;
  const size = map.getSize();
  const enlarged = inset?.visible && map === atlas.map ? inset.bounds : null;
  const many = all.length > MANY;
  const { strong = {}, lettered = [] } = paint.layout || {};
  const items = all
    .filter((layer) => !lettered.includes(layer.feature.properties.id))
    .map((layer) => {
      const p = layer.feature.properties;
      const [fill, sign, plainValue, badge] = paint.units[p.id] || [];
      const value = strong[p.id] || plainValue;
      const quiet = sign === "none" || (many && fill === "r0" && !badge);
      const marked = sign === "peer" || paint.compared.includes(p.id) || paint.selected_district === p.id;
      const letter = sign === "peer" ? `<span class="ct-badge ct-peer">${badge}</span>` : "";
      const name = letter + nameOf(p, paint) + (badge && !letter ? `<span class="ct-badge">${badge}</span>` : "");
      const b = layer.getBounds();
      const a = map.latLngToContainerPoint(b.getNorthWest());
      const c = map.latLngToContainerPoint(b.getSouthEast());
      const seen = a.x > 0 && a.y > 0 && c.x < size.x && c.y < size.y;
      const named = enlarged?.contains(b.getCenter());
      return {
        quiet,
        html: value ? `${name}<small>${value}</small>` : name,
        shorter: value ? name : "",
        cls: quiet
          ? "ct-quiet"
          : strong[p.id]
            ? "ct-district ct-strong"
            : areaFill(paint, p.id)
              ? "ct-district ct-tinted"
              : "ct-district",
        anchor: atlas.latlng(p.at),
        polygon: layer,
        rest: all,
        room: quiet ? SPARSE : 0,
        crowd: strong[p.id] ? 60 : 0,
        // The densest are named aside where they are too small, unless the inset names them.
        led: strong[p.id] || marked ? 100 : named || !seen ? 0 : Number(/\d$/.exec(fill || "")) || 0,
        rank: (marked || strong[p.id] ? 0 : quiet ? 2e7 : 1e7) + Math.min(9e6, (c.x - a.x) * (c.y - a.y)),
      };
    });
  return items.sort((x, y) => x.rank - y.rank);
}

/** Names of the cities whose districts are drawn, each across its districts. */
function cityLabels(own, atlas, map) {
  const { names = {} } = atlas.document;
  const size = map.getSize();
  // Another datum draws the districts anew.
  if (own.citiesOf !== own.units) {
    own.citiesOf = own.units;
    own.cities = Object.keys(names).map((code) => [
      code,
      own.units.filter((layer) => layer.feature.properties.city === code),
    ]);
  }
  const held = ({ extent }) =>
    extent && extent.min.x > 0 && extent.min.y > 0 && extent.max.x < size.x && extent.max.y < size.y;
  return own.cities
    .filter(([, units]) => units.length > 1 && held(bodyOf(map, units)))
    .map(([code, units]) => ({
      html: nameOf(names[code], atlas.paint),
      cls: "ct-prefecture",
      anchor: null,
      polygon: units,
      whole: true,
      crowd: 1,
    }));
}

/** Items of the own units by rank: with a figure, cities, without one. */
export function ownLabels(own, atlas, map) {
  const districts = districtLabels(own, atlas, map);
  return [districts.filter(({ quiet }) => !quiet), cityLabels(own, atlas, map), districts.filter(({ quiet }) => quiet)];
}

/** Name in the paint's language, short where asked for. */
export function nameOf(p, paint) {
  if (paint.lang === "en") return p.en || p.zh;
  return (paint.short_names && p.short) || p.zh;
}

function contextLabels(context, atlas) {
  return context
    .getLayers()
    .filter((layer) => layer.feature.properties.at)
    .map((layer) => ({
      html: nameOf(layer.feature.properties, atlas.paint),
      cls: "ct-neighbour",
      anchor: atlas.latlng(layer.feature.properties.at),
      polygon: layer,
      whole: true,
    }))
    .filter((item) => item.html);
}

/** Names of seas and bays: only where no land unit is. */
function waterLabels(layers, atlas) {
  const { lands } = layers.own;
  const dry = (box) => (landShare(atlas.map, lands, box) > 0 ? Infinity : 0);
  return (atlas.document.waters || []).map((w) => ({
    html: atlas.paint.lang === "en" ? w.en : w.zh,
    cls: "ct-water",
    anchor: atlas.latlng(w.at),
    polygon: null,
    cost: dry,
    accept: (latlng) => !lands.some((land) => contains(land, latlng)),
  }));
}

/** Letters in the next frame: only then have the renderers drawn the new view. */
export function letterSoon(/** @type {Atlas} */ atlas) {
  cancelAnimationFrame(atlas.lettering);
  atlas.lettering = requestAnimationFrame(() => letter(atlas));
}

/** Letters once the symbols are on the screen; until then the former labels stand. */
export function letterLater(/** @type {Atlas} */ atlas) {
  cancelAnimationFrame(atlas.lettering);
  atlas.lettering = requestAnimationFrame(() => setTimeout(() => letter(atlas)));
}

/** Places all lettering of the main map. */
export function letter(/** @type {Atlas} */ atlas) {
  const { map, layers, frame, document: doc, paint } = atlas;
  if (!doc || !paint || !map.getSize().x) return;
  if (atlas.inset) atlas.inset.refresh();
  const shown = Boolean(atlas.inset?.visible);
  if (shown !== atlas.state.inset) {
    atlas.state.inset = shown;
    markSelection(map, atlas, false);
    atlas.canvas.draw();
  }
  frame.drawLeaders();
  if (atlas.ring) atlas.ring.setLatLng(atlas.ringed.getCenter());
  turnTag(atlas);
  keepTagInside(map);
  countOutside(atlas);
  const view = map.getBounds();
  const points = [];
  for (const layer of atlas.byId.values()) {
    if (!isDisc(layer.feature.properties) && view.contains(layer.getLatLng()))
      points.push(map.latLngToContainerPoint(layer.getLatLng()));
  }
  showView(atlas);
  const drawn = arrangeLayout(atlas, points);
  if (atlas.unfurnished) furnish(atlas);
  // Names stand in the cells beside their numbers.
  const own = atlas.counted.cells.size ? [] : ownLabels(layers.own, atlas, map);
  const around = contextLabels(layers.context, atlas).filter((item) => view.intersects(item.polygon.getBounds()));
  const boxes = [...frame.furniture(), ...selectionBoxes(map, atlas), ...drawn.boxes, ...discBoxes(atlas)];
  boxes.push(...atlas.counted.boxes(), ...hullBoxes(atlas), ...trialBoxes(atlas));
  boxes.push(...explainCircle(atlas, boxes));
  const online = Boolean(paint.basemap);
  const groups = [
    drawn.items,
    trialLabels(atlas),
    hullLabels(atlas),
    ...own,
    ...(online ? [] : [waterLabels(layers, atlas), around]),
  ];
  atlas.state.labels = place(map, groups, {
    boxes,
    soft: drawn.soft,
    points,
    air: layers.own.units.length > MANY ? 16 : 6,
    most: frame.narrow ? LEADS.phone : LEADS.wide,
  });
  atlas.state.lettered = atlas.state.paints;
}
