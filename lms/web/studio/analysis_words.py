"""What first attempts say of a question, in sentences a trainer understands. Questions are judged, never people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean

from flask import url_for
from flask_babel import LazyString, format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.catalogue.content import FORMS
from lms.catalogue.questions import ChoiceQuestion, Question, TrueFalse, choices
from lms.kernel.jobs.models import Job
from lms.kernel.languages import in_language
from lms.people.permissions import Permission
from lms.progress.analyses import KIND
from lms.progress.findings import Finding
from lms.progress.items import ENOUGH, IDLE, Flag, QuestionAnalysis
from lms.progress.psychometrics import QuizFigures
from lms.web.shared import jobs

FLAGS: dict[Flag, LazyString] = {
    Flag.CHECK_KEY: _l("Is the right answer the right one?"),
    Flag.SUSPECT_KEY: _l("Is another answer right too?"),
    Flag.TOO_HARD: _l("Very hard"),
    Flag.AMBIGUOUS: _l("Ambiguous?"),
    Flag.CLICKED_AT_RANDOM: _l("Answered without reading?"),
    Flag.KNOWN_BEFORE: _l("Known beforehand"),
    Flag.IDLE_DISTRACTOR: _l("A wrong answer that nobody takes"),
}
"""In the order in which they are said."""


def add_places() -> None:
    """Say what readers are told while the figures of a module that many people took are made."""
    jobs.add(
        KIND.name,
        jobs.Place(_l("The figures of the questions are being made"), Permission.WRITE_MODULES, _to_page, _to_page),
    )


def _to_page(job: Job) -> str:
    return url_for("studio.analysis", code=job.arguments["code"])


def option_words(question: Question, key: str) -> str:
    """Return what an option is called on the page."""
    if not isinstance(question, ChoiceQuestion):
        return _("True") if key == "true" else _("False")
    option = next(one for one in choices(question) if one.key == key)
    return in_language(option.text or option.picture.alt) if hasattr(option, "picture") else in_language(option.text)


def sentences(finding: Finding) -> list[str]:
    """Return what is to be said of a question, the result first."""
    told, question = finding.analysis, finding.question
    if told.figures is None or told.interval is None:
        return [_("Not shown yet: so few people have answered that figures would tell of each of them.")]
    right = round(told.figures.facility * told.answers / 100)
    said = [
        _(
            "%(right)s of %(all)s were right at the first go. Of many more people, between %(low)s and %(high)s %% "
            "would be.",
            right=right,
            all=told.answers,
            low=round(100 * told.interval.low),
            high=round(100 * told.interval.high),
        )
    ]
    said += _tempting(told, question)
    if told.flags is None:
        return [*said, _("Too early to judge the question itself: from %(enough)s people on.", enough=ENOUGH)]
    raised = [_FLAG_SENTENCES[flag](told, question) for flag in FLAGS if flag in told.flags]
    return [*said, *(raised or [_("Nothing about it stands out.")])]


def _tempting(told: QuestionAnalysis, question: Question) -> list[str]:
    found = told.tempting
    if found is None:
        return []
    facts = {"chosen": found.chosen, "all": told.answers, "option": option_words(question, found.key)}
    if question.picture:
        return [_("%(chosen)s of %(all)s chose “%(option)s”: is the picture ambiguous?", **facts)]
    return [_("%(chosen)s of %(all)s chose “%(option)s”: is the wording ambiguous, or is it what people do?", **facts)]


def _idle(told: QuestionAnalysis, question: Question) -> str:
    names = [option_words(question, one.key) for one in told.choices if not one.correct and one.percent < IDLE]
    if isinstance(question, TrueFalse):
        return _("Hardly anyone said “%(option)s”: the statement misleads nobody.", option=names[0])
    options = ", ".join(_("“%(option)s”", option=name) for name in names)
    return _("Hardly anyone chose %(options)s: put a mistake there that people really make.", options=options)


_FLAG_SENTENCES: dict[Flag, Callable[[QuestionAnalysis, Question], str]] = {
    Flag.CHECK_KEY: lambda told, question: _(
        "Who did well on the other questions did worse on this one. Look first whether the right answer is marked as "
        "such."
    ),
    Flag.SUSPECT_KEY: lambda told, question: _(
        "Of the half who did best on the other questions, more chose a wrong answer than the right one. "
        "Is it right too?"
    ),
    Flag.TOO_HARD: lambda told, question: _(
        "Fewer than three in ten were right. Does the module teach it, and is the right answer marked as such?"
    ),
    Flag.AMBIGUOUS: lambda told, question: _(
        "Whether people were right here has little to do with how they did elsewhere. Can the question be read in two "
        "ways?"
    ),
    Flag.CLICKED_AT_RANDOM: lambda told, question: _(
        "Half of the people answered within two seconds: too short to read it."
    ),
    Flag.KNOWN_BEFORE: lambda told, question: _("Nearly everyone knew it before the module."),
    Flag.IDLE_DISTRACTOR: _idle,
}


@dataclass(frozen=True)
class Form:
    """One of two equal forms, as it was written and as it was found."""

    name: str
    questions: int
    points: int
    found: float | None
    """Per cent right at the first go, the mean of its questions; None where one of them is not shown."""


def forms(findings: Sequence[Finding]) -> list[Form]:
    """Return the forms of a module side by side; nothing of one that has none."""
    return [
        _form(name, [one for one in findings if one.question.form == name])
        for name in FORMS
        if any(one.question.form == name for one in findings)
    ]


def _form(name: str, findings: Sequence[Finding]) -> Form:
    told = [one.analysis.figures.facility for one in findings if one.analysis.figures is not None]
    found = fmean(told) if len(told) == len(findings) else None
    return Form(name, len(findings), sum(one.question.points for one in findings), found)


@dataclass(frozen=True)
class Fact:
    """A figure with its name, and what it means in words."""

    name: str
    value: str
    meaning: str


def facts(told: QuestionAnalysis) -> list[Fact]:
    """Return the figures of a question that are shown."""
    if told.figures is None:
        return []
    found = [Fact(_("Right at the first go"), _per_cent(told.figures.facility), "")]
    if told.guess is not None:
        found.append(Fact(_("Right by chance alone"), _per_cent(told.guess), ""))
    found.append(Fact(_("Goes with the other questions"), *_discrimination(told)))
    if told.median_ms is not None:
        seconds = format_decimal(round(told.median_ms / 1000, 1))
        found.append(Fact(_("Time to answer"), _("%(seconds)s s", seconds=seconds), _("half took longer")))
    return found


def _discrimination(told: QuestionAnalysis) -> tuple[str, str]:
    value = told.figures.discrimination if told.figures else None
    if value is None:
        return "–", _("everyone did alike")
    shown = format_decimal(round(value / 100, 2))
    if told.flags is None:
        return shown, _("too early to say")
    if Flag.CHECK_KEY in told.flags:
        return shown, _("the wrong way round")
    return shown, _("hardly") if Flag.AMBIGUOUS in told.flags else _("from −1 to 1; the nearer to 1, the more")


def quiz_sentences(quiz: QuizFigures, points: int) -> list[str]:
    """Return what is said of the questions of an edition together, with its cautions."""
    mean = format_decimal(round(quiz.mean, 1))
    said = [_("On average people have %(mean)s of %(points)s points at the first go.", mean=mean, points=points)]
    if quiz.alpha is None or quiz.alpha_interval is None:
        return [*said, _("People differ too little, or too few questions are asked, to say how well they agree.")]
    low, high = (format_decimal(round(end, 2)) for end in (quiz.alpha_interval.low, quiz.alpha_interval.high))
    alpha = format_decimal(round(quiz.alpha, 2))
    said.append(
        _(
            "How far the questions agree (Cronbach’s α): %(alpha)s, between %(low)s and %(high)s.",
            alpha=alpha,
            low=low,
            high=high,
        )
    )
    if quiz.attempts < ENOUGH:
        said.append(
            _("With %(people)s people that says nothing yet: wait for %(enough)s.", people=quiz.attempts, enough=ENOUGH)
        )
    if quiz.standard_error is not None:
        error = format_decimal(round(quiz.standard_error, 1))
        said.append(
            _("A result is exact to about %(error)s points, more or less (standard error of measurement).", error=error)
        )
    said.append(
        _("Where nearly everyone is meant to pass, people differ little and α is low: that is no fault of the module.")
    )
    return said


def _per_cent(value: float) -> str:
    return _("%(share)s %%", share=round(value))
