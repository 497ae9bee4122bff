"""Scenarios of a sample, in our own words: four to play, and one that is still a draft."""

from __future__ import annotations

from floorwalker.apps.learning.rules.flow import Fact, Flow, Moment, Node, Option, OwnWords, Step


def gift() -> Flow:
    """Active listening: the customer says in the first line what everything later hangs on."""
    return Flow(
        start="late",
        setting="You answer for a parcel service. You see orders and where parcels were last scanned.",
        facts=(
            Fact("birthday", "It is a present for a birthday on Friday."),
            Fact("neighbour", "The neighbour is at home all day."),
        ),
        steps=(
            Step("sorry", "Say sorry for the wait before anything else", 2),
            Step("order", "Ask for the order number", 1),
            Step("friday", "Come back to the birthday on Friday", 2),
            Step("agreed", "Agree on when and where it is delivered", 1),
        ),
        nodes=(
            Node(
                "late",
                "My parcel should have come on Monday! It is a present, my daughter's birthday is on Friday.",
                (
                    Option("calm", "Please calm down, parcels are late at times.", "hot"),
                    Option("number", "What is your order number?", "waits", ("order",)),
                    Option("sorry", "I am sorry you are left waiting. Tell me the order number, I look at once.",
                           "waits", ("sorry", "order")),
                    Option("web", "You can follow your parcel on our page.", "web"),
                ),
                states=("birthday",),
                moment=Moment("waited in vain, and a child's birthday is near", controllable=True, minutes=8),
            ),
            Node(
                "hot",
                "Calm down? You were not here on Monday. I was.",
                (
                    Option("mend", "You are right, and I am sorry. What is your order number?", "waits",
                           ("sorry", "order")),
                    Option("rules", "I can only help when you stay polite.", "gone"),
                ),
                moment=Moment("told to calm down", controllable=True, minutes=6),
            ),
            Node(
                "web",
                "Your page has said “on its way” since Monday. That is why I call.",
                (
                    Option("number", "I see. Then I need your order number, please.", "waits", ("order",)),
                    Option("again", "It does get there, have a little patience.", "gone"),
                ),
            ),
            Node(
                "waits",
                "It is 7731. So, where is it?",
                (
                    Option("when", "It stands in the depot. It comes some day this week.", "which"),
                    Option("friday", "It stands in the depot. It can be with you on Thursday, a day before the"
                           " birthday.", "thursday", ("friday",), ("birthday",)),
                    Option("refund", "I can give you the money back.", "refund"),
                ),
            ),
            Node(
                "which",
                "Some day? I work until five. On Thursday at least my neighbour is at home.",
                (
                    Option("thursday", "Then Thursday, at your neighbour's: in time for the birthday.", "thanks",
                           ("friday", "agreed"), ("birthday", "neighbour")),
                    Option("any", "I make a note that you asked for Thursday.", "unsure"),
                ),
                states=("neighbour",),
            ),
            Node(
                "thursday",
                "Thursday would do. But I work until five; only my neighbour is at home.",
                (Option("mail", "You get a message with the time.", "unsure"),),
                OwnWords(("neighbour / next door", "thursday"), "thanks", ("agreed",), ("neighbour",), "unsure"),
                states=("neighbour",),
            ),
            Node("refund", "I do not want money, I want a present for Friday.", (
                Option("back", "Of course, for the birthday. Let us get it to you on Thursday.", "thursday",
                       ("friday",), ("birthday",)),
                Option("stay", "That is all I can offer.", "gone"))),
            Node("thanks", "At the neighbour's on Thursday. Thank you, that saves the day.", outcome="solved"),
            Node("unsure", "Well. I will see what comes.", outcome="agreed"),
            Node("gone", "I shall buy elsewhere. Good-bye.", outcome="lost"),
        ),
    )  # fmt: skip


