"""An audit as its pages show it: what is worked out from the document, and the plans that answer it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _

from lms.audit import editing, maturity, panel, queries, rules
from lms.audit.agreement import Agreement, agreement
from lms.audit.document import (
    Action,
    AuditDocument,
    Evidence,
    Finding,
    KeyMoment,
    Recommendation,
    VigilancePoint,
    entries,
)
from lms.audit.models import Provenance, VigilanceStatus
from lms.audit.texts import Entry, Part
from lms.kernel.clock import today
from lms.kernel.languages import current_language
from lms.kernel.refusals import NotFound
from lms.plans import queries as plans
from lms.plans.models import Plan
from lms.web.audits.labels import SECTIONS, value_words


@dataclass(frozen=True)
class Reading:
    """An audit before someone's eyes."""

    document: AuditDocument
    version: int
    numbers: dict[str, int]
    """The number of each recommendation, for plans."""
    plans: list[Plan]
    today: date
    smallest_group: int

    @cached_property
    def referring(self) -> dict[editing.Place, list[editing.Place]]:
        """Who refers to each entry."""
        return editing.referring(self.document)

    @cached_property
    def plans_by_recommendation(self) -> dict[str, list[Plan]]:
        """The plans that answer each recommendation, cancelled ones left out."""
        found = defaultdict(list)
        for plan in self.plans:
            if plan.recommendation is not None and plan.cancelled_at is None:
                found[plan.recommendation.code].append(plan)
        return found

    @cached_property
    def _evidence(self) -> dict[str, Evidence]:
        return {piece.code: piece for piece in self.document.evidence}

    def cited_by(self, section: str, code: str, by: str) -> list[Any]:
        """Return the entries of the section `by` that refer to an entry."""
        codes = [citing for where, citing in self.referring.get((section, code), []) if where == by]
        return [editing.find(self.document, by, citing) for citing in codes]

    def cited(self, section: str, codes: Iterable[str]) -> list[Any]:
        """Return the entries of those codes."""
        return [editing.find(self.document, section, code) for code in codes]

    @cached_property
    def solid_findings(self) -> set[str]:
        """The codes of the findings that rest on enough; the others are weak signals."""
        return {finding.code for finding in self.document.findings if self._strength(finding) is rules.Strength.SOLID}

    def _strength(self, finding: Finding) -> rules.Strength:
        return rules.strength(self._evidence[code] for code in finding.evidence)

    def persons_behind(self, finding: Finding) -> int:
        """Return how many persons the evidence of a finding comes from."""
        return rules.persons(self._evidence[code] for code in finding.evidence)

    def is_validated(self, finding: Finding) -> bool:
        """Whether two people stand behind a finding."""
        return rules.is_validated(finding)

    @property
    def loose_ends(self) -> list[tuple[str, str, list[Any]]]:
        """Where the line from evidence to plans is broken: what it says, the section and its entries."""
        document, cited = self.document, self.referring
        unused = [piece for piece in document.evidence if ("evidence", piece.code) not in cited]
        unanswered = [finding for finding in document.findings if ("findings", finding.code) not in cited]
        unplanned = [entry for entry in document.recommendations if entry.code not in self.plans_by_recommendation]
        return [
            (_("Evidence on which no finding rests"), "evidence", unused),
            (_("Findings that no recommendation answers"), "findings", unanswered),
            (_("Recommendations that no plan answers"), "recommendations", unplanned),
        ]

    def may_quote(self, piece: Evidence) -> bool:
        """Whether the words of a piece, and the shift of who said them, point at nobody."""
        return rules.may_be_quoted(piece, self.document.panel, self.smallest_group)

    def says(self, entry: Any) -> dict[str, str]:
        """Return what an entry says, in its languages; of words that point at someone, that they are not shown."""
        if isinstance(entry, Evidence) and not self.may_quote(entry):
            return {current_language(): _("Words not shown: too few people share this role and shift.")}
        return says(entry)

    @property
    def agreement(self) -> Agreement:
        """How far the two coders of the evidence agree."""
        twice = [piece for piece in self.document.evidence if piece.coder and piece.second_coder]
        coded = [(piece.themes, piece.second_themes) for piece in twice]
        return agreement(len(self.document.evidence), coded)

    @property
    def gaps(self) -> list[panel.Gap]:
        """What the panel does not cover."""
        return panel.gaps(self.document.panel, self.document.shifts)

    @property
    def heat_map(self) -> Any:
        """The median rating of each area in each dimension."""
        return maturity.heat_map(self.document.maturity)

    @property
    def readiness(self) -> maturity.Readiness:
        """Whether a pilot may begin, and what stands in its way."""
        return maturity.readiness(self.document.maturity, self.document.gates)

    def gate(self, name: maturity.GateName) -> maturity.Gate | None:
        """Return what is recorded of a gate."""
        return next((gate for gate in self.document.gates if gate.gate is name), None)

    def gate_state(self, name: maturity.GateName) -> maturity.GateState:
        """Return what a gate comes to."""
        return maturity.gate_state(self.gate(name))

    def ratings(self, process: maturity.Process) -> maturity.ProcessRating | None:
        """Return how a process was rated."""
        return next((row for row in self.document.maturity if row.process is process), None)

    def is_missed(self, moment: KeyMoment) -> bool:
        """Whether a key moment is past its day without having been held."""
        return rules.is_missed(moment.planned_on, moment.held_on, self.today)

    @property
    def blocking_points(self) -> list[VigilancePoint]:
        """The points that block the pilot and are not lifted."""
        points = self.document.vigilance
        return [point for point in points if point.blocking and point.status is not VigilanceStatus.LIFTED]

    def is_late(self, action: Action) -> bool:
        """Whether an action is past its date."""
        return rules.is_late(action.status, action.due_on, self.today)

    @property
    def late_actions(self) -> list[Action]:
        """The actions past their date, the longest late first."""
        late = [action for action in self.document.actions if self.is_late(action)]
        return sorted(late, key=lambda action: (action.due_on or self.today, action.code))

    def risk(self, point: VigilancePoint) -> int:
        """Return likelihood times severity, 1 to 16."""
        return rules.risk(point.likelihood, point.severity)

    def points_at(self, likelihood: int, severity: int) -> list[VigilancePoint]:
        """Return the points of vigilance of one cell of the matrix."""
        points = self.document.vigilance
        return [point for point in points if (point.likelihood, point.severity) == (likelihood, severity)]

    def evidence_behind(self, recommendation: Recommendation) -> list[Evidence]:
        """Return the evidence under the findings that a recommendation answers, each once."""
        findings = self.cited("findings", recommendation.findings)
        codes = dict.fromkeys(code for finding in findings for code in finding.evidence)
        return self.cited("evidence", codes)

    def shows_illustrative(self, *sections: str) -> bool:
        """Whether any entry of the sections is illustrative."""
        shown = [entry for section in sections for entry in entries(self.document, section)]
        return any(entry.provenance is Provenance.ILLUSTRATIVE for entry in shown)

    def address(self, section: str, key: str = "") -> str:
        """Return where an entry, or its section, stands on the pages."""
        anchor = f"{section}-{key}" if key else section
        return url_for(SECTIONS[section].page, code=self.document.code, _anchor=anchor)


def says(entry: Any) -> dict[str, str]:
    """Return what an entry says, in its languages; nothing for a role of the panel."""
    return next((getattr(entry, name) for name in ("statement", "title", "excerpt") if hasattr(entry, name)), {})


def name_of(section: str, entry: Part) -> str:
    """Return what an entry is called: its code, or the words for what it is about."""
    return entry.code if isinstance(entry, Entry) else value_words(section, entry.key, getattr(entry, entry.key))


def read(code: str) -> Reading:
    """Return the audit of that code; raises NotFound."""
    audit = queries.audit(code)
    if audit is None:
        raise NotFound()
    return Reading(
        document=queries.document(audit),
        version=audit.version,
        numbers={row.code: row.id for row in audit.recommendations},
        plans=plans.answering(audit.id),
        today=today(),
        smallest_group=current_app.config["SMALLEST_GROUP"],
    )
