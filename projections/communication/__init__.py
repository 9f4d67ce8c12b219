"""Does the community speak regularly, and of what does its work consist?

Reading order: `inputs` (what it told of itself), `counts`, `families`, `series`, `conditions`, `drilldown`,
`evaluation`; then `impact`, which reports ask for.
"""
