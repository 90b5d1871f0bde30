"""Where packs come from: folders, zips and installed packages. Begin at `finding`."""
