"""Maps on pages: drawn in the browser from the town's own tiles, always beside words that say the
same. `shown` makes what the component `web/components/map.html` takes."""

from wesprint.web.maps.shown import Area, Line, Place, ShownMap, shown

__all__ = ["Area", "Line", "Place", "ShownMap", "shown"]
