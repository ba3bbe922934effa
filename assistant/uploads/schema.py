"""Tables of uploads, retirements and marks of review (上传、停用、核对)."""

from __future__ import annotations

from sqlalchemy import Boolean, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.userdata.schema import Base


class UploadRow(Base):
    """An upload (上传). JSON: ``departments``, ``regions``, ``differences``, and ``report``, the files as checked."""

    __tablename__ = "uploads"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(64), index=True)
    person_name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[str] = mapped_column(String(40), index=True)
    changed_at: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(16), index=True)
    region: Mapped[str | None] = mapped_column(String(64))
    departments: Mapped[str] = mapped_column(Text, default="[]")
    regions: Mapped[str] = mapped_column(Text, default="[]")
    check: Mapped[str] = mapped_column("check_mark", String(64), default="")
    corpus: Mapped[str] = mapped_column(String(64), default="")  # mark of the corpus that the dry run saw
    report: Mapped[str] = mapped_column(Text, default="")
    differences: Mapped[str] = mapped_column(Text, default="[]")
    message: Mapped[str] = mapped_column(Text, default="")
    queued_at: Mapped[str] = mapped_column(String(40), default="")
    undoing: Mapped[bool] = mapped_column(Boolean, default=False)  # stopped while storing: what is stored goes again


class UploadFileRow(Base):
    """A file of an upload (上传的文件), kept under ``<upload>/<number>`` until it is stored or discarded."""

    __tablename__ = "upload_files"

    upload_id: Mapped[str] = mapped_column(ForeignKey("uploads.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(300))
    path: Mapped[str] = mapped_column(Text)
    size: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str] = mapped_column(String(64), default="")
    status: Mapped[int] = mapped_column(Integer, default=201)
    refusal: Mapped[str] = mapped_column(Text, default="")  # JSON of a Remark; empty: taken


class UploadExclusionRow(Base):
    """A file, or a member of an archive, that is not to be stored (排除)."""

    __tablename__ = "upload_exclusions"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    upload_id: Mapped[str] = mapped_column(ForeignKey("uploads.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[str] = mapped_column(String(64))
    path: Mapped[str] = mapped_column(Text)


class RetirementRow(Base):
    """A document or text taken out of use (停用). ``sources`` is JSON: source file id → its state before."""

    __tablename__ = "retirements"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    document_id: Mapped[str] = mapped_column(String(64), index=True)
    version_id: Mapped[str | None] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(Text)
    others: Mapped[str] = mapped_column(Text, default="[]")
    sources: Mapped[str] = mapped_column(Text, default="{}")
    state: Mapped[str] = mapped_column(String(16), index=True)
    reason: Mapped[str] = mapped_column(Text)
    person_id: Mapped[str] = mapped_column(String(64))
    person_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[str] = mapped_column(String(40))
    restored_by_id: Mapped[str | None] = mapped_column(String(64))
    restored_by: Mapped[str | None] = mapped_column(String(200))
    restored_at: Mapped[str | None] = mapped_column(String(40))
    restored_reason: Mapped[str] = mapped_column(Text, default="")
    message: Mapped[str] = mapped_column(Text, default="")


class ReviewMarkRow(Base):
    """A person's word that a doubt was looked into and all is well (核对无误); it holds for the digest it names."""

    __tablename__ = "review_marks"

    key: Mapped[str] = mapped_column(String(600), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[str] = mapped_column(String(64))
    person_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(Text, default="")
