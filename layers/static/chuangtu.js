/*
 * The atlas map: chuangtu.base draws the ground once, chuangtu.paint everything that changes.
 *
 * Every text that arrives here is HTML that layers/escape.py has escaped; nothing is built from
 * raw text in this file. Coordinates are WGS84; only their display may be shifted (datum.js).
 */
(() => {
  "use strict";
  const chuangtu = (window.chuangtu = window.chuangtu || {});

  /** What tests and other programs may read. */
  chuangtu.state = { painted: 0, districts: 0, labels: 0, lettered: 0, paints: 0, language: "", theme: "", inset: false, basemap: "", selected: "", mounted: "" };

  const PANES = { context: 250, own: 300, lines: 340, areas: 350, layout: 380, sites: 450, elements: 470, labels: 500, top: 560 };

  /** Share of the region's extent below which an island does not decide the first view. */
  const SPECK = 2e-4;

  /** With more districts than this, those without a site are lettered quietly. */
  const MANY = 40;

  /** From this zoom on, symbols whose colours are alike bear a letter. */
  const LETTERED = 12;

  /** Creates the panes, those for lettering open to the pointer below. */
  function panes(map) {
    for (const [name, z] of Object.entries(PANES)) {
      const pane = map.createPane(name);
      pane.style.zIndex = z;
      if (name !== "sites") pane.style.pointerEvents = "none";
      if (name === "labels" || name === "top") pane.classList.add("ct-lettering");
    }
  }

  /** SVG layer group for polygons or lines of the document. */
  function vectors(map, atlas, pane, style) {
    return L.geoJSON(null, {
      pane, style, interactive: false, renderer: L.svg({ pane, padding: 0.4 }), coordsToLatLng: atlas.latlng, smoothFactor: 0.6,
    }).addTo(map);
  }

  /** Draws neighbours, own districts and outlines into a map; empty until the document is there. */
  function drawGround(map, atlas) {
    const old = atlas.grounds.get(map);
    if (old) Object.values(old).forEach((layer) => layer.remove());
    const layers = {
      context: vectors(map, atlas, "context", { className: "ct-context", weight: 0.8, fillOpacity: 1 }),
      own: vectors(map, atlas, "own", { className: "ct-own", weight: 0.8, fillOpacity: 1 }),
      cities: vectors(map, atlas, "lines", { className: "ct-city", fill: false, weight: 1.2 }),
      outline: vectors(map, atlas, "lines", { className: "ct-outline", fill: false, weight: 1.8 }),
      marked: vectors(map, atlas, "lines", { className: "ct-marked", fill: false, weight: 2.4 }),
    };
    atlas.grounds.set(map, layers);
    if (atlas.document) fillGround(layers, atlas);
    return layers;
  }

  function fillGround(layers, { document: doc }) {
    layers.context.addData(doc.context);
    layers.own.addData(doc.districts);
    if (doc.cities) layers.cities.addData(doc.cities);
    layers.outline.addData(doc.outline);
  }

  /** Fills and lines by the last paint. */
  function styleGround(layers, atlas) {
    const { paint, document: doc } = atlas;
    const online = Boolean(paint.basemap);
    layers.context.setStyle({ fillOpacity: online ? 0 : 1, opacity: online ? 0.5 : 1 });
    const unitsAreCities = doc.level === "city";
    layers.marked.clearLayers();
    layers.own.eachLayer((layer) => {
      const { id } = layer.feature.properties;
      const [fill, sign] = paint.units[id] || ["", ""];
      const area = chuangtu.areaFill(paint, id);
      const colour = area || (sign === "none" ? "url(#ct-none)" : sign === "few" ? `url(#ct-few-${fill})` : `var(--${fill || "own"})`);
      const plain = !fill && !sign && !area;
      layer.setStyle({
        fillColor: colour, fillOpacity: online ? (plain ? 0.08 : 0.58) : 1,
        weight: unitsAreCities ? (sign === "none" ? 0.8 : 1.2) : layer.options.weight,
        opacity: unitsAreCities && sign === "none" ? 0.55 : 0.9,
      });
      layer._path.classList.toggle("ct-unit-city", unitsAreCities);
      if (paint.compared.includes(id) || paint.selected_district === id) {
        layers.marked.addData(layer.feature);
        const chosen = paint.selected_district === id && !paint.compared.includes(id);
        layers.marked.getLayers().at(-1)._path.classList.toggle("ct-chosen", chosen);
      }
    });
  }

  /** Label items of own districts: name, badge of unlocated sites, value. */
  function districtLabels(own, atlas, map) {
    const { paint } = atlas;
    const many = own.getLayers().length > MANY;
    const { strong = {}, lettered = [] } = paint.layout || {};
    const items = own.getLayers().filter((layer) => !lettered.includes(layer.feature.properties.id)).map((layer) => {
      const p = layer.feature.properties;
      const [fill, sign, plainValue, badge] = paint.units[p.id] || [];
      const value = strong[p.id] || plainValue;
      const quiet = sign === "none" || (many && fill === "r0" && !badge);
      const marked = paint.compared.includes(p.id) || paint.selected_district === p.id;
      const name = nameOf(p, paint) + (badge ? `<span class="ct-badge">${badge}</span>` : "");
      const b = layer.getBounds();
      const a = map.latLngToContainerPoint(b.getNorthWest());
      const c = map.latLngToContainerPoint(b.getSouthEast());
      return {
        html: value ? `${name}<small>${value}</small>` : name,
        shorter: value ? name : "",
        cls: quiet ? "ct-quiet" : strong[p.id] ? "ct-district ct-strong" : chuangtu.areaFill(paint, p.id) ? "ct-district ct-tinted" : "ct-district",
        anchor: atlas.latlng(p.at), polygon: layer, insist: Boolean(strong[p.id]), led: Boolean(strong[p.id]), crowd: strong[p.id] ? 60 : 0,
        rank: (marked || strong[p.id] ? 0 : quiet ? 2e7 : 1e7) + Math.min(9e6, (c.x - a.x) * (c.y - a.y)),
      };
    });
    return items.sort((x, y) => x.rank - y.rank);
  }

  /** Name in the paint's language, short where asked for. */
  function nameOf(p, paint) {
    if (paint.lang === "en") return p.en || p.zh;
    return (paint.short_names && p.short) || p.zh;
  }

  function contextLabels(context, atlas) {
    return context.getLayers()
      .filter((layer) => layer.feature.properties.at)
      .map((layer) => ({
        html: nameOf(layer.feature.properties, atlas.paint), cls: "ct-neighbour",
        anchor: atlas.latlng(layer.feature.properties.at), polygon: layer, insist: false, whole: true,
      }))
      .filter((item) => item.html);
  }

  /** Names of seas and bays: only where no land unit is. */
  function waterLabels(layers, atlas) {
    const lands = [...layers.own.getLayers(), ...layers.context.getLayers()];
    return (atlas.document.waters || []).map((w) => ({
      html: atlas.paint.lang === "en" ? w.en : w.zh, cls: "ct-water", anchor: atlas.latlng(w.at), polygon: null, insist: false, whole: true,
      accept: (latlng) => !lands.some((land) => chuangtu.contains(land, latlng)),
    }));
  }

  /**
   * Tooltip of a site; its id comes first, out of sight, so that a click can be told apart. The
   * count of paints follows: st_folium reports nothing when a tooltip is the same as at the last
   * click, and then a place could not be chosen again after another was.
   */
  function siteTooltip(feature, atlas) {
    const p = feature.properties;
    const caption = p.t === undefined ? "" : atlas.paint.captions[p.t];
    return `<span class="ct-id">site:${p.i}\n${chuangtu.state.paints}\n</span><b>${p.n}</b>${caption ? `<br><span class="ct-caption">${caption}</span>` : ""}`;
  }

  function explain(site, atlas) {
    const above = chuangtu.isDisc(site.feature.properties) ? 14 : 6;
    site.bindTooltip(siteTooltip(site.feature, atlas), { direction: "top", offset: [0, -above] });
  }

  function districtTooltip(p, atlas) {
    const unit = atlas.paint.units[p.id] || [];
    const caption = unit[4] || unit[2] || "";
    return `<span class="ct-id">district:${p.id}\n${chuangtu.state.paints}\n</span><b>${atlas.paint.lang === "en" ? p.en || p.zh : p.zh}</b>${caption ? `<br><span class="ct-caption">${caption}</span>` : ""}`;
  }

  /** How large a symbol is drawn on the main map at this zoom. */
  function lookOnMain(atlas) {
    const { sizes } = chuangtu;
    return (layer) => {
      const zoom = atlas.map.getZoom();
      const { inset, crowd } = atlas;
      if (chuangtu.isDisc(layer.feature.properties)) return { disc: true };
      if (layer.feature.properties.m) return { r: sizes.close, dot: "marked" };
      if (atlas.paint.marking) return { r: sizes.dot, dot: "faint" };
      if (atlas.paint.plain) return { r: sizes.dot + (zoom >= 10 ? 0.5 : 0), dot: "plain" };
      if (inset && inset.visible && inset.bounds.contains(layer.getLatLng())) return { r: sizes.dot, dot: "ink" };
      const letter = zoom >= LETTERED && atlas.paint.letters[layer.feature.properties.f];
      if (letter) return { r: sizes.lettered, dot: "", letter };
      if (zoom >= 11) return { r: sizes.close, dot: "" };
      if (zoom < 9) return { r: sizes.dot + 0.5, dot: "family" };
      if (!atlas.frame.narrow) return { r: sizes.overview, dot: "" };
      return crowd && crowd.contains(layer.getLatLng()) ? { r: sizes.dot, dot: "family" } : { r: sizes.phone, dot: "" };
    };
  }

  /**
   * Starts the base map. Called once by the map's own script.
   * @param {L.Map} map
   * @param {{document: (string|object), bounds: number[][], palettes: object, sizes: object, fonts: object[], heights: object}} options
   */
  function base(map, options) {
    Object.assign(chuangtu.sizes, options.sizes);
    const atlas = { map, options, document: null, pending: null, paint: null, features: [], byId: new Map(), inset: null, touched: false, grounds: new Map() };
    atlas.latlng = (c) => L.latLng(c[1], c[0]);
    map.chuangtu = atlas;
    panes(map);
    chuangtu.patterns();
    chuangtu.setTheme(options.palettes.light, "light");
    atlas.frame = new chuangtu.Frame(atlas, options.heights);
    atlas.view = { look: lookOnMain(atlas), colours: options.palettes.light, isolated: "", districtAt: (latlng) => districtAt(atlas, latlng), explain: (site) => explain(site, atlas), moved: (site) => chuangtu.moves(atlas).get(site), below: (ctx) => chuangtu.drawBelow(ctx, atlas) };
    atlas.canvas = new chuangtu.SitesCanvas({ pane: "sites", padding: 0.2, view: atlas.view }).addTo(map);
    atlas.layers = drawGround(map, atlas);
    atlas.zoom = L.control.zoom({ position: "topright" }).addTo(map);
    atlas.scale = L.control.scale({ imperial: false, position: "bottomright", maxWidth: 90 }).addTo(map);
    listen(atlas);
    Object.assign(chuangtu.state, { mounted: `${Date.now()}-${Math.random()}`, painted: 0, districts: 0, paints: 0, lettered: 0 });
    load(atlas);
  }

  async function load(atlas) {
    const { document: source, fonts } = atlas.options;
    const fetched = typeof source === "string" ? fetch(source).then((r) => (r.ok ? r.json() : null)).catch(() => null) : source;
    const [doc] = await Promise.all([fetched, chuangtu.dressed(fonts)]);
    atlas.failed = !doc;
    if (atlas.failed) {
      // An old tab after a restart asks for a ground that is no more; the next paint asks again.
      if (atlas.pending) tellFailure(atlas, atlas.pending);
      return;
    }
    atlas.frame.setFailed("");
    chuangtu.forgetMeasures();
    atlas.document = doc;
    fillGround(atlas.layers, atlas);
    chuangtu.state.districts = atlas.layers.own.getLayers().length;
    if (atlas.pending) apply(atlas, atlas.pending);
  }

  function tellFailure(atlas, what) {
    atlas.frame.setFailed(what.texts.failed);
    chuangtu.state.failed = true;
  }

  function listen(atlas) {
    const { map, frame } = atlas;
    const container = map.getContainer();
    for (const type of ["mousedown", "wheel", "touchstart", "keydown"]) {
      container.addEventListener(type, () => (atlas.handled = true), { passive: true, capture: true });
    }
    map.on("zoomstart", () => container.classList.add("ct-zooming"));
    map.on("movestart", () => { if (atlas.handled && !atlas.settling) atlas.touched = true; });
    map.on("move zoom", () => { if (!map._animatingZoom) frame.drawLeaders(); });
    map.on("moveend zoomend", () => {
      container.classList.remove("ct-zooming");
      if (!atlas.settling) letterSoon(atlas);
    });
    const observer = new ResizeObserver(() => frame.layout());
    observer.observe(frame.legend);
    window.addEventListener("resize", () => frame.layout());
  }

  /** The district under a position, its handler included; null outside. */
  function districtAt(atlas, latlng) {
    return atlas.layers.own.getLayers().find((layer) => chuangtu.contains(layer, latlng)) || null;
  }

  /**
   * Paints what changes: called by the overlay's script at every rerun.
   * @param {L.Map} map
   * @param {L.FeatureGroup} group feature group that holds the sites
   * @param {object} paint see layers/overlay.py
   */
  function paint(map, group, what) {
    window.feature_group = []; // the frame removed the former group and would keep it for ever
    const atlas = map.chuangtu;
    atlas.what = what;
    const theme = what.theme;
    chuangtu.setTheme(atlas.options.palettes[theme], theme);
    document.documentElement.lang = what.lang === "en" ? "en" : "zh-Hans";
    atlas.view.colours = atlas.options.palettes[theme];
    const shift = chuangtu.displayShift(what.basemap);
    atlas.latlng = (c) => {
      const [lon, lat] = shift(c[0], c[1]);
      return L.latLng(lat, lon);
    };
    drawSites(atlas, group, what);
    atlas.others = chuangtu.unpackOthers(what.others, atlas.latlng);
    chuangtu.drawLayout(atlas, group, what.layout);
    chuangtu.drawPlace(atlas, group, what.place);
    chuangtu.awaitPlace(atlas, group, what.placing);
    chuangtu.state.language = what.lang;
    chuangtu.state.theme = theme;
    chuangtu.state.paints += 1;
    if (atlas.document) apply(atlas, what);
    else {
      atlas.pending = what;
      if (atlas.failed) {
        atlas.failed = false;
        load(atlas);
      }
    }
  }

  /** One L.geoJSON layer on canvas, approximate under exact, mixed under named. */
  function drawSites(atlas, group, what) {
    atlas.paint = what;
    atlas.features = what.sites.features.slice().sort(chuangtu.drawOrder);
    atlas.byId = new Map();
    L.geoJSON({ type: "FeatureCollection", features: atlas.features }, {
      coordsToLatLng: (c) => atlas.latlng(c),
      pointToLayer: (_, latlng) => new chuangtu.SiteMarker(latlng, { pane: "sites", renderer: atlas.canvas }),
      onEachFeature: (feature, layer) => atlas.byId.set(feature.properties.i, layer),
    }).addTo(group);
    chuangtu.state.painted = atlas.features.length;
  }

  /** Second half of a paint, once the document is there. */
  function apply(atlas, what) {
    const { map, frame } = atlas;
    atlas.pending = null;
    setBasemap(atlas, what.basemap);
    styleGround(atlas.layers, atlas);
    chuangtu.drawEdges(atlas);
    atlas.layers.own.eachLayer((layer) => {
      const html = districtTooltip(layer.feature.properties, atlas);
      if (layer.getTooltip()) layer.setTooltipContent(html);
      else layer.bindTooltip(html, { sticky: true, direction: "top", offset: [0, -8] });
      // The keyboard's way to a district is the page's search box: no stop without a use.
      layer.getElement()?.setAttribute("tabindex", "-1");
    });
    map.getContainer().setAttribute("aria-label", what.texts.map);
    nameControls(atlas, what.texts);
    frame.setNote(what.texts.note, what.basemap);
    atlas.crowd = what.inset ? L.latLngBounds(what.inset.bounds) : null;
    frame.setLegend(what.legend);
    atlas.view.isolated = frame.isolated;
    frame.setReset(what.texts.reset);
    map.getContainer().classList.toggle("ct-results", Boolean(what.view));
    settle(atlas, true);
    Object.assign(chuangtu.state, { selected: what.selected_site || "", basemap: what.basemap ? what.basemap.name : "" });
  }

  function nameControls(atlas, texts) {
    const buttons = atlas.zoom.getContainer().querySelectorAll("a");
    [texts.zoom_in, texts.zoom_out].forEach((text, i) => {
      buttons[i].setAttribute("title", text);
      buttons[i].setAttribute("aria-label", text);
    });
  }

  /** Puts tiles under the districts, or takes them away; another datum redraws the ground. */
  function setBasemap(atlas, basemap) {
    const { map } = atlas;
    const name = basemap ? basemap.name : "";
    if (name === (atlas.basemap || "")) return;
    const former = atlas.datum || "wgs84";
    atlas.datum = basemap ? basemap.datum : "wgs84";
    atlas.basemap = name;
    if (atlas.tiles) atlas.tiles.remove();
    atlas.tiles = null;
    map.getContainer().classList.toggle("ct-online", Boolean(basemap));
    map.options.zoomSnap = basemap ? 0.5 : 0;
    map.setMaxZoom(basemap ? basemap.max_zoom : 18);
    if (basemap) atlas.tiles = L.tileLayer(basemap.url, { subdomains: basemap.subdomains, maxZoom: basemap.max_zoom, detectRetina: false }).addTo(map);
    if (atlas.datum !== former) {
      // The group that st_folium listens to stays; its content is laid anew.
      Object.values(atlas.layers).forEach((group) => {
        group.options.coordsToLatLng = atlas.latlng;
        group.clearLayers();
      });
      fillGround(atlas.layers, atlas);
    }
  }

  /** Brings view, inset and lettering in line with size and paint; keeps a view the reader chose. */
  function settle(atlas, repaint = false) {
    const { map, paint: what, document: doc, frame } = atlas;
    if (!doc || !what) return;
    const size = map.getSize();
    if (!size.x || !size.y) return;
    const wanted = what.inset && !frame.narrow && !what.basemap ? L.latLngBounds(what.inset.bounds) : null;
    const outline = outlinePoints(atlas);
    const focus = wantedView(atlas, what);
    if (JSON.stringify(focus) !== JSON.stringify(atlas.focus || null)) atlas.touched = false;
    atlas.focus = focus;
    if (!atlas.touched || !atlas.box) {
      const whole = chuangtu.insetPlan(map, outline, wanted ? chuangtu.insetSize(map, wanted) : null);
      const plan = !focus ? whole : Array.isArray(focus) ? chuangtu.viewPlan(atlas, focus) : chuangtu.focusPlan(map, focus, chuangtu.insetPlan);
      const zoom = map.options.zoomSnap ? Math.floor(2 * plan.zoom) / 2 : plan.zoom;
      atlas.box = plan.box;
      const same = atlas.view0 && atlas.view0.zoom === zoom && atlas.view0.center.equals(plan.center) && atlas.view0.size.equals(size);
      if (!atlas.touched && !same) {
        atlas.view0 = { center: plan.center, zoom, size };
        atlas.settling = true;
        map.options.minZoom = 0; // limits that exclude the new view would start a movement of their own
        map.setMaxBounds(null);
        map.setView(plan.center, zoom, { animate: false });
        confine(map, doc, Math.min(zoom, whole.zoom), focus ? 0 : 1);
        atlas.settling = false;
      }
    }
    if (repaint) chuangtu.bringIntoView(atlas, what.selected_site);
    showInset(atlas, wanted, repaint);
    chuangtu.furnish(atlas);
    markSelection(map, atlas, false);
    if (repaint && chuangtu.state.labels) letterLater(atlas);
    else letter(atlas);
    atlas.canvas._redraw();
  }

  /** What a paint wants to be seen; a result without a position leaves the view as it is. */
  function wantedView(atlas, what) {
    if (what.layout) return what.layout.focus || null;
    atlas.fitted = what.view || atlas.fitted || null;
    return atlas.fitted;
  }

  /** Returns to the first, or the fitted, view. */
  function resetView(atlas) {
    atlas.touched = false;
    atlas.view0 = null;
    settle(atlas);
  }

  /** Mounts, keeps or removes the inset. */
  function showInset(atlas, wanted, repaint) {
    const { inset, box, paint: what } = atlas;
    if (wanted && box && inset && inset.serves(wanted, box)) {
      if (repaint) inset.update(what.inset.title);
      return;
    }
    if (inset) inset.unmount();
    atlas.inset = wanted && box ? new chuangtu.Inset(atlas, wanted, what.inset.title) : null;
    if (atlas.inset) atlas.inset.mount(box);
  }

  /** Keeps the reader where there is something mapped: the document's window, or the first view. */
  function confine(map, doc, zoom, slack) {
    if (!doc.window) return;
    const bounds = L.latLngBounds(doc.window).extend(map.getBounds());
    map.setMinZoom(Math.max(Math.min(zoom, map.getBoundsZoom(bounds, true)), zoom - slack));
    map.setMaxBounds(bounds);
  }

  /** Vertices of the region for fitting the view; specks of islands may fall outside it. */
  function outlinePoints(atlas) {
    if (atlas.outlineOf !== atlas.document || atlas.outlineDatum !== atlas.datum) {
      atlas.outlineOf = atlas.document;
      atlas.outlineDatum = atlas.datum;
      const rings = [];
      atlas.layers.own.eachLayer((layer) => {
        const walk = (part) => (part.length && part[0].lat !== undefined ? rings.push(part) : part.forEach(walk));
        walk(layer.getLatLngs());
      });
      const spread = (b) => (b.getEast() - b.getWest()) * (b.getNorth() - b.getSouth());
      const least = SPECK * spread(L.latLngBounds(rings.flat()));
      const points = rings.filter((ring) => spread(L.latLngBounds(ring)) >= least).flat();
      atlas.outlinePoints = points.length > 4000 ? points.filter((_, i) => i % Math.ceil(points.length / 4000) === 0) : points;
    }
    return atlas.outlinePoints;
  }

  /** Letters in the next frame: only then have the renderers drawn the new view. */
  function letterSoon(atlas) {
    cancelAnimationFrame(atlas.lettering);
    atlas.lettering = requestAnimationFrame(() => letter(atlas));
  }

  /** Letters once the symbols are on the screen; until then the former labels stand. */
  function letterLater(atlas) {
    cancelAnimationFrame(atlas.lettering);
    atlas.lettering = requestAnimationFrame(() => setTimeout(() => letter(atlas)));
  }

  /** Places all lettering of the main map. */
  function letter(atlas) {
    const { map, layers, frame, document: doc, paint: what } = atlas;
    if (!doc || !what || !map.getSize().x) return;
    if (atlas.inset) atlas.inset.refresh();
    const shown = Boolean(atlas.inset && atlas.inset.visible);
    if (shown !== chuangtu.state.inset) {
      chuangtu.state.inset = shown;
      markSelection(map, atlas, false);
      atlas.canvas._redraw();
    }
    frame.drawLeaders();
    if (atlas.ring) atlas.ring.setLatLng(atlas.ringed.getCenter());
    chuangtu.turnTag(atlas);
    keepTagInside(map);
    chuangtu.countOutside(atlas);
    const view = map.getBounds();
    const points = [];
    for (const layer of atlas.byId.values()) {
      if (!chuangtu.isDisc(layer.feature.properties) && view.contains(layer.getLatLng())) points.push(map.latLngToContainerPoint(layer.getLatLng()));
    }
    chuangtu.showView(atlas);
    const drawn = chuangtu.arrangeLayout(atlas, points);
    const own = districtLabels(layers.own, atlas, map).filter((item) => view.intersects(item.polygon.getBounds()));
    const around = contextLabels(layers.context, atlas).filter((item) => view.intersects(item.polygon.getBounds()));
    const boxes = [...frame.furniture(), ...selectionBoxes(map, atlas), ...drawn.boxes, ...chuangtu.discBoxes(atlas)];
    boxes.push(...chuangtu.explainCircle(atlas, boxes));
    const online = Boolean(what.basemap);
    const groups = [drawn.items, own, ...(online ? [] : [waterLabels(layers, atlas), around])];
    chuangtu.state.labels = chuangtu.place(map, groups, { boxes, soft: drawn.soft, points, pane: "labels", air: own.length > MANY ? 16 : 6 });
    chuangtu.state.lettered = chuangtu.state.paints;
  }

  /** Ring, name tag and error circle of the selected site. */
  function markSelection(map, atlas, isInset) {
    const old = atlas.marks || (atlas.marks = new Map());
    (old.get(map) || []).forEach((layer) => layer.remove());
    old.set(map, []);
    if (!isInset) atlas.ring = null;
    const site = atlas.paint.selected_site ? atlas.byId.get(atlas.paint.selected_site) : null;
    if (!site) return;
    const latlng = site.getLatLng();
    const elsewhere = !isInset && atlas.inset && atlas.inset.visible && atlas.inset.bounds.contains(latlng);
    const layers = [];
    const radius = site.feature.properties.u;
    if (radius && !elsewhere) {
      layers.push(L.circle(latlng, { radius, pane: "top", renderer: L.svg({ pane: "top" }), interactive: false, className: "ct-error", fill: false, weight: 1.4, dashArray: "3 3" }));
    }
    const disc = !isInset && chuangtu.isDisc(site.feature.properties);
    const r = elsewhere ? 6 : disc ? 16 : 11;
    const html = `<svg width="44" height="44" viewBox="-22 -22 44 44"><circle r="${r}" class="ct-ring-halo"/><circle r="${r}" class="ct-ring"/></svg>` +
      (elsewhere ? "" : `<span class="ct-call">${site.feature.properties.n}</span>`);
    const icon = L.divIcon({ className: `ct-selected${disc ? " ct-disc" : ""}`, html, iconSize: [44, 44] });
    layers.push(L.marker(disc ? site.getCenter() : latlng, { pane: "top", interactive: false, keyboard: false, icon }));
    if (disc) [atlas.ring, atlas.ringed] = [layers.at(-1), site];
    layers.forEach((layer) => layer.addTo(map));
    old.set(map, layers);
    keepTagInside(map);
  }

  /** Moves the name tag sideways where it would leave the map. */
  function keepTagInside(map) {
    const frame = map.getContainer().getBoundingClientRect();
    for (const tag of map.getPane("top").querySelectorAll(".ct-call")) {
      tag.style.marginLeft = "0";
      const r = tag.getBoundingClientRect();
      if (r.left < frame.left + 4) tag.style.marginLeft = `${frame.left + 4 - r.left}px`;
      else if (r.right > frame.right - 4) tag.style.marginLeft = `${frame.right - 4 - r.right}px`;
    }
  }

  /** Room of the selected site's ring and tag (container px). */
  function selectionBoxes(map, atlas) {
    const site = atlas.paint.selected_site ? atlas.byId.get(atlas.paint.selected_site) : null;
    if (!site) return [];
    const disc = map === atlas.map && chuangtu.isDisc(site.feature.properties);
    const p = map.latLngToContainerPoint(disc ? site.getCenter() : site.getLatLng());
    const tag = map === atlas.map && map.getPane("top").querySelector(".ct-call");
    if (tag) {
      const [r, origin] = [tag.getBoundingClientRect(), map.getContainer().getBoundingClientRect()];
      const ring = disc ? 20 : 16;
      return [[r.left - origin.left, r.top - origin.top, r.right - origin.left, r.bottom - origin.top], [p.x - ring, p.y - ring, p.x + ring, p.y + ring]];
    }
    const half = 8 + 7 * String(site.feature.properties.n).length;
    return [[p.x - Math.max(16, half), p.y - 42, p.x + Math.max(16, half), p.y + 16]];
  }

  /** Shows one family, the others faint; "" shows all. */
  function isolate(atlas, family) {
    atlas.view.isolated = family;
    atlas.canvas._redraw();
    if (atlas.inset) atlas.inset.restyle();
  }

  Object.assign(chuangtu, { base, paint, panes, drawGround, styleGround, districtLabels, markSelection, selectionBoxes, settle, resetView, isolate });
})();
