"""Figures and facts: pure functions on GeoDataFrames and Series."""

from geo import siting as siting
from geo.china import datum as datum
from geo.facts import boundaries as boundaries
from geo.facts import catalog as catalog
from geo.measures import autocorrelation as autocorrelation
from geo.measures import clusters as clusters
from geo.measures import concentration as concentration
from geo.measures import counting as counting
from geo.measures import coverage as coverage
from geo.measures import density as density
from geo.measures import location_quotient as location_quotient
from geo.measures import peers as peers
from geo.measures import point_pattern as point_pattern
