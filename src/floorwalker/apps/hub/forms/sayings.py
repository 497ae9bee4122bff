"""What people say, and what those who answer write."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.hub import queries, rules
from floorwalker.apps.hub.models import Policy, Saying
from floorwalker.apps.hub.permissions import HubPermission as P
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import day_words

FOR_ME, FOR_ALL = "me", "all"
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Words(forms.Form):
    """The words whoever said it will read."""

    words = forms.CharField(
        label=_("What you answer"),
        max_length=2000,
        help_text=_("Whoever said it reads this."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, label: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label or self.fields["words"].label


class WordsAndDay(Words):
    due = forms.DateField(
        label=_("By when something follows"), help_text=_("The day is a promise."), widget=DAY, localize=False
    )

    def __init__(self, *args: Any, day_label: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due"].label = day_label or self.fields["due"].label


class JoinForm(forms.Form):
    to = forms.TypedChoiceField(label=_("Which one said the same"), coerce=int)

    def __init__(self, *args: Any, actor: Actor, saying: Saying, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        offered = queries.to_join(actor, saying)
        field.choices = [(each.pk, f"{day_words(each.said_on)}: {each.text[:80]}") for each in offered[:100]]


class HandOnForm(forms.Form):
    topic = forms.TypedChoiceField(label=_("The topic it belongs to"), coerce=int)
    words = forms.CharField(
        label=_("A word on why"), max_length=500, required=False, help_text=_("Whoever said it reads this.")
    )

    def __init__(self, *args: Any, actor: Actor, saying: Saying, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["topic"]
        assert isinstance(field, forms.ChoiceField)
        offered = queries.visible_topics(actor).filter(archived=False).exclude(pk=saying.topic_id)
        field.choices = [(each.pk, f"{each.name} – {each.owner.name}") for each in topics(offered)]


class SayForm(forms.Form):
    """One short form for everything somebody has to say."""

    needed_at_times = ("policy",)

    kind = forms.ChoiceField(label=_("What it is"), choices=Saying.Kind.choices)
    topic = forms.TypedChoiceField(label=_("What it is about"), coerce=int)
    policy = forms.TypedChoiceField(
        label=_("Which policy"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("When a policy should change."),
    )
    text = forms.CharField(
        label=_("Your words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What happens, what it costs you or customers, what would help."),
    )
    shown_to = forms.ChoiceField(
        label=_("Who reads your words and the answer"),
        choices=[
            (FOR_ME, _("Who answers, and I")),
            (FOR_ALL, _("All who work here, once it is answered; never with my name")),
        ],
        initial=FOR_ME,
        widget=forms.RadioSelect,
    )
    anonymous = forms.BooleanField(label=_("Without my name"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topic, policy, switch = (self.fields[name] for name in ("topic", "policy", "anonymous"))
        assert isinstance(topic, forms.ChoiceField)
        assert isinstance(policy, forms.ChoiceField)
        offered = topics(queries.visible_topics(actor).filter(archived=False))
        topic.choices = [(each.pk, f"{each.name} – {each.owner.name}") for each in offered]
        policies = queries.visible_policies(actor).filter(archived=False).order_by("name", "pk")
        policy.choices = [("", "–"), *((each.pk, each.name) for each in policies)]
        if not policies:
            del self.fields["policy"]
        hiding = queries.hiding_place(actor)
        if hiding:
            switch.help_text = _(
                "Who answers reads “somebody in %(group)s” (%(n)s people), on the next day. Your words may still "
                "show who you are. You see what becomes of it under “What you said”; no notice is sent."
            ) % {"group": hiding.name, "n": hiding.people}
        else:
            del self.fields["anonymous"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("kind") == rules.POLICY and "policy" in self.fields and not given.get("policy"):
            self.add_error("policy", _("Pick the policy that should change."))
        return given

    def said(self) -> dict[str, Any]:
        """What the service is told."""
        given = self.cleaned_data
        return {
            "kind": given["kind"],
            "topic_id": given["topic"],
            "policy_id": given.get("policy") if given["kind"] == rules.POLICY else None,
            "text": given["text"],
            "public": given["shown_to"] == FOR_ALL,
            "anonymous": given.get("anonymous", False),
        }


def topics(found: Any) -> Any:
    return found.select_related("owner").order_by("name", "pk")


class PolicyForm(forms.Form):
    name = forms.CharField(label=_("Title"), max_length=120)
    text = forms.CharField(label=_("Text"), max_length=8000, widget=forms.Textarea(attrs={"rows": 8}))
    owner = forms.TypedChoiceField(label=_("Who answers for it"), coerce=int)
    since = forms.DateField(label=_("In force since"), widget=DAY, localize=False)

    def __init__(self, *args: Any, actor: Actor, policy: Policy | None = None, today: date, **kwargs: Any) -> None:
        known = {
            "name": policy.name if policy else "",
            "text": policy.text if policy else "",
            "owner": policy.owner_id if policy else actor.user_id,
            "since": policy.since if policy else today,
        }
        super().__init__(*args, initial=known, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.pk, each.name) for each in queries.answerers(actor, P.KEEP_POLICIES)]
