"""Where an element of a layout is, and what it is to be good at: parts of `geo.policy.model`."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, StrictBool, ValidationInfo, model_validator

from geo.facts.schemas import Located
from geo.policy import shapes
from geo.policy.rules import Districts, Latitude, Line, Longitude, Position, Sectors, expect, inside


class Model(BaseModel):
    """A frozen record that knows all its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Point(Model):
    """A position and how exact it is.

    Attributes
    ----------
    lon, lat
        Degrees, WGS84.
    precision
        As for sites: within 50 m, 500 m or 3 km.
    """

    lon: Longitude
    lat: Latitude
    precision: Located

    @model_validator(mode="after")
    def _in_region(self, info: ValidationInfo) -> Self:
        inside((self.lon, self.lat), info)
        return self


class Extent(Model):
    """Where an element is: exactly one of districts, a point, a line, an area, or not published.

    Attributes
    ----------
    districts
        Adcodes; codes of prefectures where the region has several.
    point
        A position with its precision.
    axis
        A published route, as longitudes and latitudes.
    outline
        The rim of a published area, its first position not repeated at the end.
    unpublished
        Named, but nobody published a place: shown in words, never on a map.
    """

    districts: Districts = ()
    point: Point | None = None
    axis: tuple[Position, ...] = ()
    outline: tuple[Position, ...] = ()
    unpublished: StrictBool = False

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        given = [self.districts, self.point, self.axis, self.outline, self.unpublished]
        expected = "exactly one of districts, point, axis, outline and unpublished = true"
        expect(sum(map(bool, given)) == 1, expected)
        expect(not self.axis or len(set(self.axis)) > 1, "an axis of at least two positions")
        crossing = shapes.crossing(self.outline) if self.outline else None
        expect(crossing is None, "an outline of three positions and more that crosses nowhere")
        return self


class Specialisation(Model):
    """What an element is to be good at.

    Attributes
    ----------
    name_zh, name_en
        As the document has it, in our words.
    sectors
        Codes of ``data/sectors.csv``; empty where no sector of ours fits, which is not scored.
    """

    name_zh: Line
    name_en: Line
    sectors: Sectors
