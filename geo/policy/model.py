"""The types of ``data/layouts/``: what a policy document says about space.

The types are the schema; what has to be known from outside the file (districts, sectors, other
elements) comes with the validation as a :class:`geo.policy.rules.Reference`. Every rule looks at
one field, so that one reading finds the faults of all.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    ValidationInfo,
    field_validator,
    model_validator,
)

from geo.facts.schemas import Located
from geo.policy.rules import (
    Districts,
    ElementId,
    Id,
    Issued,
    Latitude,
    Line,
    Longitude,
    Position,
    Sectors,
    Sites,
    Text,
    Units,
    Venues,
    expect,
    inside,
    reference,
    relation,
    written,
)

Kind = Literal["core", "node", "corridor", "zone", "carrier", "candidate"]
Status = Literal["existing", "planned"]
Certainty = Literal["stated", "found", "illustrative", "unpublished"]
Relation = Literal["radiates", "supports", "serves", "twin"]
Area = str | tuple[str, ...]
"""A region of the catalogue by its id, or the county-level units of another by their adcodes."""


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
    """Where an element is: exactly one of districts, a point, an axis, or not published.

    Attributes
    ----------
    districts
        Adcodes; codes of prefectures where the region has several.
    point
        A position with its precision.
    axis
        A published route, as longitudes and latitudes.
    unpublished
        Named, but nobody published a place: shown in words, never on a map.
    """

    districts: Districts = ()
    point: Point | None = None
    axis: tuple[Position, ...] = ()
    unpublished: StrictBool = False

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        given = [self.districts, self.point, self.axis, self.unpublished]
        expected = "exactly one of districts, point, axis and unpublished = true"
        expect(sum(map(bool, given)) == 1, expected)
        expect(not self.axis or len(set(self.axis)) > 1, "an axis of at least two positions")
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


class Element(Model):
    """One part of a layout. Fields as ``data/README.md`` explains them."""

    id: Id
    kind: Kind
    sign: Annotated[Text, Field(max_length=1)] = ""
    name_zh: Line
    name_en: Line
    role_zh: Line
    role_en: Line
    status: Status
    certainty: Certainty
    extent: Extent
    specialisations: tuple[Specialisation, ...] = ()
    source: Text = Field(default="", validate_default=True)
    section: Text = Field(default="", validate_default=True)
    summary_zh: Line
    summary_en: Line
    open: StrictBool = False
    sites: Sites = ()
    venues: Venues = ()

    @property
    def located(self) -> bool:
        """Whether a place is published, so that the element can be drawn and scored."""
        return not self.extent.unpublished

    @property
    def in_document(self) -> bool:
        """Whether the document names the element; otherwise another source does."""
        return bool(self.section)

    @property
    def is_venue(self) -> bool:
        """Whether it is a museum, theatre or the like: drawn and told, never counted or scored."""
        return bool(self.venues) and not self.sites

    @field_validator("id")
    @classmethod
    def _once(cls, value: str, info: ValidationInfo) -> str:
        known = reference(info)
        expect(known is None or value not in known.repeated, "an id no other element has")
        return value

    @field_validator("extent")
    @classmethod
    def _as_certain(cls, value: Extent, info: ValidationInfo) -> Extent:
        certainty = info.data.get("certainty")
        if certainty is None:
            return value
        hidden = certainty == "unpublished"
        expect(value.unpublished or not hidden, "no place, as certainty is unpublished")
        expect(hidden or not value.unpublished, "a place, or certainty = 'unpublished'")
        known = not value.axis or certainty in {"stated", "found"}
        expect(known, "no axis: only a route that is stated or found is drawn")
        line = not value.axis or info.data.get("kind") in {"corridor", None}
        expect(line, "no axis: only a corridor has one")
        return value

    @field_validator("source")
    @classmethod
    def _found_somewhere(cls, value: str, info: ValidationInfo) -> str:
        found = info.data.get("certainty") == "found"
        expect(bool(value) or not found, "the other public source, as certainty is found")
        return value

    @field_validator("section")
    @classmethod
    def _cited(cls, value: str, info: ValidationInfo) -> str:
        certainty = info.data.get("certainty")
        elsewhere = certainty in {"found", "unpublished"} and bool(info.data.get("source"))
        expect(
            bool(value) or elsewhere or certainty is None,
            "the section of the document that names the element",
        )
        return value


class Link(Model):
    """A relation between two elements, stated by the document or drawn to show the pattern."""

    source: ElementId
    target: ElementId
    relation: Relation
    certainty: Literal["stated", "illustrative"]
    section: Text = Field(default="", validate_default=True)
    summary_zh: Line
    summary_en: Line

    @field_validator("target")
    @classmethod
    def _of_two(cls, value: str, info: ValidationInfo) -> str:
        expect(value != info.data.get("source"), "another element than source")
        return value

    @field_validator("relation")
    @classmethod
    def _once(cls, value: Relation, info: ValidationInfo) -> Relation:
        known = reference(info)
        own = relation(str(info.data.get("source")), str(info.data.get("target")), value)
        given = known is None or own not in known.relations
        expect(given, "each link once; a twin once for both ways")
        return value

    @field_validator("section")
    @classmethod
    def _cited(cls, value: str, info: ValidationInfo) -> str:
        stated = info.data.get("certainty") == "stated"
        expect(bool(value) or not stated, "the section of the document that states the link")
        return value


class Citation(Model):
    """A document that ``data/documents.csv`` does not list. Same columns."""

    title_zh: Line
    title_en: Line
    issued: Issued
    issuer: Line


class Place(Model):
    """A region that the catalogue does not have: its names and county-level units."""

    name_zh: Line
    name_en: Line
    districts: Annotated[Units, Field(min_length=1)]


class Layout(Model):
    """What one policy document says about space. Fields as ``data/README.md`` explains them."""

    id: Id
    region: Annotated[str, written(r"[a-z]+", "lower-case letters")]
    place: Place | None = None
    document: Id
    citation: Citation | None = None
    name_zh: Line
    name_en: Line
    date: Issued
    pattern_zh: Line
    pattern_en: Line
    summary_zh: Line
    summary_en: Line
    elements: Annotated[tuple[Element, ...], Field(min_length=1)]
    links: tuple[Link, ...] = ()

    @property
    def area(self) -> Area:
        """The region as :func:`geo.facts.boundaries.districts` takes it."""
        return self.region if self.place is None else self.place.districts

    @field_validator("id")
    @classmethod
    def _names_the_file(cls, value: str, info: ValidationInfo) -> str:
        known = reference(info)
        expect(known is None or value == known.stem, "the name of the file without .toml")
        return value

    @field_validator("region", "document")
    @classmethod
    def _known(cls, value: str, info: ValidationInfo) -> str:
        known = reference(info)
        table = {"region": "place", "document": "citation"}[str(info.field_name)]
        has = known is None or value in getattr(known, f"{info.field_name}s")
        name = info.field_name
        expect(has, f"an id of data/{name}s.csv, or a table [{table}] that describes the {name}")
        return value

    @field_validator("place", "citation")
    @classmethod
    def _new(cls, value: Model | None, info: ValidationInfo) -> Model | None:
        known = reference(info)
        has = known is not None and known.described[info.field_name == "citation"]
        expect(value is None or not has, "nothing, as the catalogue has it")
        return value
