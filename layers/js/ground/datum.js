// @ts-check
/* GCJ-02, the datum of Amap's tiles: the display is shifted, the data never are. */
/** Semi-major axis (m) and squared eccentricity of the Krasovsky 1940 ellipsoid. */
const A = 6378245;
const EE = 0.006693421622965943;

/** The polynomial and waves common to both axes of the published shift. */
function waves(x) {
  return ((20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * 2) / 3;
}

function northing(x, y) {
  return (
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * Math.sqrt(Math.abs(x)) +
    waves(x) +
    ((20 * Math.sin(y * Math.PI) + 40 * Math.sin((y / 3) * Math.PI)) * 2) / 3 +
    ((160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y * Math.PI) / 30)) * 2) / 3
  );
}

function easting(x, y) {
  return (
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * Math.sqrt(Math.abs(x)) +
    waves(x) +
    ((20 * Math.sin(x * Math.PI) + 40 * Math.sin((x / 3) * Math.PI)) * 2) / 3 +
    ((150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * 2) / 3
  );
}

/**
 * WGS84 to GCJ-02, wherever the point lies.
 * @param {number} lon degrees
 * @param {number} lat degrees
 * @returns {[number, number]} longitude, latitude
 */
export function gcj02(lon, lat) {
  const x = lon - 105;
  const y = lat - 35;
  const radians = (lat / 180) * Math.PI;
  const magic = 1 - EE * Math.sin(radians) ** 2;
  const root = Math.sqrt(magic);
  const dLat = (northing(x, y) * 180) / (((A * (1 - EE)) / (magic * root)) * Math.PI);
  const dLon = (easting(x, y) * 180) / ((A / root) * Math.cos(radians) * Math.PI);
  return [lon + dLon, lat + dLat];
}

/** Even-odd rule over all rings of a (multi)polygon's coordinates. */
function insideRings(rings, lon, lat) {
  let within = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i];
      const [xj, yj] = ring[j];
      if (yi > lat !== yj > lat && lon < ((xj - xi) * (lat - yi)) / (yj - yi) + xi) within = !within;
    }
  }
  return within;
}

/**
 * The function that turns data coordinates into display coordinates.
 * @param {?{datum: string, area: number[][][]}} basemap area: rings of where GCJ-02 applies
 * @returns {(lon: number, lat: number) => [number, number]}
 */
export function displayShift(basemap) {
  if (basemap?.datum !== "gcj02") return (lon, lat) => [lon, lat];
  const rings = basemap.area;
  return (lon, lat) => (insideRings(rings, lon, lat) ? gcj02(lon, lat) : [lon, lat]);
}

/**
 * The data's position of a point on the display: displayShift undone.
 * @param {?{datum: string, area: number[][][]}} basemap as for displayShift
 * @returns {[number, number]} longitude, latitude, WGS84
 */
export function dataPosition(basemap, lon, lat) {
  const shift = displayShift(basemap);
  let [x, y] = [lon, lat];
  // The shift hardly changes over its own length: each step is some hundred times nearer.
  for (let i = 0; i < 6; i++) {
    const [u, v] = shift(x, y);
    [x, y] = [x + lon - u, y + lat - v];
  }
  const [u, v] = shift(x, y);
  return Math.hypot(u - lon, v - lat) < 1e-7 ? [x, y] : [lon, lat]; // at the area's edge there may be none
}
