"""Pages of photos of fun days."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from floorwalker.apps.recognition import forms, queries, services
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.files.photos import photo_response, take_photo
from floorwalker.kernel.pages import Request, page


@page(P.POINTS, methods=("GET", "POST"))
def add_photo(request: Request, fun_post_id: int) -> HttpResponse:
    """A photo to one's own part in the day."""
    found = queries.my_fun_post(request.actor, fun_post_id)
    form = forms.PhotoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.share_photo(
                fun_post_id=fun_post_id,
                photo=take_photo(form.cleaned_data["photo"]),
                alt=form.cleaned_data["alt"],
                agreed=form.cleaned_data["agreed"],
                by=request.actor,
                at=request.at,
            )
        except NotFound:
            raise
        except Refused as refusal:
            form.add_error("photo", str(refusal))
        else:
            return redirect("recognition:fun_day", found.fun_day_id)
    values = {"found": found, "form": form}
    return render(request, "recognition/fun_photo.html", values, status=422 if form.errors else 200)


@page(P.POINTS, P.KEEP_FUN)
def photo(request: Request, fun_photo_id: int) -> HttpResponse:
    """The picture itself."""
    return photo_response(bytes(queries.the_fun_photo(request.actor, fun_photo_id).jpeg))


@page(P.POINTS, P.KEEP_FUN, methods=("POST",))
def take_me_off(request: Request, fun_photo_id: int) -> HttpResponse:
    found = services.take_me_off(fun_photo_id=fun_photo_id, by=request.actor, at=request.at)
    messages.success(request, _("The photo is hidden. Who leads looks at it; you are told what becomes of it."))
    return redirect("recognition:fun_day", found.post.fun_day_id)


@page(P.KEEP_FUN, methods=("POST",))
def show_photo_again(request: Request, fun_photo_id: int) -> HttpResponse:
    why = request.POST.get("why", "")[:300]
    found = services.show_photo_again(fun_photo_id=fun_photo_id, why=why, by=request.actor, at=request.at)
    return redirect("recognition:fun_day", found.post.fun_day_id)


@page(P.POINTS, P.KEEP_FUN, methods=("POST",))
def take_photo_away(request: Request, fun_photo_id: int) -> HttpResponse:
    """One's own, or somebody else's with a reason."""
    why = request.POST.get("why", "")[:300]
    found = services.take_photo_away(fun_photo_id=fun_photo_id, why=why, by=request.actor, at=request.at)
    return redirect("recognition:fun_day", found.post.fun_day_id)
