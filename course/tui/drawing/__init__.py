"""What is drawn by hand: words, signs and colours, tables, plots on a canvas of cells. Begin at `words`."""
