"""Every setting of the program (设置), in one place: defaults, units, bounds, and what each is for.

Sources, strongest first: environment variables ``EASSISTANT_<FIELD>`` (``EASSISTANT_QDRANT__URL`` for a field of a
section), then ``$EASSISTANT_HOME/settings.toml``, then the defaults here. A key nobody knows is refused, wherever it
stands. ``docs/settings.md`` is generated from this module (``assistant.settings_page``).
"""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from corpus.clock import current_day
from corpus.encoders.settings import EncoderSettings, SparseSettings
from corpus.errors import InvalidInput
from corpus.index.settings import IndexSettings

ENV_PREFIX = "EASSISTANT_"
DELIMITER = "__"
SETTINGS_FILE = "settings.toml"


def default_home() -> Path:
    """The platform's folder for a user's data, e.g. ``~/.local/share/eassistant``."""
    return platformdirs.user_data_path("eassistant", appauthor=False)


class Section(BaseModel):
    """Base of the nested sections: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class RetrievalSettings(Section):
    """How provisions are put in order."""

    reranking: bool = Field(
        default=False,
        description="Whether a second model reads the first 15 provisions beside the question and puts them in order: "
        "a little more often right, for some 0.3 s of processor time a question (docs/benchmarks.md).",
    )


class GeneratorSettings(Section):
    """The optional chat model that writes prose; without one, answers are composed from the quoted provisions."""

    base_url: str | None = Field(
        default=None,
        pattern=r"^https?://",
        description="OpenAI-compatible endpoint up to and including /v1; absent: no model.",
    )
    model: str | None = Field(default=None, min_length=1, description="Model name the endpoint knows.")
    api_key: SecretStr | None = Field(default=None, description="Key of the endpoint, if it asks for one.")
    timeout_s: float = Field(default=60.0, gt=0, le=600, description="Seconds to wait for the whole reply.")
    max_tokens: int = Field(default=1200, ge=64, le=32000, description="Longest reply, in tokens of the model.")

    @property
    def enabled(self) -> bool:
        return self.base_url is not None and self.model is not None


class ServerSettings(Section):
    """Where the API listens."""

    host: str = Field(default="127.0.0.1", description="Address to listen on; 0.0.0.0 opens it to the network.")
    port: int = Field(default=8600, ge=0, le=65535, description="TCP port; 0 takes a free one.")
    trusted_proxies: str = Field(
        default="127.0.0.1,::1",
        description="Addresses or networks of reverse proxies, joined by commas, whose X-Forwarded-For and "
        "X-Forwarded-Proto count, for API and page.",
    )


class PageSettings(Section):
    """Where the page listens."""

    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8601, ge=0, le=65535, description="TCP port; 0 takes a free one.")
    api_url: str | None = Field(
        default=None,
        pattern=r"^https?://",
        description="Address of the API the page talks to; absent: the running server of the data folder.",
    )


class LimitSettings(Section):
    """Bounds on what is accepted."""

    question_chars: int = Field(default=2000, ge=10, le=100_000, description="Longest question, in characters.")
    document_chars: int = Field(
        default=500_000, ge=1000, description="Longest text whose citations are checked in one call, in characters."
    )
    top_k: int = Field(default=100, ge=1, le=1000, description="Most results of one search.")
    upload_bytes: int = Field(
        default=200 * 1024**2, ge=1024, description="Largest file that can be uploaded, in bytes; a ZIP counts packed."
    )
    upload_total_bytes: int = Field(
        default=512 * 1024**2, ge=1024, description="Most bytes of all files of one upload together."
    )
    upload_files: int = Field(default=100, ge=1, le=1000, description="Most files of one upload.")
    quiz_file_bytes: int = Field(
        default=20 * 1024**2, ge=1024, description="Largest file of quiz items that can be imported, in bytes."
    )
    requests_per_minute: int = Field(
        default=600, ge=1, description="Most requests of a person (else of an address) a minute, with accounts on."
    )
    logins_per_minute: int = Field(
        default=20, ge=1, description="Most log-ins and set-ups tried from one address a minute."
    )


class AccountSettings(Section):
    """Accounts, log-in and lock-out."""

    enabled: bool = Field(
        default=False,
        description="Whether people log in. Without accounts API and page listen on this machine's loopback address "
        "only, and whoever reaches them may do everything.",
    )
    session_idle_minutes: int = Field(
        default=120, ge=1, le=10_080, description="Minutes without a request after which a log-in ends."
    )
    session_hours: int = Field(default=12, ge=1, le=720, description="Hours after which a log-in ends in any case.")
    lock_after_failures: int = Field(
        default=5, ge=1, le=100, description="Wrong passwords in a row at which a login name is locked."
    )
    lock_minutes: int = Field(
        default=1, ge=1, le=1440, description="Minutes of the first lock; each further wrong password doubles them."
    )
    longest_lock_minutes: int = Field(default=60, ge=1, le=10_080, description="Minutes of the longest lock.")
    password_chars: int = Field(default=10, ge=8, le=100, description="Shortest password, in characters.")
    keep_conversations_days: int | None = Field(
        default=None,
        ge=1,
        le=36_500,
        description="Days after its last use for which a conversation is kept; absent: until its person deletes it.",
    )


class AuditSettings(Section):
    """The audit log: who asked what and got which answer, who changed what."""

    required: bool | None = Field(
        default=None,
        description="Whether an answer that cannot be put on record is not given; absent: as soon as accounts are on.",
    )
    keep_personal_days: int | None = Field(
        default=None,
        ge=1,
        le=36_500,
        description="Days for which the log keeps persons, questions and addresses; absent: until they are erased. "
        "The entries themselves stay.",
    )


class LogSettings(Section):
    """What the service writes to standard error."""

    format: Literal["text", "json"] = Field(default="text", description="Lines for people, or one JSON object a line.")
    level: Literal["debug", "info", "warning", "error"] = Field(
        default="warning", description="The least that is written; info has a line for every request."
    )


class ReviewSettings(Section):
    """Curated answers and refused questions."""

    two_people: bool = Field(
        default=False, description="Whether a curated answer has to be approved by somebody else than its author."
    )
    refused_days: int = Field(
        default=365, ge=1, le=3650, description="Days for which questions refused for lack of a source are kept."
    )


class Settings(BaseSettings):
    """Settings of the whole program."""

    model_config = SettingsConfigDict(
        env_prefix=ENV_PREFIX,
        env_nested_delimiter=DELIMITER,
        frozen=True,
        extra="forbid",
        env_ignore_empty=True,
        hide_input_in_errors=True,
    )

    home: Path = Field(default_factory=default_home, description="Data folder: store, index, models, settings file.")
    database_url: SecretStr | None = Field(
        default=None,
        description="SQLAlchemy URL of the relational store, e.g. postgresql+psycopg://…; absent: SQLite in the data "
        "folder.",
    )
    today: dt.date | None = Field(
        default=None, description="The day taken as today, YYYY-MM-DD; for tests and evals only. Absent: the clock."
    )
    region: str | None = Field(
        default=None,
        min_length=1,
        description="Region whose rules apply where a question names no other place, e.g. 宁波市; absent: the nation's "
        "rules only.",
    )
    token: SecretStr | None = Field(
        default=None, description="API token with which commands speak to a running server that has accounts."
    )
    encoder: EncoderSettings = Field(default_factory=EncoderSettings, description="The dense encoder.")
    sparse: SparseSettings = Field(default_factory=SparseSettings, description="The lexical (BM25) encoder.")
    qdrant: IndexSettings = Field(default_factory=IndexSettings, description="The vector index.")
    retrieval: RetrievalSettings = Field(
        default_factory=RetrievalSettings, description="How provisions are put in order."
    )
    generator: GeneratorSettings = Field(default_factory=GeneratorSettings, description="The optional chat model.")
    server: ServerSettings = Field(default_factory=ServerSettings, description="The API.")
    ui: PageSettings = Field(default_factory=PageSettings, description="The page.")
    accounts: AccountSettings = Field(default_factory=AccountSettings, description="Accounts and log-in.")
    review: ReviewSettings = Field(default_factory=ReviewSettings, description="Curated answers and refused questions.")
    audit: AuditSettings = Field(default_factory=AuditSettings, description="The audit log.")
    log: LogSettings = Field(default_factory=LogSettings, description="Standard error of the service.")
    limits: LimitSettings = Field(default_factory=LimitSettings, description="Bounds on what is accepted.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=_home() / SETTINGS_FILE)

    @property
    def store_url(self) -> str:
        """SQLAlchemy URL of the relational store."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.home / 'corpus.db'}"

    @property
    def userdata_url(self) -> str:
        """SQLAlchemy URL of the user data: the same database where one is set, else a file of its own."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.home / 'userdata.db'}"

    @property
    def index_dir(self) -> Path:
        """Folder of the embedded vector index."""
        return self.home / "index"

    @property
    def models_dir(self) -> Path:
        """Folder of converted model weights."""
        return self.home / "models"

    @property
    def encodings_path(self) -> Path:
        """File of the encodings made so far, keyed by text."""
        return self.home / "encodings.db"

    @property
    def originals_dir(self) -> Path:
        """Folder in which the bytes of ingested files are kept."""
        return self.home / "originals"

    def current_day(self) -> dt.date:
        """The day in China now, or the day fixed by ``today``."""
        return self.today or current_day()


def load_settings() -> Settings:
    """Read the settings, or raise InvalidInput naming the key, the fault and where it was set."""
    home = _home().absolute()
    _refuse_unknown_variables(os.environ)
    file = home / SETTINGS_FILE
    in_file = _read_file(file)
    if "home" in in_file:
        raise InvalidInput(
            "home cannot be set in the file that lies in it.",
            where=str(file),
            remedy=f"Set the environment variable {ENV_PREFIX}HOME instead.",
        )
    try:
        return Settings(home=home)
    except ValidationError as error:
        raise _explain(error, file, in_file) from None


def _home() -> Path:
    return Path(os.environ.get(ENV_PREFIX + "HOME") or default_home()).expanduser()


def known_variables() -> list[str]:
    """Names of all environment variables that are read."""
    names: list[str] = []
    for name, field in Settings.model_fields.items():
        names.append(ENV_PREFIX + name.upper())
        section = field.annotation
        if isinstance(section, type) and issubclass(section, BaseModel):
            names += [f"{ENV_PREFIX}{name}{DELIMITER}{key}".upper() for key in section.model_fields]
    return names


def _refuse_unknown_variables(environ: Iterable[str]) -> None:
    known = set(known_variables())
    for name in environ:
        if name.upper().startswith(ENV_PREFIX) and name.upper() not in known:
            raise InvalidInput(
                f"Unknown setting: environment variable {name}.",
                remedy="Unset it, or see docs/settings.md for the names of all settings.",
            )


def _read_file(file: Path) -> dict[str, Any]:
    try:
        with file.open("rb") as stream:
            return tomllib.load(stream)
    except FileNotFoundError:
        return {}
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidInput(
            f"The settings file cannot be read ({error}).", where=str(file), remedy="Mend or remove the file."
        ) from None


def _explain(error: ValidationError, file: Path, in_file: Mapping[str, Any]) -> InvalidInput:
    first = error.errors()[0]
    path = [str(part) for part in first["loc"]]
    variable = ENV_PREFIX + DELIMITER.join(path).upper()
    value: Any = in_file
    for part in path:
        value = value.get(part) if isinstance(value, Mapping) else None
    where = variable if variable in os.environ or value is None else f"{file}: {'.'.join(path)}"
    what = "Unknown setting." if first["type"] == "extra_forbidden" else f"{first['msg']}."
    return InvalidInput(what, where=where, remedy="See docs/settings.md for names, types and bounds.")
