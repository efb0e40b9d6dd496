"""What the fields of an audit are called in forms, and what helps to fill them in."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from lms.web.audits.value_labels import DIMENSIONS


@dataclass(frozen=True)
class Field:
    """What a field is called, and what helps to fill it in."""

    label: LazyString
    help: LazyString | str = ""


_IN_ONE_LANGUAGE = _l("In one language at least.")
_WHOSE = _l("A role or a department, never a name.")

FIELDS: dict[str | tuple[str, str], Field] = {
    "code": Field(
        _l("Code"), _l("Short and lasting, for example C1: up to 40 letters, digits and hyphens. It never changes.")
    ),
    "provenance": Field(
        _l("Known or illustrative"), _l("Known: stated by a source. Illustrative: an example that nobody observed.")
    ),
    "title": Field(_l("Title"), _IN_ONE_LANGUAGE),
    "statement": Field(_l("Statement"), _IN_ONE_LANGUAGE),
    "note": Field(_l("Note")),
    "owner": Field(_l("Owner"), _WHOSE),
    "objective": Field(_l("Objective at work"), _l("What people can do afterwards.")),
    "audience": Field(_l("For whom"), _l("Posts or teams.")),
    "mandatory": Field(_l("Required by law"), _l("In the sense of article L6321-2 of the Labour Code.")),
    "mode": Field(_l("Form")),
    "minutes": Field(_l("Planned length (minutes)")),
    "people_a_year": Field(_l("People a year")),
    "refresh_months": Field(_l("Refreshed every (months)"), _l("0 when never.")),
    "assessment": Field(_l("Checked today by")),
    "digital_potential": Field(
        _l("Digital potential"), _l("What a module could carry. It never replaces the gesture.")
    ),
    "modules": Field(_l("Modules made of it")),
    "proof": Field(_l("Proof it gives"), _l("For example: attendance sheet, certificate.")),
    "cost_per_session": Field(_l("Cost of a session (€)")),
    "trainer": Field(_l("Trainer in charge")),
    "irritants": Field(_l("What annoys people about it"), _l("As they said it, without naming anyone.")),
    "contraindications": Field(
        _l("What speaks against a screen"), _l("For example: a fine gesture, or safety at the machine.")
    ),
    "outcome": Field(_l("What becomes of it"), _l("Once it is decided.")),
    "outcome_reason": Field(_l("Why"), _l("Needed as soon as it is decided.")),
    ("arrangements", "evidence"): Field(_l("Evidence that tells of it")),
    ("trainers", "title"): Field(_l("Pseudonym"), _l("Never a name. In one language at least.")),
    ("trainers", "role"): Field(_l("Kind of trainer")),
    "shift": Field(_l("Shift worked")),
    "hours_a_month": Field(_l("Hours a month for training")),
    "posts": Field(_l("Posts at level O"), _l("One a line: posts this person can hold and teach.")),
    "authoring": Field(_l("Writing modules, by their own account")),
    "trained_on": Field(_l("Trained as a trainer on")),
    "arrangement": Field(_l("Arrangement that uses it")),
    "format": Field(_l("Format"), _l("For example: paper, slides, film.")),
    ("materials", "owner"): Field(_l("Kept by"), _WHOSE),
    "reviewed_on": Field(_l("Last reviewed on")),
    "words_per_screen": Field(_l("Words on a screen"), _l("On average; at most 60 is aimed at.")),
    "rights": Field(_l("Rights"), _l("Who owns it, under which licence.")),
    "captions": Field(_l("Films have captions")),
    "alt_texts": Field(_l("Pictures have a text in their place")),
    "reuse": Field(_l("Can be reused")),
    "kind": Field(_l("Kind")),
    "place": Field(_l("Place")),
    "state": Field(_l("Readiness")),
    "device": Field(_l("Model")),
    "screen_inches": Field(_l("Screen (inches)")),
    "gloves": Field(_l("Works with gloves")),
    "noise": Field(_l("Noise")),
    "audio": Field(_l("Sound can be heard")),
    "privacy": Field(_l("Others cannot read the screen")),
    "wired": Field(_l("Power and network in place")),
    "opening_hours": Field(_l("Open at"), _l("For example: 5 a.m. to 9 p.m.")),
    "hours_a_day": Field(_l("Open hours a day"), _l("The use of kiosks is measured against it.")),
    "tests": Field(_l("Tests of the network"), _l("One row for each zone and day. The loss is worked out.")),
    ("tests", "zone"): Field(_l("Zone")),
    ("tests", "tested_on"): Field(_l("Tested on")),
    ("tests", "pings"): Field(_l("Pings sent")),
    ("tests", "lost"): Field(_l("Pings lost")),
    ("tests", "median_ms"): Field(_l("Median latency (ms)")),
    "captive_proxy": Field(_l("A proxy stands in the way")),
    "offline_needed": Field(_l("Must work without network")),
    "sign_in": Field(_l("How people sign in"), _l("For example: badge, PIN.")),
    "shared_session_risk": Field(_l("Risk of shared sessions")),
    "leavers_source": Field(_l("Where comings and goings are known")),
    "roster_source": Field(_l("Where shifts are planned")),
    ("it", "owner"): Field(_l("Responsible"), _WHOSE),
    ("it", "format"): Field(_l("Format of exchange")),
    "frequency": Field(_l("How often")),
    "host": Field(_l("Hosted by")),
    "backups": Field(_l("Backups")),
    "retention": Field(_l("Kept for")),
    "data_protection_contact": Field(_l("Data protection contact"), _WHOSE),
    "processing_register": Field(_l("Entry in the register of processing")),
    "night_support": Field(_l("Who answers on the night shift"), _WHOSE),
    "target_minutes": Field(_l("Answer within (minutes)")),
    ("panel", "role"): Field(_l("Role met")),
    "met": Field(_l("How many were met")),
    "asked": Field(_l("How many were to be met")),
    "must_cover": Field(_l("Who had to be among them"), _l("In words, for readers. The rules are below.")),
    ("panel", "shifts"): Field(
        _l("Shift by shift"),
        _l("What someone said is shown only where enough people of the company share the role and the shift."),
    ),
    ("shifts", "shift"): Field(_l("Shift")),
    ("shifts", "met"): Field(_l("How many were met")),
    ("shifts", "in_company"): Field(_l("In the company")),
    "every_shift": Field(_l("Every shift must be covered")),
    "seniority_bands": Field(_l("Bands of seniority met"), _l("One a line, for example: under 2 years.")),
    "least_seniority_bands": Field(_l("Bands of seniority wanted")),
    "age_bands": Field(_l("Bands of age met"), _l("One a line, broad ones.")),
    "least_age_bands": Field(_l("Bands of age wanted")),
    "profiles_asked": Field(_l("Profiles wanted"), _l("One a line, for example: occasional trainer.")),
    "profiles_met": Field(_l("Profiles met"), _l("One a line, written as above.")),
    "source_type": Field(_l("Kind of source")),
    ("evidence", "role"): Field(_l("Role of the person met")),
    "shift_band": Field(
        _l("Shift of the person met"),
        _l("Written as on the page of people met. Shown only where enough people share it."),
    ),
    "gathered_on": Field(_l("Gathered on")),
    "excerpt": Field(
        _l("Excerpt"), _l("At most 300 characters, with nothing that tells who spoke. In one language at least.")
    ),
    "sentiment": Field(_l("Tone")),
    "speaker": Field(
        _l("Number of the person met"),
        _l("Any number, the same for the same person. The list that says who is who stays outside this tool."),
    ),
    ("evidence", "themes"): Field(_l("Themes")),
    "coder": Field(_l("Coded by"), _l("Initials or a role.")),
    "second_themes": Field(_l("Themes chosen by a second coder"), _l("Without having seen the first choice.")),
    "second_coder": Field(_l("Coded a second time by"), _l("Someone else. A fifth of the evidence at least.")),
    "scope": Field(_l("Where it holds"), _l("Workshops, shifts or posts.")),
    "validated_by": Field(_l("Validated by"), _l("Initials or a role. Two people make a draft a finding.")),
    "validated_on": Field(_l("Validated on")),
    "second_validated_by": Field(_l("Validated a second time by"), _l("Someone else.")),
    "second_validated_on": Field(_l("Validated a second time on")),
    "area": Field(_l("Area")),
    "polarity": Field(_l("Asset or obstacle")),
    ("findings", "evidence"): Field(
        _l("Evidence it rests on"), _l("Two kinds of source or three persons make it solid; less is a weak signal.")
    ),
    "rationale": Field(_l("Why")),
    ("recommendations", "findings"): Field(_l("Findings it answers")),
    "horizon": Field(_l("Horizon")),
    "testable": Field(_l("Can a pilot test it?"), _l("One that no pilot can test is never given a verdict.")),
    "critical": Field(_l("Critical: the pilot fails if it is not met")),
    ("recommendations", "status"): Field(_l("Decision")),
    "decided_by": Field(_l("Decided by"), _l("A body or a role. Needed as soon as something is decided.")),
    "decided_on": Field(_l("Decided on"), _l("Needed as soon as something is decided.")),
    "decision_reason": Field(_l("Reason of the decision"), _l("Needed as soon as something is decided.")),
    "recommendation": Field(_l("Recommendation it carries out")),
    ("actions", "status"): Field(_l("Progress"), _l("Lateness is worked out from the due date, never typed.")),
    "due_on": Field(_l("Due date")),
    "done_on": Field(_l("Done on"), _l("Needed once it is done, and only then.")),
    "milestones": Field(_l("Milestones"), _l("How far it has come is told by steps, not by a percentage.")),
    ("milestones", "title"): Field(_l("Step")),
    ("milestones", "due_on"): Field(_l("Due")),
    ("milestones", "done_on"): Field(_l("Done")),
    ("actions", "proof"): Field(_l("What shows that it is done"), _l("Needed once it is done.")),
    "cancelled_reason": Field(_l("Why it was given up"), _l("Needed when it is given up, and only then.")),
    "likelihood": Field(_l("Likelihood")),
    "severity": Field(_l("Severity")),
    "warning_sign": Field(_l("Early sign")),
    "mitigation": Field(_l("What is done about it")),
    "lifted_when": Field(_l("Lifted when"), _l("Something that can be seen. In one language at least.")),
    "blocking": Field(_l("Blocks the pilot until lifted")),
    ("vigilance", "status"): Field(
        _l("Progress"), _l("Open, being dealt with, criterion observed, lifted: one after the other.")
    ),
    "watch": Field(
        _l("Watched indicator"),
        _l("An indicator that warns early. The point is at risk when it is beyond its limit."),
    ),
    ("watch", "indicator"): Field(_l("Indicator"), _l("Its code, for example C6.")),
    ("watch", "direction"): Field(_l("It should stay")),
    ("watch", "limit"): Field(_l("Limit"), _l("In the indicator’s own unit; 0.3 for 30 %.")),
    "observed_on": Field(_l("Criterion observed on")),
    "lifted_by": Field(_l("Lifted by"), _l("A body or a role.")),
    "lifted_on": Field(_l("Lifted on")),
    "reopened_on": Field(_l("Reopened on"), _l("Needed when a lifted point opens again.")),
    "reopened_reason": Field(_l("Why it was reopened")),
    ("vigilance", "evidence"): Field(_l("Evidence that it is lifted")),
    "summary": Field(_l("Summary"), _IN_ONE_LANGUAGE),
    "institution": Field(_l("Carried out by")),
    "site": Field(_l("Site")),
    "started_on": Field(_l("Started on")),
    "delivered_on": Field(_l("Delivered on")),
    "source": Field(_l("Source of what is known")),
    ("header", "shifts"): Field(_l("Shifts of the site"), _l("One a line. The people met are to cover them.")),
    "process": Field(_l("Process")),
    **{
        name: field
        for dimension, words in DIMENSIONS.items()
        for name, field in (
            (dimension, Field(words)),
            (f"{dimension}_evidence", Field(_l("Evidence for it"), _l("A rating needs one."))),
        )
    },
    "gate": Field(_l("Gate")),
    "value": Field(
        _l("Value"), _l("Loss in per cent, number of trainers, or mean. Nothing for an opinion or a sign-off.")
    ),
    "recorded_on": Field(_l("Observed or given on")),
    ("gates", "evidence"): Field(_l("Evidence for it"), _l("Without it the gate is not passed.")),
    "moment": Field(_l("Key moment")),
    "planned_on": Field(_l("Planned on")),
    "held_on": Field(_l("Held on")),
    ("moments", "minutes"): Field(_l("What was said")),
    "decisions": Field(_l("What was decided")),
    "next_steps": Field(_l("What comes next")),
}
