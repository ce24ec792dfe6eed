"""Where new sites should go: five models of location, each answer with its proof."""

from geo.siting.maximal_covering import maximal_covering as maximal_covering
from geo.siting.near_best import moves as moves
from geo.siting.near_best import near_best as near_best
from geo.siting.p_center import p_center as p_center
from geo.siting.p_median import p_median as p_median
from geo.siting.partial_covering import partial_covering as partial_covering
from geo.siting.plan import Plan as Plan
from geo.siting.plan import Status as Status
from geo.siting.set_covering import set_covering as set_covering
