"""Tables of what colleagues write to each other: questions, what works, replies, and who was called in."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Agent, Site, Team


class Tag(models.Model):
    """A product or a topic that posts are about; named in a post's words it is found by itself."""

    class Kind(models.TextChoices):
        PRODUCT = "product", _("product")
        TOPIC = "topic", _("topic")

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.PRODUCT)
    archived = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints: ClassVar = [models.UniqueConstraint(Lower("name"), name="hub_tag_once")]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """Something written to a team, a site or all who work here; a reply stands under what it replies to."""

    class Kind(models.TextChoices):
        MESSAGE = "message", _("message")
        QUESTION = "question", _("question")
        PRACTICE = "practice", _("what works")
        REPLY = "reply", _("reply")

    class Audience(models.TextChoices):
        TEAM = "team", _("a team")
        SITE = "site", _("a site")
        ALL = "all", _("all who work here")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    root = models.ForeignKey("self", on_delete=models.PROTECT, related_name="replies", null=True)
    text = models.TextField(max_length=4000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    credit = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+", null=True)  # whose tip it is
    audience = models.CharField(max_length=4, choices=Audience.choices)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+", null=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", null=True)
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="posts", null=True)
    at = models.DateTimeField()
    moved_at = models.DateTimeField()  # the last word in the thread
    edited_at = models.DateTimeField(null=True)
    accepted = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)
    accepted_at = models.DateTimeField(null=True)
    waited_at = models.DateTimeField(null=True)  # when whoever leads was told that nobody had answered
    hidden_at = models.DateTimeField(null=True)
    hidden_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    hidden_why = models.CharField(max_length=300, blank=True)
    reported_at = models.DateTimeField(null=True)  # since when a report of it waits to be looked at
    shown = models.BooleanField(default=True)  # neither it nor what it stands under is hidden
    replied = models.PositiveIntegerField(default=0)  # replies that are not hidden
    reused = models.PositiveIntegerField(default=0)  # people who said “I used this”
    once = models.CharField(max_length=200, null=True, unique=True)
    search = SearchVectorField(null=True)
    search_as = models.CharField(max_length=40, blank=True)  # the configuration the words were read with
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="hub_post_reply_has_root",
                condition=Q(kind="reply", root__isnull=False) | ~Q(kind="reply") & Q(root=None),
            ),
            models.CheckConstraint(
                name="hub_post_audience",
                condition=Q(audience="all", site=None, team=None)
                | Q(audience="site", site__isnull=False, team=None)
                | Q(audience="team", site__isnull=False, team__isnull=False),
            ),
            models.CheckConstraint(
                name="hub_post_accepted_by_question",
                condition=Q(accepted=None, accepted_at=None)
                | Q(accepted__isnull=False, accepted_at__isnull=False, kind="question"),
            ),
            models.CheckConstraint(
                name="hub_post_hidden_is_not_shown", condition=Q(shown=False) | Q(hidden_at=None)
            ),
            models.CheckConstraint(
                name="hub_post_hidden_with_reason",
                condition=Q(hidden_at=None, hidden_by=None, hidden_why="")
                | Q(hidden_at__isnull=False, hidden_by__isnull=False) & ~Q(hidden_why=""),
            ),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["search"], name="hub_post_words", fastupdate=False),
            models.Index(fields=["-moved_at", "-id"], condition=Q(root=None), name="hub_post_latest"),
            models.Index(fields=["-at", "-id"], name="hub_post_newest"),
            models.Index(fields=["root", "at"], name="hub_post_in_thread"),
            models.Index(fields=["author", "-at"], name="hub_post_by_author"),
            models.Index(
                fields=["reported_at", "id"], condition=Q(reported_at__isnull=False), name="hub_post_reported"
            ),
            models.Index(
                fields=["at"], condition=Q(kind="question", accepted=None), name="hub_post_open_questions"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class PostEdit(models.Model):
    """What a post said before it was changed."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="edits")
    text = models.TextField(max_length=4000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Mention(models.Model):
    """Somebody was called in; once a post."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["post", "user"], name="hub_mention_once")]


class Reuse(models.Model):
    """Somebody used what works; once a person."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reuses")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["post", "user"], name="hub_reuse_once")]


class PostReport(models.Model):
    """Somebody says a post should not stand there; one open a person. Words of theirs would give them away."""

    class Reason(models.TextChoices):
        PRIVATE = "private", _("it names a customer, or tells what is private")
        HURTS = "hurts", _("it insults or hurts somebody")
        WRONG = "wrong", _("it is wrong and could do harm")
        BESIDE = "beside", _("it does not belong here")

    class Outcome(models.TextChoices):
        HIDDEN = "hidden", _("hidden")
        KEPT = "kept", _("stays")

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    answer = models.CharField(max_length=300, blank=True)  # why it stays
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("report of a post")
        verbose_name_plural = _("reports of posts")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["post", "by"], condition=Q(ended_at=None), name="hub_post_report_once"
            ),
            models.CheckConstraint(
                name="hub_post_report_ends_with_outcome",
                condition=Q(ended_at=None, outcome="", answer="")
                | Q(ended_at__isnull=False, outcome="hidden", answer="")
                | Q(ended_at__isnull=False, outcome="kept") & ~Q(answer=""),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["by", "-at"], name="hub_post_report_mine")]
