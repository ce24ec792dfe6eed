/** What passes between page and map, and what a map's modules share; texts are HTML that layers/escape.py escaped. */

/** x0, y0, x1, y1 in px of the container. */
type Box = number[];
/** Longitude, latitude: of the data, in WGS84. */
type Position = [number, number];
type Corners = [[number, number], [number, number]];

/** layers/transport/message.py, Clicked. */
interface Clicked {
  kind:
    | "site"
    | "district"
    | "cell"
    | "cluster"
    | "element"
    | "place"
    | "pin"
    | "pinned"
    | "unpinned"
    | "stroke"
    | "reshaped";
  id: string;
  lon: number;
  lat: number;
  /** Of what is drawn. */
  line?: Position[];
}

/** layers/transport/message.py, Shown. */
interface Message {
  options: L.MapOptions;
  base: Base;
  paint: Paint;
}

/** layers/ground/base.py. */
interface Base {
  document: string | Ground;
  palettes: Record<"light" | "dark", Record<string, string>>;
  sizes: Record<string, number>;
  heights: { frame: number; phone: number };
}

/** layers/ground/base_document.py. */
interface Ground {
  level: string;
  districts: GeoJSON.FeatureCollection<GeoJSON.Polygon | GeoJSON.MultiPolygon>;
  context: GeoJSON.FeatureCollection;
  outline: GeoJSON.Geometry;
  cities: GeoJSON.Geometry | null;
  names: Record<string, { zh: string; en?: string; short?: string }>;
  window: Corners;
  waters: { zh: string; en: string; at: Position }[];
}

/** layers/transport/overlay.py. */
interface Paint {
  lang: "zh" | "en";
  theme: "light" | "dark";
  short_names: boolean;
  /** By adcode: fill, sign, value, badge, caption. */
  units: Record<string, string[]>;
  sites: GeoJSON.FeatureCollection<GeoJSON.Point, Site>;
  /** layers/sites/venues.py: name, 1. */
  venues: GeoJSON.Feature<GeoJSON.Point, { n: string; v: 1 }>[];
  captions: string[];
  legend: string;
  texts: Record<"map" | "note" | "zoom_in" | "zoom_out" | "reset" | "failed" | "placing", string>;
  inset: { bounds: Corners; title: string } | null;
  plain: boolean;
  marking: boolean;
  layout: Layout | null;
  drafting: Drafting | null;
  basemap: Basemap | null;
  selected_site: string | null;
  selected_district: string | null;
  compared: string[];
  uncertainty: string;
  others: [number[], number[]] | null;
  shifts: [number[], number[], number[], number[]] | null;
  view: Corners | null;
  /** Name of the maps that move as one; "" for one that moves alone. */
  together: string;
  place: [number, number, number | [number, string][]] | null;
  placing: boolean;
  pinning: Pinning | null;
  trial: Trial | null;
  clusters: Cluster[];
  reach: Position[][][];
  walked: Position[][][];
  forbidden: Position[][][];
  moves: Position[][][];
  /** The family that alone is drawn in full, until the reader chooses another; "" for all. */
  isolated: string;
  position: { name: string; of: string; arrival: number; at: [number, number, number] | null } | null;
  /** Address, with a query, of what lies in a view; empty where the paint has all sites itself. */
  counted: string;
  /** Zoom, x, y. */
  selected_cell: [number, number, number] | null;
}

/** layers/sites/symbols.py: id, name, kind, family, known to a district only, caption, radius; of a result its number, picked, marked; doubtful; ringed; hollow. */
interface Site {
  i: string;
  n: string;
  k: string;
  f: string;
  p?: number;
  t?: number;
  u?: number;
  o?: number;
  c?: number;
  m?: number;
  w?: number;
  r?: number;
  h?: number;
}

/** layers/results/cluster_hulls.py; the rim in WGS84. */
interface Cluster {
  id: string;
  number: number;
  name: string;
  size: string;
  caption: string;
  rim: Position[];
  chosen: boolean;
  centred: boolean;
  beside: boolean;
}

/** layers/results/pinning.py; positions in WGS84. */
interface Pinning {
  id: string;
  at: number[];
  was: number[] | null;
  placed: boolean;
  label: string;
  hint: string;
  metres: string[];
  km: string[];
  unplaced: string;
  outside: string;
}

/** layers/results/trial_pins.py; positions in WGS84. */
interface Trial {
  pins: {
    id: string;
    at: number[];
    was: number[] | null;
    tag: string;
    label: string;
    chosen: boolean;
    /** Empty where the disc of the radius is reached. */
    rim: Position[];
  }[];
  removed: { id: string; at: number[] }[];
  marks: { name: string; at: number[] }[];
  still: boolean;
  /** Metres. */
  radius: number;
  cell: number;
  hint: string;
  metres: string[];
  km: string[];
  outside: string;
}

/** layers/ground/basemaps.py. */
interface Basemap {
  name: string;
  url: string;
  attribution: string;
  attribution_url: string;
  datum: string;
  max_zoom: number;
  subdomains: string[];
  /** Rings of where GCJ-02 applies. */
  area: number[][][];
}

/** layers/policy/layout_drawing.py. */
interface Layout {
  signs: Sign[];
  links: Link[];
  areas: Record<string, string>;
  edges: { e: string; k: string; line: string; units: string[] }[];
  lettered: string[];
  axes: { e: string; lines: Position[][]; planned: boolean; own: boolean }[];
  outlines: { e: string; rim: Position[]; line: string }[];
  strong: Record<string, string>;
  notes: { title: string; lines: string[] }[];
  locator: string;
  selected: string | null;
  focus: Focus | null;
}

