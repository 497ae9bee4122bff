"""Exercises for groups, and what is done with them in an activity, for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from floorwalker.apps.learning import queries, services
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.kernel.api import In, Out, Page, Paging, operation
from floorwalker.kernel.pages import Request

router = Router(tags=["Activities of groups"])
EXERCISE = "/exercises/{int:exercise_id}"
ACTIVITY = "/activities/{int:activity_id}"


class ExerciseOut(Out):
    id: int
    kind: str
    title: str
    number: int
    state: str
    in_force_from: datetime | None
    look_again_on: date
    version: int


class ExerciseWrittenOut(ExerciseOut):
    content: dict[str, Any] = Field(description="Survival: situation, items, expert, source. Quiz: questions.")


class ChoiceOut(Out):
    id: int
    title: str


class ItemIn(In):
    key: str = Field("", max_length=60, description="Of an item that is there; empty for a new one.")
    text: str = Field("", max_length=80)


class QuestionIn(In):
    text: str = Field("", max_length=300)
    options: list[str] = Field(default_factory=list, max_length=6)
    right: int = Field(0, ge=0, le=6, description="Counted from one; 0: not said yet.")
    why: str = Field("", max_length=400)
    seconds: int = Field(0, ge=0, le=300, description="0: until the lead goes on.")


class ContentIn(In):
    """Of a survival ranking situation, items, expert and source; of a quiz questions."""

    situation: str = Field("", max_length=600)
    items: list[ItemIn] = Field(default_factory=list, max_length=40)
    expert: list[str] = Field(default_factory=list, max_length=40, description="Keys, the most important first.")
    source: str = Field("", max_length=200)
    questions: list[QuestionIn] = Field(default_factory=list, max_length=40)


class MakeExercise(In):
    kind: Literal["survival", "quiz"]
    title: str = Field(min_length=1, max_length=120)
    content: ContentIn = Field(default_factory=ContentIn)


class ChangeExercise(In):
    content: ContentIn
    version: int


class ExerciseVersion(In):
    version: int


class RankItem(In):
    item: str
    to: int | None = Field(None, ge=1, le=10, description="The place; none: it stays.")
    reason: str | None = Field(None, max_length=200, description="None: it stays; empty: none any more.")
    named: bool = False


class MoveForGroup(In):
    item: str
    to: int = Field(ge=1, le=10)
    version: int = Field(description="Of the group's ranking.")


class AnswerQuiz(In):
    number: int = Field(ge=1, le=30)
    option: int = Field(ge=1, le=6)


class RankingDone(Out):
    done_at: datetime | None


class SplitOut(Out):
    split: int | None


class GroupOrderOut(Out):
    order: list[str]
    version: int


class QuizAnswerOut(Out):
    number: int
    option: int

    @staticmethod
    def resolve_number(row: Any) -> int:
        found: int = row.round
        return found


@operation(
    router, "get", "/exercises", P.KEEP_EXERCISES, response=Page[ExerciseOut], summary=_("Exercises for groups")
)
def list_exercises(request: Request, paging: Query[Paging]) -> Any:
    return paging.of(queries.visible_exercises(request.actor), "title", "number")


@operation(
    router, "get", "/exercises-in-force/{kind}", P.LEAD_ACTIVITIES, response=list[ChoiceOut],
    summary=_("Exercises of a kind a group can do now"),
)  # fmt: skip
def list_exercises_in_force(request: Request, kind: Literal["survival", "quiz"]) -> Any:
    return list(queries.exercises_in_force(request.actor, kind).rows[:500])


@operation(
    router, "post", "/exercises", P.KEEP_EXERCISES, response=ExerciseWrittenOut, status=201,
    summary=_("Write an exercise"),
)  # fmt: skip
def make_exercise(request: Request, payload: MakeExercise) -> Any:
    return services.make_exercise(**payload.dict(), by=request.actor, at=request.at)


@operation(
    router,
    "get",
    EXERCISE,
    P.KEEP_EXERCISES,
    response=ExerciseWrittenOut,
    summary=_("An exercise and its words"),
)
def get_exercise(request: Request, exercise_id: int) -> Any:
    return queries.the_exercise(request.actor, exercise_id)


@operation(router, "put", EXERCISE, P.KEEP_EXERCISES, response=ExerciseWrittenOut, summary=_("Change a draft"))
def change_exercise(request: Request, exercise_id: int, payload: ChangeExercise) -> Any:
    return services.change_exercise(exercise_id=exercise_id, **payload.dict(), by=request.actor, at=request.at)


@operation(router, "delete", EXERCISE, P.KEEP_EXERCISES, status=204, summary=_("Drop a draft"))
def drop_exercise(request: Request, exercise_id: int) -> None:
    services.drop_exercise(exercise_id=exercise_id, by=request.actor, at=request.at)


@operation(
    router, "post", f"{EXERCISE}/in-force", P.KEEP_EXERCISES, response=ExerciseOut,
    summary=_("Put an exercise in force"),
)  # fmt: skip
def put_exercise_in_force(request: Request, exercise_id: int, payload: ExerciseVersion) -> Any:
    return services.put_exercise_in_force(
        exercise_id=exercise_id, **payload.dict(), by=request.actor, at=request.at
    )


@operation(
    router, "post", f"{EXERCISE}/next", P.KEEP_EXERCISES, response=ExerciseWrittenOut, status=201,
    summary=_("Write the next version of an exercise"),
)  # fmt: skip
def next_exercise(request: Request, exercise_id: int) -> Any:
    return services.next_exercise(exercise_id=exercise_id, by=request.actor, at=request.at)


@operation(
    router, "post", f"{EXERCISE}/retire", P.KEEP_EXERCISES, response=ExerciseOut, summary=_("Retire an exercise")
)
def retire_exercise(request: Request, exercise_id: int) -> Any:
    return services.retire_exercise(exercise_id=exercise_id, by=request.actor, at=request.at)


@operation(
    router, "post", f"{EXERCISE}/look-again", P.KEEP_EXERCISES, response=ExerciseOut,
    summary=_("It still holds; keep it"),
)  # fmt: skip
def look_exercise_over(request: Request, exercise_id: int) -> Any:
    return services.look_exercise_over(exercise_id=exercise_id, by=request.actor, at=request.at)


@operation(
    router, "get", f"{ACTIVITY}/survival", P.TAKE_PART, response=dict[str, Any],
    summary=_("A survival ranking as one sees it now"),
)  # fmt: skip
def get_survival(request: Request, activity_id: int) -> Any:
    return queries.plain_survival(request.actor, queries.activity_of_kind(request.actor, activity_id, "survival"))


@operation(
    router, "post", f"{ACTIVITY}/survival", P.TAKE_PART, response=RankingDone,
    summary=_("Move an item of one's own, or say why it stands there"),
)  # fmt: skip
def rank_item(request: Request, activity_id: int, payload: RankItem) -> Any:
    return services.rank_item(activity_id=activity_id, **payload.dict(), by=request.actor, at=request.at)


@operation(router, "post", f"{ACTIVITY}/survival/done", P.TAKE_PART, response=RankingDone, summary=_("Done alone"))
def finish_ranking(request: Request, activity_id: int) -> Any:
    return services.finish_ranking(activity_id=activity_id, by=request.actor, at=request.at)


@operation(
    router,
    "post",
    f"{ACTIVITY}/survival/join",
    P.TAKE_PART,
    response=SplitOut,
    summary=_("Join the smallest one"),
)
def join_split(request: Request, activity_id: int) -> Any:
    return services.join_split(activity_id=activity_id, by=request.actor, at=request.at)


@operation(
    router, "post", f"{ACTIVITY}/survival/group", P.TAKE_PART, response=GroupOrderOut,
    summary=_("Move an item for one's small group"),
)  # fmt: skip
def move_for_group(request: Request, activity_id: int, payload: MoveForGroup) -> Any:
    return services.move_for_group(activity_id=activity_id, **payload.dict(), by=request.actor, at=request.at)


@operation(
    router, "get", f"{ACTIVITY}/quiz", P.TAKE_PART, response=dict[str, Any], summary=_("A quiz as one sees it now")
)
def get_quiz(request: Request, activity_id: int) -> Any:
    return queries.plain_quiz(queries.activity_of_kind(request.actor, activity_id, "quiz"), request.at)


@operation(
    router, "post", f"{ACTIVITY}/quiz", P.TAKE_PART, response=QuizAnswerOut,
    summary=_("Answer the question that is open"),
)  # fmt: skip
def answer_quiz(request: Request, activity_id: int, payload: AnswerQuiz) -> Any:
    return services.answer_question_of_quiz(
        activity_id=activity_id, **payload.dict(), by=request.actor, at=request.at
    )
