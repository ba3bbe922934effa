"""What the API speaks to (接口所用的服务), handed to ``create_app`` as one value."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.accounts.contract import Authenticator, NoAccounts
from assistant.contract import Operations
from assistant.page_pictures.contract import Pictures
from assistant.views import Views


@dataclass(frozen=True, kw_only=True)
class Services:
    """The services behind the routes; an area that is None has no routes (stand-ins of tests leave some out)."""

    views: Views
    operations: Operations
    pictures: Pictures | None = None
    authenticator: Authenticator = field(default_factory=NoAccounts)
