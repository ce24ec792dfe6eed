"""Where new sites would serve a region best: who lives where, a plan, and what it changes."""

from geo.planning.alternatives import moves as moves
from geo.planning.alternatives import others as others
from geo.planning.proposal import Proposal as Proposal
from geo.planning.proposal import best as best
from geo.planning.proposal import case as case
from geo.planning.proposal import ends as ends
from geo.planning.proposal import gains as gains
from geo.planning.proposal import of_plan as of_plan
from geo.planning.proposal import propose as propose
from geo.planning.question import Question as Question
