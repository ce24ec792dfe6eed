// @ts-check
/* What the page, a saved file and the tests may call of the map; everything else is a module's own. */
import { maps, show } from "./transport/message.js";
import { base, paint } from "./transport/overlay.js";

globalThis.chuangtu = { base, maps, paint, show };
