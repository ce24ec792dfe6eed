// @ts-check
/*
 * Puts maps into the page and takes them out. A map lives in a shadow tree, so that no rule of the
 * page reaches it and none of its own gets out; one that left the page waits a while for the
 * reader to come back to its ground.
 */
import { afresh, base, paint } from "./overlay.js";

/** How many maps wait outside the page. */
const WAITING = 3;
const waiting = [];

/** Builds what holds a map: host, style, frame, and the map itself. */
function build({ options, base }, sheets) {
  const host = document.createElement("div");
  host.className = "ct-map";
  const tree = host.attachShadow({ mode: "open" });
  tree.adoptedStyleSheets = sheets;
  tree.innerHTML = '<div class="ct-atlas"><div class="ct-frame"><div class="folium-map"></div></div></div>';
  return { host, base, map: L.map(tree.querySelector(".folium-map"), options), started: false };
}

function leave(mounted) {
  mounted.host.remove();
  mounted.map.chuangtu.onClick = null;
  clearTimeout(mounted.map.chuangtu.sending);
  waiting.unshift(mounted);
  waiting.splice(WAITING).forEach(({ map }) => map.remove());
}

function arrive(message, sheets) {
  const at = waiting.findIndex(({ base }) => base.document === message.base.document);
  return at < 0 ? build(message, sheets) : waiting.splice(at, 1)[0];
}

/**
 * Shows what the page sends.
 * @param {HTMLElement} place where in the page
 * @param {Message} message
 * @param {CSSStyleSheet[]} sheets
 * @param {(clicked: Clicked) => void} onClick
 * @returns {() => void} takes the map out again
 */
export function show(place, message, sheets, onClick) {
  let mounted = place.chuangtu;
  if (mounted && mounted.base.document !== message.base.document) {
    leave(mounted);
    mounted = null;
  }
  if (!mounted) {
    mounted = place.chuangtu = arrive(message, sheets);
    place.append(mounted.host);
    if (mounted.started) afresh(mounted.map.chuangtu);
    else base(mounted.map, message.base);
    mounted.started = true;
  }
  mounted.map.chuangtu.frame.setHeights(message.base.heights);
  mounted.map.chuangtu.onClick = onClick;
  paint(mounted.map, L.featureGroup(), message.paint);
  return () => {
    if (place.chuangtu) leave(place.chuangtu);
    place.chuangtu = null;
  };
}

/** The maps in the page, in its order. */
export const maps = () =>
  [...document.querySelectorAll(".ct-map")].map((host) => host.shadowRoot.querySelector(".folium-map").chuangtu);
