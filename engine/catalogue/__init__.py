"""Instance types, prices and measured service curves: one dated file, and how it is looked up."""
