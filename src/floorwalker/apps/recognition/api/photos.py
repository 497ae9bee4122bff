"""Photos of fun days for programs."""

from __future__ import annotations

import base64
from typing import Any

from django.utils.translation import gettext as _
from ninja import File, Form, Query, Router
from ninja.files import UploadedFile
from pydantic import Field

from floorwalker.apps.recognition import queries, services
from floorwalker.apps.recognition.api.rewards import RewardWhyIn
from floorwalker.apps.recognition.permissions import RecognitionPermission as P
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.files.photos import take_photo
from floorwalker.kernel.pages import Request

router = Router(tags=["Rewards"])


class FunPhotoIn(In):
    alt: str = Field(min_length=1, max_length=200, description="What is to be seen, for those who cannot see it.")
    agreed: bool = Field(description="Everybody who can be recognised on it agreed.")


class FunPhotoOut(Out):
    id: int
    fun_post_id: int
    alt: str
    width: int
    height: int
    hidden: bool = Field(description="Somebody wants to be taken off it; who leads has not looked yet.")

    @staticmethod
    def resolve_fun_post_id(row: Any) -> int:
        return int(row.post_id)

    @staticmethod
    def resolve_hidden(row: Any) -> bool:
        return row.hidden_at is not None


class FunPictureOut(FunPhotoOut):
    jpeg: str = Field(description="The picture, in base64.")

    @staticmethod
    def resolve_jpeg(row: Any) -> str:
        return base64.b64encode(row.jpeg).decode()


@operation(
    router, "get", "/fun/photos", P.POINTS, P.KEEP_FUN, response=Page[FunPhotoOut], summary=_("Photos of fun days")
)
def list_fun_photos(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.fun_photos(request.actor).filter(removed_at=None), "-at")


@operation(
    router, "post", "/fun/shown/{int:fun_post_id}/photo", P.POINTS, response=FunPhotoOut, status=201,
    summary=_("Share a photo of your part"),
)  # fmt: skip
def share_photo(request: Request, fun_post_id: int, file: File[UploadedFile], payload: Form[FunPhotoIn]) -> Any:
    """Sent as multipart/form-data. It is drawn anew: where and with what it was taken is removed."""
    queries.my_fun_post(request.actor, fun_post_id)
    return services.share_photo(
        fun_post_id=fun_post_id, photo=take_photo(file), **payload.dict(), by=request.actor, at=request.at
    )


@operation(
    router, "get", "/fun/photos/{int:fun_photo_id}", P.POINTS, P.KEEP_FUN, response=FunPictureOut,
    summary=_("One photo with its picture"),
)  # fmt: skip
def get_fun_photo(request: Request, fun_photo_id: int) -> Any:
    return queries.the_fun_photo(request.actor, fun_photo_id)


@operation(
    router, "post", "/fun/photos/{int:fun_photo_id}/take-me-off", P.POINTS, P.KEEP_FUN, status=204,
    summary=_("Be taken off it: it is hidden at once"),
)  # fmt: skip
def take_me_off(request: Request, fun_photo_id: int) -> Any:
    services.take_me_off(fun_photo_id=fun_photo_id, by=request.actor, at=request.at)


@operation(
    router, "post", "/fun/photos/{int:fun_photo_id}/show-again", P.KEEP_FUN, response=FunPhotoOut,
    summary=_("Looked at: show it again"),
)  # fmt: skip
def show_photo_again(request: Request, fun_photo_id: int, payload: RewardWhyIn) -> Any:
    return services.show_photo_again(fun_photo_id=fun_photo_id, why=payload.why, by=request.actor, at=request.at)


@operation(
    router, "delete", "/fun/photos/{int:fun_photo_id}", P.POINTS, P.KEEP_FUN, status=204,
    summary=_("Take it away: your own, or with a reason"),
)  # fmt: skip
def take_photo_away(request: Request, fun_photo_id: int, why: str = "") -> Any:
    services.take_photo_away(fun_photo_id=fun_photo_id, why=why, by=request.actor, at=request.at)
