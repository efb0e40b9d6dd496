"""How figures are estimated and how sure they are (evaluation reference, section 3). Pure.

One file for each kind of figure: `proportions`, `means`, `gains`, `ranks`, `times`,
`rates`, `costs`; `clusters` and `bootstrap` allow for teams, `comparisons` tests.
`docs/statistics.md` says which serves for what and why. A formula of a few exact lines is
written here; quantiles of other distributions than the normal and the bootstrap are
scipy's, which is loaded when first used.

Not here: what a figure means for a recommendation (`verdict`).
"""
