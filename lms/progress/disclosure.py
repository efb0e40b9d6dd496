"""Which groups are too small to be shown (evaluation reference, section 3.7, rules 1 to 3). Pure.

Pages, files, prints and reports all ask this one function.
"""

from collections.abc import Mapping


def masked_groups(
    counts: Mapping[str, tuple[int, int]], smallest: int, *, total_published: bool, sensitive: bool = False
) -> set[str]:
    """Return the groups whose (successes, members) must not be shown.

    A group under `smallest` people is masked; a sensitive one under twice that, too, where
    everybody or nobody succeeded, for it tells on everyone. If the total is published, the
    next smallest groups are masked until two groups and `smallest` people are hidden, so
    that no difference gives one away; equal groups are taken in the order of their names.
    """
    masked = {
        name
        for name, (successes, members) in counts.items()
        if members < smallest or (sensitive and successes in (0, members) and members < 2 * smallest)
    }
    if masked and total_published:
        for name in sorted(counts, key=lambda name: (counts[name][1], name)):
            if len(masked) >= 2 and sum(counts[hidden][1] for hidden in masked) >= smallest:
                break
            masked.add(name)
    return masked
