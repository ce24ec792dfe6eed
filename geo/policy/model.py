"""The types of ``data/layouts/``: what a policy document says about space.

The types are the schema; what has to be known from outside the file (districts, sectors, other
elements) comes with the validation as a :class:`geo.policy.rules.Reference`. Every rule looks at
one field, so that one reading finds the faults of all.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool, ValidationInfo, field_validator

from geo.facts.own_regions import PREFIX
from geo.policy.extent import Extent, Model, Point, Specialisation
from geo.policy.rules import (
    ElementId,
    Id,
    Issued,
    Line,
    Sites,
    Text,
    Units,
    Venues,
    expect,
    reference,
    relation,
    written,
)

__all__ = [
    "Area",
    "Citation",
    "Element",
    "Extent",
    "Kind",
    "Layout",
    "Link",
    "Model",
    "Place",
    "Point",
    "Specialisation",
]

Kind = Literal["core", "node", "corridor", "zone", "carrier", "candidate"]
Status = Literal["existing", "planned"]
Certainty = Literal["stated", "found", "illustrative", "unpublished", "own"]
"""How a place is known; "own" is what a reader adds to a draft, or changes in it."""
Relation = Literal["radiates", "supports", "serves", "twin"]
Area = str | tuple[str, ...]
"""A region of the catalogue by its id, or the county-level units of another by their adcodes."""


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
        """Whether the document, or the draft, names the element; else another source does."""
        return bool(self.section) or self.own

    @property
    def own(self) -> bool:
        """Whether a reader added or changed it: it says nothing about the document."""
        return self.certainty == "own"

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
        placed = hidden or certainty == "own" or not value.unpublished
        expect(placed, "a place, or certainty = 'unpublished'")
        known = certainty in {"stated", "found", "own"}
        expect(known or not value.axis, "no axis: only a route that is stated or found is drawn")
        expect(known or not value.outline, "no outline: only one that is stated or found is drawn")
        kind = info.data.get("kind")
        line = not value.axis or kind in {"corridor", None}
        expect(line, "no axis: only a corridor has one")
        rim = not value.outline or kind in {"zone", None}
        expect(rim, "no outline: only a zone has one")
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
            bool(value) or elsewhere or certainty in {None, "own"},
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
    draft: StrictBool = False
    region: Annotated[str, written(rf"[a-z]+|{PREFIX}[\w.-]+", "lower-case letters")]
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
    elements: tuple[Element, ...]
    links: tuple[Link, ...] = ()

    @property
    def area(self) -> Area:
        """The region as :func:`geo.facts.boundaries.districts` takes it."""
        return self.region if self.place is None else self.place.districts

    @field_validator("elements")
    @classmethod
    def _some(cls, value: tuple[Element, ...], info: ValidationInfo) -> tuple[Element, ...]:
        # A draft of a region that no document speaks of begins with none.
        expect(bool(value) or bool(info.data.get("draft")), "at least 1 entry")
        return value

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