/** layers/policy/drafting.py. */
interface Drafting {
  label: string;
  tools: { key: string; name: string; hint: string; svg: string }[];
  finish: string;
  element: string;
  corners: Position[];
  closed: boolean;
}

interface Sign {
  e: string;
  k: string;
  n: string;
  v?: string;
  t?: string;
  at: Position;
  svg: string;
  half: [number, number];
  ring: number;
  fixed: boolean;
  u: number;
  /** Index of the sign it stands beside. */
  beside?: number;
}

interface Link {
  a: number;
  b: number;
  k: string;
  planned: boolean;
}

interface Focus {
  bounds: Corners;
  width: boolean;
}

/** A sign where it stands on the screen. */
interface Placed {
  sign: Sign;
  at: L.LatLng;
  marker: L.Marker;
  tie: L.Polyline;
  foot: L.Polyline;
  x: number;
  y: number;
  host?: Placed;
  scale?: number;
}

/** A name to letter: see lettering/labels.js. */
interface Label {
  html: string;
  cls: string;
  shorter?: string;
  anchor?: L.LatLng | null;
  /** The district it names, or districts that are one thing. */
  polygon?: any;
  /** All districts it should not lie on. */
  rest?: any[];
  /** Box of the sign it names, instead of a polygon. */
  sign?: Box;
  accept?: (latlng: L.LatLng) => boolean;
  /** Whether all of it, not only the greater part, lies where it belongs. */
  whole?: boolean;
  /** Stands aside with a line where there is no room within; the greater the earlier. */
  led?: number;
  /** How many times the district has to be larger than its name. */
  room?: number;
  reach?: number;
  crowd?: number;
  /** What a box costs on top of its distance; Infinity rules it out. */
  cost?: (box: Box, led: boolean) => number;
  /** What its place may cost at most, before it is written shorter. */
  most?: number;
  /** Places of its own for a label of this size: middle, and what it costs to stand there. */
  spots?: (w: number, h: number) => number[][];
  /** The line that ties it to what it names, where it stands apart from that. */
  tie?: (box: Box) => number[][] | null;
}

/** What labels keep clear of, in px of the container. */
interface Room {
  /** Furniture. */
  boxes: Box[];
  /** Lines they would rather not cross. */
  soft?: Box[];
  /** Symbols. */
  points: { x: number; y: number }[];
  reach?: number;
  crowd?: number;
  air?: number;
  /** Lines at most to names that may be left out. */
  most?: number;
}

/** One map with all that belongs to it: what its modules share. */
interface Atlas {
  map: L.Map;
  options: Base;
  frame: any;
  canvas: import("./sites/canvas.js").SitesLayer;
  counted: import("./sites/counted.js").Counted;
  inset: any;
  document: Ground | null;
  paint: Paint;
  pending: Paint | null;
  /** What tests and other programs may read. */
  state: Record<string, any>;
  view: any;
  features: GeoJSON.Feature<GeoJSON.Point, Site>[];
  captions: string[];
  byId: Map<string, import("./sites/canvas.js").Site>;
  layers: Record<"sea" | "context" | "own" | "borders" | "cities" | "outline" | "marked", any>;
  latlng: (c: number[]) => L.LatLng;
  tell: (kind: Clicked["kind"], id: string, corners: { lng: number; lat: number }[]) => void;
  report: (kind: Clicked["kind"], id: string, latlng: { lng: number; lat: number }) => void;
  onClick: ((clicked: Clicked) => void) | null;
  clicked: Set<string>;
  marks: Map<L.Map, L.Layer[]>;
  notes: HTMLElement[];
  renderers: Record<string, L.Renderer>;
  signs: Placed[];
  ways: any[];
  touched: boolean;
  [more: string]: any;
}

/** What Streamlit hands to a component. */
interface Component {
  data: any;
  parentElement: any;
  setTriggerValue: (name: string, value: unknown) => void;
  setStateValue: (name: string, value: unknown) => void;
}

/** What components keep from one run to the next. */
interface Document {
  chuangtuAssets?: Map<string, Promise<any>>;
  chuangtuClicks?: { at: number; put: string }[];
  chuangtuFollowed?: Element | null;
  chuangtuPressed?: Element | null;
  chuangtuFocus?: () => void;
  chuangtuListeners?: Record<string, EventListener>;
  chuangtuPhrases?: any;
  chuangtuPositionListener?: any;
  chuangtuMapPositions?: Record<string, { of: string; at: string }>;
  chuangtuTheme?: { sent: boolean | null; turning: boolean; timer: number; run: string; leave?: () => void };
}

/** Here every element is one of HTML or SVG; a map's own is marked with it. */
interface Element extends ElementCSSInlineStyle, HTMLOrSVGElement {
  chuangtu?: any;
  offsetWidth: number;
}

declare var chuangtu: {
  base: (map: L.Map, options: Base) => void;
  maps: () => Atlas[];
  paint: (map: L.Map, group: L.FeatureGroup, payload: Paint) => void;
  show: (
    place: HTMLElement,
    message: Message,
    sheets: CSSStyleSheet[],
    onClick: (clicked: Clicked) => void,
  ) => () => void;
};
