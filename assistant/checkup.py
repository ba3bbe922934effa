"""The check-up (体检): the data folder, the store, the index, the encoder and the model, each with a remedy."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from assistant.api.client import ApiClient
from assistant.problems import problem_from_error
from assistant.server import made_data_folder, read_record
from assistant.settings import GeneratorSettings, Settings
from corpus.errors import EAssistantError
from corpus.store import CorpusStore
from corpus.vocabulary import Severity
from ingest.doctor import Check, examine

_WANTED_FREE_MB = 1024  # store, index and its copy while it is merged, encodings, model
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def check_up(settings: Settings, client: ApiClient | None) -> list[Check]:
    """All checks, the most serious first. ``client`` is the running server of the data folder, if any."""
    checks = [
        _guarded("home.space", lambda: _space(settings.home)),
        _guarded("server.record", lambda: _server(settings, client)),
        _guarded("index.progress", lambda: _index(settings, client)),
        _guarded("encoder.model", lambda: _encoder(settings)),
        _guarded("generator.endpoint", lambda: _generator(settings.generator)),
        *_store(settings),
    ]
    return sorted(checks, key=lambda check: _ORDER.index(check.severity))


def _guarded(name: str, check: Callable[[], Check]) -> Check:
    """A check that cannot be made is a failed check, not the end of the others."""
    try:
        return check()
    except EAssistantError as error:
        return _failed(name, error)


def _failed(name: str, error: EAssistantError) -> Check:
    problem = problem_from_error(error)
    place = (error.where,) if error.where else ()
    return Check(name, Severity.ERROR, problem.detail, problem.remedy or "", 1, place)


def _store(settings: Settings) -> list[Check]:
    try:
        made_data_folder(settings.home)
        store = CorpusStore.open(settings.store_url)
    except EAssistantError as error:
        return [_failed("store.open", error)]
    try:
        return examine(store)
    except EAssistantError as error:
        return [_failed("store.read", error)]
    finally:
        store.close()


def _space(home: Path) -> Check:
    there = next(folder for folder in (home, *home.parents) if folder.exists())
    free = shutil.disk_usage(there).free // 2**20
    message = f"数据文件夹 {home} 所在磁盘剩余 {free} MB"
    if free < _WANTED_FREE_MB:
        return Check("home.space", Severity.WARNING, f"{message}，偏少。", f"请腾出至少 {_WANTED_FREE_MB} MB。", 1)
    return Check("home.space", Severity.INFO, f"{message}。")


def _server(settings: Settings, client: ApiClient | None) -> Check:
    if client is None:
        left = "（server.json 是上次未正常结束留下的，下次启动时自会覆盖）" if read_record(settings.home) else ""
        return Check("server.record", Severity.INFO, f"没有正在运行的服务{left}。")
    health = client.health()
    if health.preparation.stage == "failed":
        remedy = health.preparation.error or ""
        return Check(
            "server.record", Severity.ERROR, f"服务 {client.base_url}：{health.preparation.message}。", remedy, 1
        )
    return Check("server.record", Severity.INFO, f"服务正在运行：{client.base_url}，{health.preparation.message}。")


def _index(settings: Settings, client: ApiClient | None) -> Check:
    if client is not None:
        status = client.index_status()
    else:
        from assistant.runtime import Runtime
        from assistant.server import owned_data_folder

        with owned_data_folder(settings.home):
            runtime = Runtime.open(settings)
            try:
                runtime.open_index()
                status = runtime.index_status()
            finally:
                runtime.close()
    message = f"索引：片段 {status.total}，已入 {status.points}，语义向量 {status.dense_points}"
    if status.points < status.total or status.dense_points < status.total:
        remedy = "正在进行，请稍候。" if status.encoding else "请运行 eassistant serve，它会接着建。"
        missing = status.total - status.dense_points
        return Check("index.progress", Severity.WARNING, f"{message}，尚未完成。", remedy, missing)
    return Check("index.progress", Severity.INFO, f"{message}。")


def _encoder(settings: Settings) -> Check:
    from corpus.encoders.factory import make_dense_encoder

    encoder = make_dense_encoder(settings.encoder, settings.models_dir)
    vector = encoder.encode_queries(["试"])[0]
    return Check("encoder.model", Severity.INFO, f"语义编码器可用：{encoder.id}，{len(vector)} 维。")


def _generator(generator: GeneratorSettings) -> Check:
    if not generator.enabled:
        return Check("generator.endpoint", Severity.INFO, "未设撰写模型，答复由条文原文编排。")
    import httpx

    key = generator.api_key.get_secret_value() if generator.api_key else ""
    try:
        answer = httpx.get(
            f"{str(generator.base_url).rstrip('/')}/models",
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout=5.0,
        )
    except httpx.TransportError as error:
        found, count = f"连接不上撰写模型 {generator.base_url}（{type(error).__name__}）", 1
    else:
        found, count = f"撰写模型 {generator.base_url} 应答 HTTP {answer.status_code}", int(not answer.is_success)
    if count:
        remedy = "请核对 generator 设置；不用模型也能得到完整答复。"
        return Check("generator.endpoint", Severity.WARNING, f"{found}。", remedy, count)
    return Check("generator.endpoint", Severity.INFO, f"{found}，模型 {generator.model}。")
