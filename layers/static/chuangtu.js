/*
 * The atlas map: chuangtu.base draws the ground once, chuangtu.paint everything that changes.
 *
 * Every text that arrives here is HTML that layers/escape.py has escaped; nothing is built from
 * raw text in this file. Coordinates are WGS84; only their display may be shifted (datum.js).
 */
(() => {
  "use strict";
  const chuangtu = (window.chuangtu = window.chuangtu || {});

  /** What tests and other programs may read of a map. */
  const unpainted = () => ({ painted: 0, districts: 0, labels: 0, lettered: 0, paints: 0, language: "", theme: "", inset: false, basemap: "", selected: "", position: "", mounted: `${Date.now()}-${Math.random()}` });

  /** From this zoom on, symbols whose colours are alike bear a letter. */
  const LETTERED = 12;

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
      if (!atlas.frame.narrow || atlas.frame.centred) return { r: sizes.overview, dot: "" };
      return crowd && crowd.contains(layer.getLatLng()) ? { r: sizes.dot, dot: "family" } : { r: sizes.phone, dot: "" };
    };
  }

  /**
   * Starts the base map. Called once for each map.
   * @param {L.Map} map
   * @param {{document: (string|object), palettes: object, sizes: object}} options
   */
  function base(map, options) {
    Object.assign(chuangtu.sizes, options.sizes);
    const atlas = { map, options, document: null, pending: null, paint: null, features: [], byId: new Map(), inset: null, touched: false, finest: map.getMaxZoom(), state: unpainted(), told: null, clicked: new Set() };
    atlas.latlng = (c) => L.latLng(c[1], c[0]);
    /** Tells the page what was clicked, and where (WGS84). */
    atlas.tell = (kind, id, latlng) => {
      const [lon, lat] = chuangtu.dataPosition(atlas.paint.basemap, latlng.lng, latlng.lat);
      atlas.clicked.add(`${kind}:${id}`);
      if (atlas.told) atlas.told({ kind, id, lon, lat });
    };
    map.chuangtu = atlas;
    map.getContainer().chuangtu = atlas;
    chuangtu.panes(map);
    atlas.frame = new chuangtu.Frame(atlas);
    atlas.frame.setTheme(options.palettes.light, "light");
    atlas.view = { look: lookOnMain(atlas), colours: options.palettes.light, isolated: "", districtAt: (latlng) => districtAt(atlas, latlng), explain: (site) => chuangtu.explain(site, atlas), moved: (site) => chuangtu.moves(atlas).get(site), below: (ctx) => chuangtu.drawBelow(ctx, atlas) };
    atlas.canvas = new chuangtu.SitesCanvas({ pane: "sites", padding: 0.2, view: atlas.view }).addTo(map);
    atlas.layers = chuangtu.drawGround(map, atlas);
    atlas.layers.own.on("click", ({ sourceTarget: { feature }, latlng }) => atlas.tell("district", feature.properties.id, latlng));
    atlas.zoom = L.control.zoom({ position: "topright" }).addTo(map);
    atlas.scale = L.control.scale({ imperial: false, position: "bottomright", maxWidth: 90 }).addTo(map);
    listen(atlas);
    chuangtu.listenForPaper(atlas);
    load(atlas);
  }

  async function load(atlas) {
    const source = atlas.options.document;
    const fetched = typeof source === "string" ? fetch(source).then((r) => (r.ok ? r.json() : null)).catch(() => null) : source;
    const [doc] = await Promise.all([fetched, chuangtu.fontsLoaded()]);
    atlas.failed = !doc;
    if (atlas.failed) {
      // An old tab after a restart asks for a ground that is no more; the next paint asks again.
      if (atlas.pending) tellFailure(atlas, atlas.pending);
      return;
    }
    atlas.frame.setFailed("");
    chuangtu.forgetMeasures();
    atlas.document = doc;
    chuangtu.fillGround(atlas.layers, atlas);
    atlas.state.districts = atlas.layers.own.getLayers().length;
    if (atlas.pending) apply(atlas, atlas.pending);
  }

  function tellFailure(atlas, what) {
    atlas.frame.setFailed(what.texts.failed);
    atlas.state.failed = true;
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
      if (atlas.settling) return;
      chuangtu.letterSoon(atlas);
      chuangtu.tellPosition(atlas);
    });
    chuangtu.keepTipsInside(map);
    const observer = new ResizeObserver(() => frame.layout());
    observer.observe(container);
    map.on("unload", () => {
      observer.disconnect();
      cancelAnimationFrame(atlas.lettering);
      clearTimeout(atlas.telling);
      if (atlas.inset) atlas.inset.unmount();
      chuangtu.dropLocator(atlas);
    });
  }

  /** The district under a position, its handler included; null outside. */
  function districtAt(atlas, latlng) {
    return atlas.layers.own.getLayers().find((layer) => chuangtu.contains(layer, latlng)) || null;
  }

  /**
   * Paints what changes, instead of what was painted before.
   * @param {L.Map} map
   * @param {L.FeatureGroup} group feature group that is to hold it
   * @param {object} what see layers/transport/overlay.py
   */
  function paint(map, group, what) {
    const atlas = map.chuangtu;
    if (atlas.group) atlas.group.remove();
    atlas.group = group.addTo(map);
    atlas.what = what;
    const theme = what.theme;
    atlas.frame.setTheme(atlas.options.palettes[theme], theme);
    atlas.frame.root.lang = what.lang === "en" ? "en" : "zh-Hans";
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
    chuangtu.awaitPlace(atlas, what.placing);
    Object.assign(atlas.state, { language: what.lang, theme, paints: atlas.state.paints + 1 });
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
    }).on("click", ({ sourceTarget: { feature }, latlng }) => atlas.tell("site", feature.properties.i, latlng)).addTo(group);
    atlas.state.painted = atlas.features.length;
  }

  /** Second half of a paint, once the document is there. */
  function apply(atlas, what) {
    const { map, frame } = atlas;
    atlas.pending = null;
    chuangtu.setBasemap(atlas, what.basemap);
    chuangtu.styleGround(atlas.layers, atlas);
    chuangtu.drawEdges(atlas);
    atlas.layers.own.eachLayer((layer) => {
      const html = chuangtu.districtTooltip(layer.feature.properties, atlas);
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
    frame.setCentre(what.inset);
    map.getContainer().classList.toggle("ct-results", Boolean(what.view));
    chuangtu.settle(atlas, true);
    Object.assign(atlas.state, { selected: what.selected_site || "", basemap: what.basemap ? what.basemap.name : "" });
  }

  function nameControls(atlas, texts) {
    const buttons = atlas.zoom.getContainer().querySelectorAll("a");
    [texts.zoom_in, texts.zoom_out].forEach((text, i) => {
      buttons[i].setAttribute("title", text);
      buttons[i].setAttribute("aria-label", text);
    });
  }

  /** Shows one family, the others faint; "" shows all. */
  function isolate(atlas, family) {
    atlas.view.isolated = family;
    atlas.canvas._redraw();
    if (atlas.inset) atlas.inset.restyle();
  }

  /** As if newly mounted: a reader who comes back finds the first view and every family. */
  function afresh(atlas) {
    Object.assign(atlas, { touched: false, handled: false, view0: null, focus: null, fitted: null, brought: undefined, clicked: new Set(), arrival: null, toldPosition: null });
    atlas.frame.afresh();
  }

  Object.assign(chuangtu, { base, paint, isolate, afresh });
})();
