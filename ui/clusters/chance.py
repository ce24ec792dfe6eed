"""Whether clusters are chance: a sentence for each test, and what all of them rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import formats
from geo.measures import hot_spots, point_pattern
from layers import templates
from ui.blocks import markup
from ui.cached import clustering
from ui.clusters import setting_strip, wording

if TYPE_CHECKING:
    from markupsafe import Markup

    from geo.measures.pair_test import AtRandom
    from ui.state.pages import Clusters
    from ui.state.view import PageView

KM = 1000

LEAST_Z = 1.96
"""Standard errors from which on an index is told from chance, at 5 % of both sides."""


def tests(view: PageView[Clusters]) -> Markup | None:
    """Return what was tested, each in a sentence; nothing where nothing can be."""
    t = view.t
    if not clustering.n_sites(view.query):
        return None
    return templates.piece(wording.TEMPLATE, "tests")(
        t("clusters.tests_title"), t("clusters.tests_note"), sentences(view)
    )


def sentences(view: PageView[Clusters]) -> list[tuple[str, str]]:
    """Return the name of each test, and what it says."""
    t = view.t
    many = clustering.too_many(view.query)
    told = [] if many else [*_pairs(view), (t("clusters.test_nearest"), _nearest(view))]
    return [
        *told,
        (t("clusters.test_moran", unit=view.noun()), _moran(view)),
        (t("clusters.test_hot", unit=view.noun()), _hot(view)),
    ]


def basis(view: PageView[Clusters]) -> Markup | None:
    """Return what share of the sites clusters and tests of places rest on."""
    if clustering.too_many(view.query) or not clustering.n_sites(view.query):
        return None
    return markup.paragraph(basis_text(view))


def basis_text(view: PageView[Clusters]) -> str:
    """Return the same as text."""
    known = wording.found(view).attrs
    text = view.t(
        "clusters.basis",
        n=formats.whole(known["n"]),
        used=formats.whole(known["used"]),
        share=formats.percent(known["used"] / known["n"], digits=0),
        vague=formats.whole(known["vague"]),
        unlocated=formats.whole(known["unlocated"]),
    )
    return view.t("list.sentence").join([wording.source(view), text])


def headline(view: PageView[Clusters]) -> str:
    """Return what the headline says of pairs; nothing where they cannot be tested."""
    test = clustering.pairs(view.query, view.state.setting.distance_m)
    random = test.in_districts
    distance = setting_strip.distance(view, view.state.setting.distance_m)
    if test.empty or not random.mean:
        return ""
    if random.p > wording.SURE:
        return view.t("clusters.headline_random", distance=distance)
    return view.t(
        "clusters.headline_pairs", distance=distance, ratio=_times(test.pairs / random.mean)
    )


def _pairs(view: PageView[Clusters]) -> list[tuple[str, str]]:
    """Return the sentences on pairs: within districts, and in the whole region."""
    t, test = view.t, clustering.pairs(view.query, view.state.setting.distance_m)
    unit = view.noun(1)
    names = (t("clusters.test_districts", unit=unit), t("clusters.test_region"))
    if test.empty:
        fewest = point_pattern.FEWEST_OF_K
        return [(names[0], t("clusters.pairs_empty", places=test.places, fewest=fewest))]
    sure = "more" if test.in_districts.p <= wording.SURE else "none"
    randoms = test.in_districts, test.in_region
    within, anywhere = formats.aligned(random.mean for random in randoms)
    blanks = _random(view, test.pairs, test.in_districts, mean=within)
    told = t("clusters.pairs_districts", unit=unit, **blanks)
    verdict = t(f"clusters.pairs_{sure}", unit=unit)
    region = t("clusters.pairs_region", **_random(view, test.pairs, test.in_region, mean=anywhere))
    return [(names[0], t("list.sentence").join([told, verdict])), (names[1], region)]


def _random(
    view: PageView[Clusters], pairs: int, random: AtRandom, *, mean: str
) -> dict[str, object]:
    return {
        "simulations": clustering.SIMULATIONS,
        "distance": setting_strip.distance(view, view.state.setting.distance_m),
        "pairs": formats.whole(pairs),
        "mean": mean,
        "low": formats.whole(random.low),
        "high": formats.whole(random.high),
        "p": formats.probability(random.p),
    }


def _nearest(view: PageView[Clusters]) -> str:
    t, near = view.t, clustering.nearness(view.query)
    if near.empty:
        return t("clusters.empty", reason=t(f"clusters.empty_{near.empty}"))
    sure = abs(near.nearest.z) >= LEAST_Z
    how = ("closer" if near.nearest.ratio < 1 else "apart") if sure else "random"
    return t(
        f"clusters.nearest_{how}",
        ratio=formats.ratio(near.nearest.ratio),
        z=formats.signed(near.nearest.z),
        n=formats.whole(near.places),
        mean=_metres(view, near.nearest.mean),
    )


def _moran(view: PageView[Clusters]) -> str:
    t, found = view.t, clustering.spots(view.query)
    if found.empty:
        return t("clusters.empty", reason=t(f"clusters.empty_{found.empty}"))
    moran = found.moran
    how = "alike" if moran.expected < moran.I else "unlike"
    return formats.capitalised(
        t(
            f"clusters.moran_{how if moran.p <= wording.SURE else 'random'}",
            unit=view.noun(),
            index=formats.ratio(moran.I),
            expected=formats.ratio(moran.expected),
            z=formats.signed(moran.z),
            p=formats.probability(moran.p),
        )
    )


def _hot(view: PageView[Clusters]) -> str:
    """Return the districts that are hot or cold with their neighbours, each with its p."""
    t, found = view.t, clustering.spots(view.query)
    if found.empty:
        return t("clusters.empty", reason=t(f"clusters.empty_{found.empty}"))
    told = []
    for spot in (hot_spots.HOT, hot_spots.COLD):
        rows = found.table[found.table["spot"] == spot].sort_values("p_fdr", kind="stable")
        named = [
            t("clusters.spot", name=view.district_name(str(code)), p=formats.probability(float(p)))
            for code, p in rows["p_fdr"].items()
        ]
        if named:
            told.append(t(f"clusters.spots_{spot}", names=formats.joined(named, t=t)))
    return formats.capitalised(t("list.stop").join(told)) or t(
        "clusters.spots_none", unit=view.noun(1)
    )


def _metres(view: PageView[Clusters], metres: float) -> str:
    if metres < KM:
        return view.t("find.distance_m", m=formats.whole(metres))
    return view.t("find.distance_km", km=f"{metres / KM:.1f}")


def _times(ratio: float) -> str:
    return formats.number(ratio) if ratio >= 1 else f"{ratio:.1f}"
