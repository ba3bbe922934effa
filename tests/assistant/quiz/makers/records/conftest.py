"""The sample benchmarks, lists and cases beside the real laws that they cite, read as an operator would load them."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import corpus
from assistant.assembly import assemble_desk
from assistant.catalogue import Catalogue
from assistant.quiz.contract import BuildRequest
from assistant.quiz.gathering import Shelves
from assistant.quiz.material import Candidate, Material
from assistant.quiz.proof import Evidence
from corpus.store import CorpusStore
from ingest.load import load_national_laws
from ingest.loading.run import IngestOptions, ingest_files
from tests.assistant.quiz.makers.records.drawn import Drawn, draw

SAMPLES = Path(corpus.__file__).parent / "samples" / "示范市"
WANTED = ("*裁量*", "*不予*清单*", "*免罚*", "*从轻*", "*案*.md", "*案*.docx", "*养犬管理条例*")
LAWS = (
    "中华人民共和国生态环境法典",
    "中华人民共和国食品安全法",
    "中华人民共和国消防法",
    "中华人民共和国城乡规划法",
    "中华人民共和国价格法",
    "中华人民共和国电子商务法",
    "中华人民共和国反不正当竞争法",
    "中华人民共和国广告法",
    "中华人民共和国行政处罚法",
    "中华人民共和国治安管理处罚法",
    "中华人民共和国行政复议法",
)
REGION = "示范市"


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory, today: dt.date) -> Iterator[CorpusStore]:
    folder, home = tmp_path_factory.mktemp("记录"), tmp_path_factory.mktemp("home")
    for path in sorted({p for pattern in WANTED for p in SAMPLES.glob(pattern)}):
        shutil.copy(path, folder / path.name)
    store = CorpusStore.open(f"sqlite:///{home / 'corpus.db'}")
    load_national_laws(store, today=today, only=LAWS)
    ingest_files(store, [folder], IngestOptions(home, jobs=1, region=REGION), today=today)
    yield store
    store.close()


@pytest.fixture(scope="session")
def material(sample_store: CorpusStore, today: dt.date) -> Material:
    shelves = Shelves(
        catalogue=Catalogue.read(sample_store),
        store=sample_store,
        desk=assemble_desk(sample_store, lambda: today),
        today=lambda: today,
        region=REGION,
    )
    return shelves.gather(BuildRequest(sources=["裁量基准", "免罚清单", "案例"], region=REGION))


@pytest.fixture(scope="session")
def evidence(material: Material) -> Evidence:
    return Evidence.of(material)


@pytest.fixture(scope="session")
def drawn(material: Material) -> Drawn:
    """Everything that the three makers give for one seed."""
    return draw(material, seed=7)


@pytest.fixture(scope="session")
def computed(drawn: Drawn) -> list[Candidate]:
    return [c for c in drawn.all if c.content.claim is not None and c.content.claim.request]
