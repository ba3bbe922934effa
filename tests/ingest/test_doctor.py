"""The doctor names each trouble with its severity, its remedy and a few places."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

from corpus.store import CorpusStore, DocumentRecord
from corpus.store.sources import FileState, SourceFile, SourceFiles, source_id
from corpus.vocabulary import Finding, FindingKind, Severity
from ingest import doctor
from ingest.doctor import SAMPLES, Check, examine
from ingest.load import load_national_laws
from tests.ingest.indexing_samples import fill, law
from tests.ingest.law_builder import write_source


def by_name(checks: list[Check]) -> dict[str, Check]:
    return {c.name: c for c in checks}


def test_an_empty_store_is_an_error_with_the_command_that_fills_it(empty_store: CorpusStore) -> None:
    first = examine(empty_store)[0]
    assert (first.name, first.severity) == ("store.empty", Severity.ERROR)
    assert "eassistant load national-laws" in first.remedy


def test_faults_of_the_source_are_counted_by_kind_with_samples(national_store: CorpusStore) -> None:
    checks = by_name(examine(national_store))
    gap = checks["source.numbering_gap"]
    assert (gap.severity, gap.count) == (Severity.ERROR, 2)
    assert "第一千一百二十条" in gap.samples[0]
    assert gap.remedy
    assert checks["source.foreign_tail"].count == 2
    assert all(len(c.samples) <= SAMPLES for c in checks.values())
    assert all(c.remedy for c in checks.values() if c.severity is not Severity.INFO)


def test_the_most_serious_checks_come_first(national_store: CorpusStore) -> None:
    order = [Severity.ERROR, Severity.WARNING, Severity.INFO]
    ranks = [order.index(c.severity) for c in examine(national_store)]
    assert ranks == sorted(ranks)


def test_a_repealed_law_without_end_date_is_reported(empty_store: CorpusStore, tmp_path: Path, today: dt.date) -> None:
    path = write_source(tmp_path / "laws.db", [{"status": "已废止"}])
    load_national_laws(empty_store, today=today, source_path=path)
    check = by_name(examine(empty_store))["validity.end_unknown"]
    assert (check.severity, check.count) == (Severity.WARNING, 1)
    assert check.samples == ("《中华人民共和国示例法》（2020-01-01）",)


def test_a_sound_store_passes_what_can_be_passed(empty_store: CorpusStore, tmp_path: Path, today: dt.date) -> None:
    load_national_laws(empty_store, today=today, source_path=write_source(tmp_path / "laws.db", [{}]))
    checks = by_name(examine(empty_store))
    for name in ("passages.astray", "passages.missing", "documents.same_title", "validity.end_unknown"):
        assert (checks[name].severity, checks[name].count) == (Severity.INFO, 0)


def test_other_packages_add_their_own_checks(empty_store: CorpusStore) -> None:
    mine = Check("index.behind", Severity.WARNING, "索引落后。", "重建。", 3)
    assert mine in examine(empty_store, extra=[lambda store: mine])


def test_every_kind_of_fault_has_words() -> None:
    assert set(doctor._FAULTS) == set(FindingKind)


def _file(path: str, state: FileState, **report: object) -> SourceFile:
    digest = path * 4
    return SourceFile(source_id(path, digest), path, digest, "pdf", 1, state, "1", dt.date(2026, 1, 1), None, report)


def test_files_that_failed_or_need_review_are_counted_with_samples(empty_store: CorpusStore) -> None:
    assert "files.failed" not in by_name(examine(empty_store))
    sources = SourceFiles(empty_store)
    for n in range(SAMPLES + 2):
        sources.record(_file(f"/规章/{n}.pdf", FileState.FAILED, failure={"what": "文件有密码"}))
    sources.record(_file("/规章/扫描件.pdf", FileState.NEEDS_REVIEW))
    sources.record(_file("/规章/旧.pdf", FileState.RETIRED))
    checks = by_name(examine(empty_store))
    failed, doubtful = checks["files.failed"], checks["files.needs_review"]
    assert (failed.severity, failed.count, len(failed.samples)) == (Severity.WARNING, SAMPLES + 2, SAMPLES)
    assert failed.samples[0] == "/规章/0.pdf：文件有密码"
    assert (doubtful.count, doubtful.samples) == (1, ("/规章/扫描件.pdf",))


def _with_faults(record: DocumentRecord, *faults: tuple[FindingKind, Severity]) -> DocumentRecord:
    (text,) = record.versions
    title = record.document.title
    findings = [Finding(kind, severity, text.version.id, f"《{title}》", "说明", "处理") for kind, severity in faults]
    return dataclasses.replace(record, versions=[dataclasses.replace(text, findings=findings)])


def test_faults_of_one_kind_are_one_check_with_samples_of_different_documents(empty_store: CorpusStore) -> None:
    ocr = (FindingKind.OCR_TEXT, Severity.WARNING)
    fill(
        empty_store,
        _with_faults(law("甲", ["文字"]), *[ocr] * 40),
        _with_faults(law("乙", ["文字"]), ocr),
        _with_faults(law("丙", ["文字"], retired=dt.date(2026, 1, 1)), ocr),
    )
    check = by_name(examine(empty_store))["source.ocr_text"]
    assert (check.count, len(check.samples)) == (41, SAMPLES)
    assert "41 处，涉及 2 件文件" in check.message
    assert {"《甲》：说明", "《乙》：说明"} == set(check.samples)


def test_one_title_in_two_places_is_no_double_and_in_one_place_it_is(empty_store: CorpusStore) -> None:
    def titled(id_: str, region: str) -> DocumentRecord:
        record = law(id_, ["文字"], region=region)
        return dataclasses.replace(record, document=dataclasses.replace(record.document, title="养犬条例"))

    fill(empty_store, titled("a", "示范市"), titled("b", "示例市"))
    assert by_name(examine(empty_store))["documents.same_title"].count == 0
    fill(empty_store, titled("c", "示范市"))
    assert by_name(examine(empty_store))["documents.same_title"].samples == ("《养犬条例》（示范市）",)


def test_passages_outside_their_text_and_texts_without_passage_are_errors(empty_store: CorpusStore) -> None:
    record = law("甲", ["文字", "第二条的文字", "第三条", " \n　"])
    (text,) = record.versions
    first, second = text.passages[:2]
    passages = [dataclasses.replace(first, end=3), second]
    fill(empty_store, dataclasses.replace(record, versions=[dataclasses.replace(text, passages=passages)]))
    checks = by_name(examine(empty_store))
    assert (checks["passages.astray"].severity, checks["passages.astray"].samples) == (Severity.ERROR, (first.id,))
    assert checks["passages.missing"].samples == (text.provisions[2].id,)
