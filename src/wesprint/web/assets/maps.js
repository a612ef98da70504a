// The map's own bundle: fetched by js/maps.js where a page has a map, and not before.
import { draw } from "./js/map_view.js";

window.wesprintMaps = { draw };
