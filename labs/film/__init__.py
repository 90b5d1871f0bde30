"""A run as minutes per fleet, with the limits of its alarms, as facts for whoever draws it. Begin at `film`."""
