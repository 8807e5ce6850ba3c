"""上报: who goes to the registry, batches with their state, and the plain files left of them."""
