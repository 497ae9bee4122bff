"""What people write to each other in the hub."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _said
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.hub import queries
from floorwalker.apps.hub.models import Post, PostReport
from floorwalker.apps.hub.rules.posts import ALL, BEGINNINGS, LONGEST
from floorwalker.apps.people import queries as people
from floorwalker.kernel.access import Actor
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.picking import PickField

KIND = "kind"


def _text(label: Any, rows: int = 3, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )


class PostForm(forms.Form):
    """One field; the button that is pressed says what it is. Everything else is guessed, and may be said."""

    text = _text(_("What do you want to know, or what works for you?"))
    to = forms.ChoiceField(label=_("Who reads it"), required=False)
    tag = forms.TypedChoiceField(
        label=_("What it is about"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Found by itself where your words name it."),
    )
    mention = PickField(label=_("Call somebody in"), required=False)
    credit = PickField(
        label=_("Whose tip it is"), required=False, hint=_("For what works: empty, when it is yours.")
    )

    def __init__(self, *args: Any, actor: Actor, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to, tag, mention, credit = (self.fields[name] for name in ("to", "tag", "mention", "credit"))
        assert isinstance(to, forms.ChoiceField) and isinstance(tag, forms.ChoiceField)
        assert isinstance(mention, PickField) and isinstance(credit, PickField)
        to.choices = [(key, name or _said("All who work here")) for key, name in queries.audiences(actor)]
        tag.choices = [("", "–"), *((each.pk, each.name) for each in queries.tags_to_choose(actor))]
        wanted = (self.data.get("to") if self.is_bound else "") or ""
        try:
            audience = queries.audience_to_post(actor, wanted)
        except NotFound:
            audience = queries.audience_to_post(actor, ALL)
        mention.choices_of = queries.users_to_pick(queries.mentionable_in(audience, actor, at))
        credit.choices_of = replace(people.agents_to_pick(queries.agents_to_credit(audience, at)), listed=False)

    def written(self) -> dict[str, Any]:
        """What the service is told."""
        given, kind = self.cleaned_data, self.data.get(KIND, "")
        return {
            "kind": kind if kind in BEGINNINGS else Post.Kind.MESSAGE,
            "text": given["text"],
            "to": given["to"],
            "tag_id": given["tag"],
            "call_in": given["mention"],
            "credit_id": given["credit"] if kind == Post.Kind.PRACTICE else None,
        }


class PostReplyForm(forms.Form):
    text = _text(_("Your reply"), rows=3)


class PostEditForm(forms.Form):
    """The words anew; what they were stays readable."""

    text = _text(_("Your words"), rows=4, help_text=_("What it said before stays readable."))
    tag = forms.TypedChoiceField(label=_("What it is about"), required=False, coerce=int, empty_value=None)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Actor, post: Post, **kwargs: Any) -> None:
        known = {"text": post.text, "tag": post.tag_id, "version": post.version}
        kwargs.setdefault("prefix", f"edit{post.pk}")
        super().__init__(*args, initial=known, **kwargs)
        tag = self.fields["tag"]
        assert isinstance(tag, forms.ChoiceField)
        tag.choices = [("", "–"), *((each.pk, each.name) for each in queries.tags_to_choose(actor))]
        if post.root_id is not None:
            del self.fields["tag"]


class MentionForm(forms.Form):
    mention = PickField(label=_("Who should see this"), hint=_("Type a part of the name. They are told once."))

    def __init__(self, *args: Any, actor: Actor, post: Post, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mention"]
        assert isinstance(field, PickField)
        field.choices_of = queries.users_to_pick(queries.mentionable(actor, post, at))


class HideForm(forms.Form):
    why = forms.CharField(label=_("Why"), max_length=300, help_text=_("Its author reads this."))


class ReportForm(forms.Form):
    reason = forms.ChoiceField(label=_("What is wrong with it"), choices=PostReport.Reason.choices)


class KeepForm(forms.Form):
    why = forms.CharField(label=_("Why it stays"), max_length=300, help_text=_("Whoever reported it reads this."))


class FindForm(forms.Form):
    q = forms.CharField(label=_("Words"), max_length=200, required=False)
