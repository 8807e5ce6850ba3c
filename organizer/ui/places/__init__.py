"""地点和网格: places, grids and assignments as an office edits them."""
