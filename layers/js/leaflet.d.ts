/** What of Leaflet's documented options and of our own marks on its things @types/leaflet does not name. */
import "leaflet";

declare module "leaflet" {
  interface GeoJSONOptions {
    renderer?: Renderer;
    smoothFactor?: number;
  }
  interface Map {
    chuangtu: Atlas;
  }
}
