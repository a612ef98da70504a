// <figure data-ws-map data-ws-pick="ID">: one pin that can be put elsewhere, by finger, mouse or the
// arrow keys. The input ID then says "lat,lon" and hears `change`; its value moves the pin.
const STEP = 0.00005; // degrees, about five metres
const ARROWS = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

export function letPick(maplibregl, map, figure) {
  const field = document.getElementById(figure.dataset.wsPick);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "ws-map__pin ws-map__pin--now";
  button.append(document.createElement("span"));
  const marker = new maplibregl.Marker({ element: button, anchor: "bottom", draggable: true });
  const put = (place, told) => {
    marker.setLngLat(place).addTo(map);
    button.setAttribute("aria-label", figure.dataset.wsPickLabel);
    button.removeAttribute("role");
    if (told) return;
    field.value = `${place.lat.toFixed(6)},${place.lng.toFixed(6)}`;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const read = () => {
    // the field speaks of a pin that was moved, `wsAt` of where the typed address is
    const text = field.value || field.dataset.wsAt || "";
    const [lat, lng] = text.split(",").map(Number);
    if (!text || !Number.isFinite(lat + lng)) return marker.remove();
    put({ lat, lng }, true);
    map.jumpTo({ center: [lng, lat], zoom: Math.max(map.getZoom(), 16) });
  };
  map.on("click", ({ lngLat }) => put(lngLat));
  marker.on("dragend", () => put(marker.getLngLat()));
  button.addEventListener("keydown", (event) => {
    const way = ARROWS[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    const { lng, lat } = marker.getLngLat();
    put(new maplibregl.LngLat(lng + way[0] * STEP, lat + way[1] * STEP));
  });
  field.addEventListener("ws:place", read);
  read();
}
