"""One community as a whole: `cells` (its contributions), `counts` (all that is counted), `sources`, `state`."""