def twice() -> Flow:
    """Something that went wrong on our side, and a step that protects the customer's data."""
    return Flow(
        start="twice",
        setting="You answer for a shop. Before you speak of an account you check who calls.",
        facts=(Fact("amount", "39.90 was taken twice, on the third."),
               Fact("rent", "The rent is due tomorrow."),),
        steps=(
            Step("who", "Check who calls before you speak of the account", 2),
            Step("own", "Say plainly that the mistake is ours", 1),
            Step("date", "Name the day the money is back", 2),
        ),
        nodes=(
            Node(
                "twice",
                "You took 39.90 from me twice on the third. I want it back today!",
                (
                    Option("yes", "Yes, I see it here in your account: twice 39.90.", "seen"),
                    Option("check", "I sort it out. Your name and date of birth, please?", "name", ("who",)),
                    Option("bank", "That must have been your bank.", "bank"),
                ),
                states=("amount",),
                moment=Moment("money is gone that somebody counts on", controllable=False, minutes=7),
            ),
            Node("seen", "You see it – without asking who I am? And now?", (
                Option("who", "You are right, I should have asked first. Name and date of birth, please?", "name",
                       ("who",)),
                Option("go", "We pay it back, good-bye.", "gone"))),
            Node("bank", "My bank says it was you. Are you calling me a liar?", (
                Option("who", "No. Let me look into it; your name and date of birth, please?", "name", ("who",)),
                Option("hold", "Then ask your bank again.", "gone")),
                moment=Moment("feels accused", controllable=True, minutes=6)),
            Node(
                "name",
                "Ruth Keller, second of May. And my rent is due tomorrow.",
                (
                    Option("ours", "Thank you. It was our mistake: 39.90 went out twice.", "when", ("own",),
                           ("amount",)),
                    Option("blank", "Thank you. Something went wrong there.", "when"),
                    Option("form", "Please fill in our form for payments.", "form"),
                ),
                states=("rent",),
                moment=Moment("the rent is due", controllable=False, minutes=5),
            ),
            Node(
                "when",
                "And when do I have it?",
                (
                    Option("soon", "As soon as possible.", "doubt"),
                    Option("today", "It leaves today, you have it the day after tomorrow. For the rent: I send you"
                           " a letter for your landlord now.", "thanks", ("date",), ("rent",)),
                    Option("two", "It is with you in two working days.", "fine", ("date",)),
                ),
            ),
            Node("doubt", "That is what everybody says. When?", (
                Option("day", "The day after tomorrow. And it was our mistake, I am sorry.", "fine",
                       ("date", "own")),
                Option("dunno", "I cannot say.", "gone"))),
            Node("form", "A form? You took it without one.", (
                Option("ours", "True, and it was our mistake. I do it for you.", "when", ("own",)),
                Option("form", "There is no other way.", "gone"))),
            Node("thanks", "The letter helps. Thank you.", outcome="solved"),
            Node("fine", "Good. I look on my account then.", outcome="solved"),
            Node("gone", "I go to a lawyer.", outcome="lost"),
        ),
    )  # fmt: skip


def leaving() -> Flow:
    """A rebuttal that listens first: the reason decides which offer is worth anything."""
    return Flow(
        start="cancel",
        setting="You answer for a telephone company. A customer of six years calls.",
        facts=(Fact("abroad", "They work abroad for half a year."), Fact("price", "Another company is cheaper."),),
        steps=(
            Step("why", "Ask for the reason before you offer anything", 2),
            Step("fits", "Offer what fits the reason", 2),
            Step("free", "Leave the choice to the customer", 1),
        ),
        nodes=(
            Node("cancel", "I want to cancel. As of now.", (
                Option("offer", "I can give you ten per cent off.", "no"),
                Option("why", "I am sorry to hear that. May I ask what has changed?", "reason", ("why",)),
                Option("done", "All right, cancelled. Good-bye.", "gone"))),
            Node("no", "Ten per cent of what I do not need is nothing.", (
                Option("why", "Fair. What would you need instead?", "reason", ("why",)),
                Option("more", "Fifteen per cent?", "gone")),
                moment=Moment("an offer that did not listen", controllable=True, minutes=6)),
            Node("reason", "I work abroad for half a year from May. And elsewhere it costs less.", (
                Option("pause", "Then let it rest: half a year for nothing, and you keep your number.", "rest",
                       ("fits",), ("abroad",)),
                Option("cheap", "We match the other price.", "cheap"),
                Option("sorry", "That is a pity. Then I cancel it.", "gone")),
                states=("abroad", "price")),
            Node("cheap", "And pay it for half a year in which I am not here?", (
                Option("pause", "No: it rests while you are abroad, and costs as much as elsewhere after.", "rest",
                       ("fits",), ("abroad", "price")),
                Option("yes", "That is our offer.", "gone"))),
            Node("rest", "Rest? I did not know that. But what if I want to leave after all?",
                 (Option("bound", "Then there are two more years, it is in the terms.", "sure"),
                  Option("free", "A line from you is enough, any day: your choice.", "stays", ("free",)),
                  Option("write", "I send you the terms.", "sure")),
                 OwnWords(("any time / any day", "your choice / decide / up to you"), "stays", ("free",),
                          otherwise="sure")),
            Node("stays", "Then let it rest. Thanks for asking.", outcome="solved"),
            Node("sure", "Hm. I think it over.", outcome="agreed"),
            Node("gone", "Good-bye.", outcome="lost"),
        ),
    )  # fmt: skip


