"""What is set once for the whole process: the environment's variables, and what all rooms share."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal, get_args

from pydantic import (
    AfterValidator,
    BeforeValidator,
    DirectoryPath,
    Field,
    FilePath,
    HttpUrl,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
    SecretStr,
    ValidationError,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from geo.errors import SettingsError

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
"""The languages of texts and facts, the default first."""

RADIUS_M: Final = 3000.0
"""Radius of coverage where nobody asks for another."""

LEAST_RADIUS_KM: Final = 0.1
MOST_RADIUS_KM: Final = 50.0
"""Limits of the radius that a reader or a program may ask for."""

WORKSPACE_MB: Final = 50
"""Largest file of an exported workspace that is taken back, in units of 2**20 bytes: what
``server.maxUploadSize`` in .streamlit/config.toml lets through."""

ROOT: Final = Path(__file__).resolve().parent.parent
"""The checkout."""

OWN_DATA: Final = next(each / "data" for each in (ROOT / "geo", ROOT) if (each / "data").is_dir())
"""The project's own facts: in the package where it is installed, beside it in the checkout."""

TEMPLATE_DOCX: Final = ROOT / "ui" / "pack" / "templates" / "pack.docx"
TEMPLATE_PPTX: Final = TEMPLATE_DOCX.with_suffix(".pptx")
"""Templates of the Word files and slides that are handed out."""

PREFIX: Final = "CHUANGTU_"

_ORIGIN: Final = re.compile(r"\*|https?://(\*\.)?[a-zA-Z0-9.-]+(:(\d+|\*))?")
"""As ``frame-ancestors`` has it: a scheme and a host, or all."""

UNSET: Final = "unset"
"""Extra of a field that says what is so without it."""


def _bare(address: HttpUrl) -> HttpUrl:
    """Refuse an address that names more than a place: links are made by adding to it."""
    if address.query or address.fragment or address.username or address.password:
        raise ValueError("no query, fragment or user")
    return address


def _origins(written: str) -> tuple[str, ...]:
    """Refuse what is neither an origin nor all of them."""
    origins = tuple(each.strip() for each in written.split(","))
    if not all(_ORIGIN.fullmatch(each) for each in origins):
        raise ValueError("no origin")
    return origins


def _database(address: SecretStr) -> SecretStr:
    """Refuse what names no PostgreSQL."""
    if not address.get_secret_value().startswith(("postgresql://", "postgres://")):
        raise ValueError("no PostgreSQL")
    return address


