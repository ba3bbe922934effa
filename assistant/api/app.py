"""The FastAPI application: what programs and the page talk to."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from fastapi import FastAPI

from assistant.api import errors
from assistant.api.account_routes import build_account_router
from assistant.api.audit_routes import build_audit_router
from assistant.api.body_limit import BodyLimit
from assistant.api.conversation_routes import build_conversation_router
from assistant.api.curated_routes import build_curated_router, build_refused_router
from assistant.api.desk_routes import build_desk_router
from assistant.api.docs_page import add_docs_page
from assistant.api.encyclopedia_routes import build_encyclopedia_router
from assistant.api.exam_routes import build_exam_router
from assistant.api.favourites_routes import build_favourites_router
from assistant.api.feedback_routes import build_feedback_router
from assistant.api.handbook_routes import build_handbook_router
from assistant.api.openapi import described, operation_id
from assistant.api.paper_routes import build_paper_router
from assistant.api.personal_routes import build_personal_router, build_removal_router
from assistant.api.pictures_routes import build_pictures_router
from assistant.api.quiz_routes import QUIZ_IMPORT, build_quiz_router
from assistant.api.rate_limit import RateLimits
from assistant.api.readers_routes import build_readers_router
from assistant.api.recorded_acts import RecordedActs
from assistant.api.request_log import RequestLog
from assistant.api.routes import build_router
from assistant.api.security_headers import API_HEADERS, SecurityHeaders
from assistant.api.services import Services
from assistant.api.upload_routes import UPLOADS, build_upload_router
from assistant.mcp.http import mount_mcp
from assistant.settings import Settings
from assistant.version import version

DESCRIPTION = """\
执法e助理的接口：检索法律条文、带引用的答复、引用核对、裁量核查。每条引文逐字取自语料；凡涉及时间，以适用日期（as_of）为准，默认今天。

Interface of the e-assistant: search legal provisions, answers with citations, citation checks, the discretion desk.
Every quotation is verbatim; every answer is for a day (`as_of`, default today). Errors are problem details (RFC 9457).
"""

TAGS = [
    {"name": "accounts", "description": "登录、账户与接口令牌。Log-in, accounts and API tokens."},
    {"name": "answers", "description": "检索与答复。Search and answers."},
    {"name": "conversations", "description": "对话。One's own conversations: ask, follow up, keep, export."},
    {"name": "citations", "description": "引用核对。Reading and checking citations."},
    {"name": "corpus", "description": "文件与条文。Documents and provisions."},
    {"name": "discretion", "description": "裁量核查。The discretion desk: find, compute, check, explain, audit."},
    {"name": "encyclopedia", "description": "百科。Shelves, documents, provisions, items and procedure."},
    {"name": "feedback", "description": "评价答复。Feedback on answers."},
    {"name": "curated", "description": "审定答复与缺依据的提问。Curated answers and refused questions, for reviewers."},
    {"name": "me", "description": "收藏、最近与本人数据。Favourites, recent entries and one's own data."},
    {"name": "handbooks", "description": "执法手册。Handbooks as Word files."},
    {"name": "audit-log", "description": "操作日志。The audit log: who asked what, who changed what."},
    {"name": "uploads", "description": "资料管理。Uploads, retirement, doubts of reading."},
    {"name": "quiz", "description": "题库。The quiz bank: build, write, review, check, import and export items."},
    {"name": "papers", "description": "试卷与成绩。Papers, printed and opened; everybody's results and statistics."},
    {"name": "exams", "description": "考试、练习与学时。Taking papers, practising, hours."},
    {"name": "service", "description": "服务状态与索引。State of the service and its index."},
]

_BYTES_PER_CHARACTER = 6  # the longest JSON escape of a character of the basic plane: \uXXXX

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def create_app(services: Services, settings: Settings, *, lifespan: Lifespan | None = None) -> FastAPI:
    """The application over the services; everything it needs is handed in, so tests use stand-ins."""
    options: dict[str, Any] = {"telemetry": {"auto_configure": False}}
    app = FastAPI(
        title="执法e助理 e-assistant",
        version=version(),
        description=DESCRIPTION,
        openapi_tags=TAGS,
        license_info={"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        lifespan=lifespan,
        generate_unique_id_function=operation_id,
        docs_url=None,
        redoc_url=None,
        **options,
    )
    app.state.authenticator = services.authenticator
    app.state.rate_limits = RateLimits(settings.limits)
    app.add_middleware(
        BodyLimit,
        max_bytes=settings.limits.document_chars * _BYTES_PER_CHARACTER + 4096,
        others={
            UPLOADS: settings.limits.upload_total_bytes + settings.limits.upload_files * 4096,
            QUIZ_IMPORT: settings.limits.quiz_file_bytes,
        },
    )
    app.add_middleware(SecurityHeaders, headers=API_HEADERS)
    app.add_middleware(RecordedActs, recorder=services.recorder)
    app.add_middleware(RequestLog)
    errors.install(app)
    app.include_router(build_account_router(services.accounts))
    if services.pictures is not None:
        app.include_router(build_pictures_router(services.views, services.pictures))
    if services.readers is not None:
        app.include_router(build_readers_router(services.readers))
    app.include_router(build_router(services, settings))
    app.include_router(build_desk_router(services.views))
    if services.encyclopedias is not None:
        app.include_router(build_encyclopedia_router(services.encyclopedias))
    if services.conversations is not None:
        app.include_router(build_conversation_router(services.conversations, settings))
    unrecorded = services.unrecorded or services.views
    if services.feedback is not None:
        app.include_router(build_feedback_router(services.feedback, unrecorded))
    if services.curated is not None:
        app.include_router(build_curated_router(services.curated, unrecorded))
    if services.refused is not None:
        app.include_router(build_refused_router(services.refused, unrecorded))
    if services.favourites is not None:
        app.include_router(build_favourites_router(services.favourites))
    if services.handbooks is not None:
        app.include_router(build_handbook_router(services.handbooks, services.views))
    if services.personal is not None:
        app.include_router(build_personal_router(services.personal))
        app.include_router(build_removal_router(services.personal))
    if services.auditlog is not None:
        app.include_router(build_audit_router(services.auditlog))
    if services.corpora is not None:
        app.include_router(build_upload_router(services.corpora))
    if services.quiz is not None:
        app.include_router(build_quiz_router(services.quiz))
    if services.exams is not None:
        if services.papers is not None:
            app.include_router(build_paper_router(services.papers, services.exams))
        app.include_router(build_exam_router(services.exams))
    mount_mcp(app, services.views, settings)
    add_docs_page(app)
    app.openapi = described(app)  # type: ignore[method-assign]
    return app
