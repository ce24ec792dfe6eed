"""Where new sites would serve a region best: who lives where, a plan, and what it changes."""

from geo.planning.proposal import Proposal as Proposal
from geo.planning.proposal import gains as gains
from geo.planning.proposal import propose as propose
from geo.planning.question import Question as Question
