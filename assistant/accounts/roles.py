"""Roles and what each may do (角色与权限): the one table behind the API, the page and ``docs/security.md``."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """What a route asks of the person who calls it (权限); a token's scopes are values of the same kind."""

    PUBLIC = "public"  # no account needed: liveness, log-in, the first administrator
    ACCOUNT = "account"  # one's own account: who am I, my password, my sessions and tokens, log-out
    READ = "read"  # search, ask, look up, browse, compute and check at the desk, export what one may read
    CONVERSE = "converse"  # one's own conversations, favourites and feedback
    REVIEW = "review"  # other people's feedback, curated answers, refused questions, records of benchmarks, audits
    MANAGE_QUIZ = "manage_quiz"  # make, review and publish items, papers and exams, see everybody's results
    MANAGE_CORPUS = "manage_corpus"  # upload, confirm, retire, restrict to readers, rebuild the index
    MANAGE_ACCOUNTS = "manage_accounts"  # accounts, roles, other people's sessions and tokens
    READ_AUDIT_LOG = "read_audit_log"  # who asked what


class Role(StrEnum):
    """Roles (角色)."""

    OFFICER = "officer"
    TRAINER = "trainer"
    LEGAL = "legal"
    ADMIN = "admin"


ROLE_ZH = {Role.OFFICER: "执法人员", Role.TRAINER: "培训人员", Role.LEGAL: "法制审核", Role.ADMIN: "管理员"}

_OFFICER = frozenset({Permission.PUBLIC, Permission.ACCOUNT, Permission.READ, Permission.CONVERSE})
_TRAINER = _OFFICER | {Permission.MANAGE_QUIZ}
_LEGAL = _TRAINER | {Permission.REVIEW, Permission.MANAGE_CORPUS}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OFFICER: _OFFICER,
    Role.TRAINER: _TRAINER,
    Role.LEGAL: _LEGAL,
    Role.ADMIN: frozenset(Permission),
}
"""Role → what it may do. What documents a person may read is another matter: ``assistant.accounts.reading``."""
