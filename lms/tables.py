"""Every table of every room: import this where the whole database is described, as migrations do.

A running server loads a room's tables with the room.
"""

# ruff: noqa: F401  (imported so that the metadata holds every table)
import lms.audit.keeping
import lms.audit.models
import lms.authoring.bank.models
import lms.authoring.media.models
import lms.authoring.models
import lms.authoring.reviewing.models
import lms.catalogue.models
import lms.classroom.models
import lms.delivery.models
import lms.delivery.slots.models
import lms.evaluation.decisions.models
import lms.evaluation.models
import lms.evaluation.monitoring.models
import lms.evaluation.readings.models
import lms.kernel.branding.models
import lms.kernel.enclosures
import lms.kernel.jobs.models
import lms.kernel.purging
import lms.kernel.sessions
import lms.people.deputies.models
import lms.people.models
import lms.people.privacy.models
import lms.people.roster.models
import lms.people.second_factor.models
import lms.people.tokens.models
import lms.plans.models
import lms.privacy.models
import lms.progress.models
import lms.progress.seals.models
import lms.proof.models
import lms.records.models
import lms.reports.digests.models
import lms.reports.figures.models
import lms.skills.models
import lms.surveys.models
