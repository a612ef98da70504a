// How a town looks: the Protomaps layers in our colours, and what the page adds to them. No signs
// and no glyphs are fetched: the browser draws the names in the page's own type.
import { layers, namedFlavor } from "@protomaps/basemaps";

const LIGHT = {
  background: "#f3ecde", earth: "#f3ecde", buildings: "#e2d6c1", water: "#bcd3dc",
  park_a: "#dbe5cd", park_b: "#d2dfc2", wood_a: "#d3dfc4", wood_b: "#c8d7b8", scrub_a: "#dde5cf", scrub_b: "#d5dfc6",
  hospital: "#f0e0d8", industrial: "#eae3d6", school: "#ece6d2", pedestrian: "#f6f1e6", sand: "#efe6cf", beach: "#efe6cf",
  zoo: "#dbe5cd", military: "#e6e0d4", aerodrome: "#e9e4da", runway: "#dcd6ca",
  highway: "#eccf9f", highway_casing_early: "#c9ab77", highway_casing_late: "#c9ab77",
  major: "#fbf3df", major_casing_early: "#d5c7ab", major_casing_late: "#d5c7ab",
  minor_a: "#fffdf8", minor_b: "#fffdf8", minor_casing: "#d9cfbd", minor_service: "#fbf7ee", minor_service_casing: "#ddd4c4",
  link: "#fbf3df", link_casing: "#d5c7ab", other: "#e6dccb", railway: "#a79d8b",
  bridges_highway: "#eccf9f", bridges_major: "#fbf3df", bridges_minor: "#fffdf8", bridges_link: "#fbf3df", bridges_other: "#e6dccb",
  tunnel_highway: "#eadfc8", tunnel_major: "#f0e8d6", tunnel_minor: "#f0e8d6", tunnel_link: "#f0e8d6", tunnel_other: "#e6dccb",
  roads_label_minor: "#5d5647", roads_label_minor_halo: "#fffdf8", roads_label_major: "#4c4638", roads_label_major_halo: "#fffdf8",
  city_label: "#143d31", city_label_halo: "#fffdf8", subplace_label: "#3d4a43", subplace_label_halo: "#f6f1e6",
  address_label: "#6a604e", address_label_halo: "#f3ecde", ocean_label: "#38606f",
};
const DARK = {
  background: "#1a211e", earth: "#1a211e", buildings: "#28312d", water: "#1b3440",
  park_a: "#1f2e26", park_b: "#203128", wood_a: "#1d2d25", wood_b: "#1b2a22", scrub_a: "#1f2b25", scrub_b: "#1e2923",
  hospital: "#2c2625", industrial: "#222725", school: "#262822", pedestrian: "#242b27", sand: "#29281f", beach: "#29281f",
  zoo: "#1f2e26", military: "#242624", aerodrome: "#232826", runway: "#303633",
  highway: "#6d5a3a", highway_casing_early: "#141a17", highway_casing_late: "#141a17",
  major: "#4b4a3d", major_casing_early: "#141a17", major_casing_late: "#141a17",
  minor_a: "#3a433e", minor_b: "#3a433e", minor_casing: "#141a17", minor_service: "#323a36", minor_service_casing: "#141a17",
  link: "#4b4a3d", link_casing: "#141a17", other: "#313935", railway: "#5d665f",
  bridges_highway: "#6d5a3a", bridges_major: "#4b4a3d", bridges_minor: "#3a433e", bridges_link: "#4b4a3d", bridges_other: "#313935",
  tunnel_highway: "#3f382b", tunnel_major: "#33342c", tunnel_minor: "#2c332f", tunnel_link: "#33342c", tunnel_other: "#2a312d",
  roads_label_minor: "#b3beb6", roads_label_minor_halo: "#151b18", roads_label_major: "#cbd4cd", roads_label_major_halo: "#151b18",
  city_label: "#dff0e7", city_label_halo: "#151b18", subplace_label: "#b9c9bf", subplace_label_halo: "#151b18",
  address_label: "#93a097", address_label_halo: "#1a211e", ocean_label: "#8dbfe2",
};
const SIGNED = /poi|shield|oneway|one_way/;
const OWN = "places";

/** figure: its tiles and bounds; data: the page's GeoJSON. */
export function styleOf(figure, data) {
  const dark = isDark();
  const flavor = { ...namedFlavor(dark ? "dark" : "light"), ...(dark ? DARK : LIGHT) };
  const ground = layers("town", flavor, { lang: document.documentElement.lang.slice(0, 2) })
    .filter((layer) => !SIGNED.test(layer.id))
    .map(inOurType);
  return {
    version: 8,
    sources: {
      town: { type: "vector", tiles: [location.origin + figure.dataset.wsTiles], minzoom: 5, maxzoom: 15, bounds: boundsOf(figure) },
      [OWN]: { type: "geojson", data },
    },
    layers: [...ground, ...ownLayers(figure)],
  };
}

export const boundsOf = (figure) => figure.dataset.wsBounds.split(",").map(Number);

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
}

// the weight is read from the first name, the letters come from the second
function inOurType(layer) {
  if (layer.type !== "symbol") return layer;
  const { "icon-image": _sign, ...layout } = layer.layout;
  const strong = /locality|subplace/.test(layer.id);
  return { ...layer, layout: { ...layout, "text-font": [strong ? "Fira Sans SemiBold" : "Fira Sans Regular", "Fira Sans"] } };
}

function ownLayers(figure) {
  const style = getComputedStyle(figure);
  const value = (name) => style.getPropertyValue(name).trim();
  const series = [1, 2, 3, 4, 5].flatMap((number) => [String(number), value(`--ws-series-${number}`)]);
  const colour = ["match", ["get", "tone"], "now", value("--ws-now"), ...series, value("--ws-action")];
  const kind = (name) => ["==", ["geometry-type"], name];
  const round = { "line-cap": "round", "line-join": "round" };
  return [
    { id: "own-areas", type: "fill", source: OWN, filter: kind("Polygon"), paint: { "fill-color": colour, "fill-opacity": 0.18 } },
    { id: "own-edges", type: "line", source: OWN, filter: kind("Polygon"), paint: { "line-color": colour, "line-width": 2 } },
    { id: "own-rims", type: "line", source: OWN, filter: kind("LineString"), layout: round, paint: { "line-color": value("--ws-surface"), "line-width": 7 } },
    { id: "own-lines", type: "line", source: OWN, filter: kind("LineString"), layout: round, paint: { "line-color": colour, "line-width": 4 } },
  ];
}