def technician() -> Flow:
    """A second call about the same: first hear it, then act, then say who calls back."""
    return Flow(
        start="again",
        setting="You answer for an internet provider. You see earlier calls and free visits.",
        facts=(Fact("third", "It is the third call."), Fact("nights", "They work nights and sleep until noon."),),
        steps=(
            Step("heard", "Show that you know it is the third call", 2),
            Step("visit", "Book a visit at a time that fits them", 2),
            Step("owner", "Say who calls them back if it fails again", 2),
        ),
        nodes=(
            Node("again", "Third call! Nobody came yesterday, again. And I work nights, I stayed up for you.", (
                Option("third", "Three calls and a night without sleep: that must not happen. I stay with it now.",
                       "now", ("heard",), ("third",)),
                Option("box", "Have you started the box anew?", "box"),
                Option("when", "When should somebody come?", "when"),
                Option("sorry", "Sorry for the inconvenience.", "when")),
                states=("third", "nights"), moment=Moment("not heard for the third time", True, 8)),
            Node("box", "Do you read nothing? I did that on Monday and on Tuesday!", (
                Option("read", "You did, and it is your third call. I get you a visit.", "now", ("heard",),
                       ("third",)),
                Option("once", "Please, once more.", "gone")),
                moment=Moment("asked to do again what they did", True, 6)),
            Node("when", "You tell me! I sleep until noon.", (
                Option("morning", "Tomorrow at eight.", "asleep"),
                Option("noon", "Tomorrow between two and four, after you have slept.", "owner", ("visit",),
                       ("nights",)))),
            Node("now", "So what happens now?", (
                Option("morning", "Somebody comes tomorrow at eight.", "asleep"),
                Option("noon", "Tomorrow between two and four: by then you have slept.", "owner", ("visit",),
                       ("nights",)),
                Option("call", "Somebody calls you.", "gone"))),
            Node("asleep", "At eight I come home from work. Did you listen?", (
                Option("noon", "I did not, sorry. Between two and four?", "owner", ("visit",), ("nights",)),
                Option("only", "There is nothing else.", "gone"))),
            Node("owner", "Fine. And if nobody comes again?",
                 (Option("hotline", "Then call us again.", "doubt"),
                  Option("me", "Then I call you myself, my name is on your message.", "good", ("owner",))),
                 OwnWords(("i call / i will call / i ring", "my name / myself / i am"), "good", ("owner",),
                          otherwise="doubt")),
            Node("good", "Then I have a name. Good.", outcome="solved"),
            Node("doubt", "A fourth call, then.", outcome="agreed"),
            Node("gone", "I cancel everything.", outcome="lost"),
        ),
    )  # fmt: skip


def draft() -> Flow:
    """Begun, not finished: the editor says what is missing."""
    return Flow(
        start="size",
        setting="You answer for a shoe shop.",
        facts=(Fact("wedding", "The wedding is on Saturday."),),
        steps=(Step("order", "Ask for the order number"), Step("way", "Offer a way that is in time", 2)),
        nodes=(
            Node("size", "The shoes are too small, and the wedding is on Saturday!", (
                Option("order", "What is the order number?", "number", ("order",)),
                Option("back", "Send them back, please.", "back")), states=("wedding",)),
            Node("number", "It is 2209. And now?"),
            Node("back", "", outcome="lost"),
        ),
    )  # fmt: skip


# name, what it trains, the flow
IN_FORCE = (
    ("A present that has not come", "Hear what is said in the first line, and come back to it.", gift()),
    ("Charged twice", "Own a mistake without telling a stranger about an account.", twice()),
    ("I want to cancel", "Ask before you offer; an offer fits a reason.", leaving()),
    (
        "Nobody came, again",
        "Somebody calls for the third time: hear it, act, and say who calls back.",
        technician(),
    ),
)
BEING_WRITTEN = ("Shoes for a wedding", "Find a way that is in time.", draft())
LINES = (
    ("Where is my parcel? It should have been here on Monday.", "late parcel", False),
    ("I have been waiting for two weeks now.", "late parcel", False),
    ("Your driver left a note, but I was at home!", "late parcel", False),
    ("Nobody rings the bell, they just drive on.", "late parcel", False),
    ("You charged me twice.", "payment", False),
    ("I do not know this amount on my bill.", "payment", False),
    ("Why is the bill higher than last month?", "payment", False),
    ("I want to end my contract.", "leaving", False),
    ("I move out of town, what happens to my contract?", "leaving", False),
    ("The line has been dead since this morning.", "fault", False),
    ("I am through with your bloody hotline.", "fault", True),
    ("Do you idiots ever read what I write?", "fault", True),
)
