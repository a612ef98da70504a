"""A town's map as vector tiles in one file, drawn without any foreign server.

build(Path("town.osm.pbf"), Path("town.pmtiles"))
Tiles(Path("town.pmtiles")).tile(14, 8500, 5600)
"""

from wesprint.engines.basemap.build import LARGEST, ZOOMS, BasemapError, Box, build
from wesprint.engines.basemap.tiles import Tiles

__all__ = ["LARGEST", "ZOOMS", "BasemapError", "Box", "Tiles", "build"]
