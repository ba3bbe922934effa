"""What people leave behind (用户数据): accounts, conversations, feedback, the audit log. Apart from the corpus.

The corpus can be read again from its sources; this cannot. It lies in a database file of its own in the data folder,
or, where ``database_url`` is set, in tables of that database.
"""

from assistant.userdata.store import UserData

__all__ = ["UserData"]