class Settings(BaseSettings):
    """The variables of the environment, each ``CHUANGTU_`` and the field's name in capitals.

    A field's title says what is expected, its description what the variable is for;
    ``docs/settings.md`` is the table of them (:func:`table`). An empty variable is not set.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, validate_default=False, frozen=True
    )

    data: DirectoryPath = Field(
        default=OWN_DATA,
        title="a folder",
        description="facts of your own, the files of `data/`",
    )
    assets: DirectoryPath = Field(
        default=ROOT / "build" / "assets",
        title="a folder",
        description="the map's scripts and styles elsewhere than in the checkout",
    )
    public_url: Annotated[HttpUrl, AfterValidator(_bare)] | None = Field(
        default=None,
        title="an address without query, for example https://maps.example.org/atlas",
        description="the address that people use, where a proxy hides the host",
        json_schema_extra={UNSET: "the address that was asked"},
    )
    embed_origins: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_origins)] = Field(
        default=(),
        title="origins with a comma between them, for example https://news.example.org, or *",
        description="pages elsewhere that may show pages of the app within them",
        json_schema_extra={UNSET: "only its own"},
    )
    metrics: bool = Field(
        default=False,
        title="1 or 0",
        description="opens Streamlit's `/_stcore/metrics`",
    )
    upload_mb: PositiveFloat = Field(
        default=25.0,
        title="a number above 0",
        description="megabytes of a file that somebody brings; larger ones are refused",
    )
    upload_rows: PositiveInt = Field(
        default=500_000,
        title="a whole number above 0",
        description="rows of a file that somebody brings; longer ones are refused",
    )
    workspaces: Path = Field(
        default=Path("~/.local/share/chuangtu/workspaces"),
        title="a folder, made when the first workspace is saved",
        description="what people save: a file each, readable by whoever may read the folder",
    )
    workspaces_most: NonNegativeInt = Field(
        default=1_000,
        title="a whole number from 0 up",
        description="how many workspaces are kept; with 0 nobody saves any",
    )
    workspace_mb: PositiveFloat = Field(
        default=200.0,
        title="a number above 0",
        description="megabytes that one workspace may take with all its versions",
    )
    database_url: Annotated[SecretStr, AfterValidator(_database)] | None = Field(
        default=None,
        title="postgresql://user:password@host/database",
        description="keeps workspaces in a PostgreSQL with PostGIS instead of a folder",
        json_schema_extra={UNSET: "the folder"},
        repr=False,  # holds a password
    )
    geocoder: Literal["tianditu", "amap", "nominatim"] | None = Field(
        default=None,
        title="tianditu, amap or nominatim",
        description="the service that is offered to find positions of addresses",
        json_schema_extra={UNSET: "none is offered"},
    )
    geocoder_key: SecretStr | None = Field(
        default=None,
        title="a text",
        description="its key; nominatim needs none",
        json_schema_extra={UNSET: "tianditu and amap are not offered"},
    )
    geocoder_url: Annotated[HttpUrl, AfterValidator(_bare)] | None = Field(
        default=None,
        title="an address without query, for example https://maps.example.org/search",
        description="a server of one's own that answers as the service does",
        json_schema_extra={UNSET: "the service's own address"},
    )
    geocoder_kept: Path = Field(
        default=ROOT / "build" / "geocoded.sqlite",
        title="a file",
        description="the positions that it told, so that nothing is asked twice",
    )

    template_docx: FilePath = Field(
        default=TEMPLATE_DOCX,
        title="a Word file with the styles of the one in the checkout",
        description="a bureau's own look of the Word files that are handed out",
    )
    template_pptx: FilePath = Field(
        default=TEMPLATE_PPTX,
        title="a presentation with the layouts of the one in the checkout",
        description="the same of slides",
    )
    grids: Path = Field(
        default=ROOT / "build" / "grids",
        title="a folder",
        description="what counting many points in the same boundaries makes once; may be emptied",
    )

    @property
    def public_base(self) -> str | None:
        """The public address without a slash at its end; None where it is not set."""
        return None if self.public_url is None else str(self.public_url).rstrip("/")


@cache
def current() -> Settings:
    """Return the settings of this process, read once.

    Raises
    ------
    SettingsError
        With every variable that has a wrong value, or that is none of ours: its name, what was
        found and what was expected.
    """
    fields = {variable(name): field for name, field in Settings.model_fields.items()}
    ours = {name for name in os.environ if name.startswith(PREFIX)}
    known = ", ".join(fields)
    faults = [f"{name}: not expected, known are {known}" for name in sorted(ours - fields.keys())]
    try:
        read = Settings()
    except ValidationError as error:
        wrong = {variable(str(each["loc"][0])): each["input"] for each in error.errors()}
        faults += [
            f"{name}: found {found!r}, expected {fields[name].title}"
            if fields[name].repr
            else f"{name}: expected {fields[name].title}"
            for name, found in wrong.items()
        ]
    if faults:
        raise SettingsError(faults)
    return read


def variable(field: str) -> str:
    """Return the name of the environment's variable for a field."""
    return PREFIX + field.upper()


def table() -> str:
    """Return every variable as a table in Markdown."""
    rows = [
        (f"`{variable(name)}`", field.title, _default(field), field.description)
        for name, field in Settings.model_fields.items()
    ]
    head = ("variable", "expected", "where it is not set", "for")
    return "".join(
        f"| {' | '.join(map(str, row))} |\n" for row in (head, ["---"] * len(head), *rows)
    )


def _default(field: FieldInfo) -> str:
    if isinstance(field.json_schema_extra, dict):
        return str(field.json_schema_extra[UNSET])
    if isinstance(field.default, Path):
        place = field.default
        place = place.relative_to(ROOT) if place.is_relative_to(ROOT) else place
        return f"`{place}{'' if place.suffix else '/'}`"
    return f"{field.default:.10g}"


def shown(folder: Path) -> str:
    """Return how messages name a folder of facts: ``data`` for the project's own, else its path."""
    return OWN_DATA.name if folder.resolve() == OWN_DATA else str(folder)
