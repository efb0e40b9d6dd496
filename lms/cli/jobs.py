"""`flask jobs …`: do long work, look at it."""

import os

import click
from flask.cli import AppGroup
from flask_babel import gettext as _
from sqlalchemy import select

import lms.authoring.jobs
import lms.authoring.media.tidying
import lms.authoring.media.videos
import lms.authoring.previews
import lms.authoring.voices
import lms.delivery.jobs
import lms.evaluation.jobs
import lms.people.roster.folder
import lms.privacy.jobs
import lms.progress.analyses
import lms.progress.jobs
import lms.reports.digests.jobs
import lms.reports.figures.jobs
import lms.reports.jobs
import lms.reports.proof_jobs
import lms.reports.skills_jobs  # noqa: F401  (all of them register what they do)
from lms.cli import frame
from lms.kernel.database import db
from lms.kernel.jobs import working
from lms.kernel.jobs.models import Job

jobs = AppGroup("jobs", help="Long work: evaluations, figures of running pilots, imports, videos, planned editions.")
NICENESS = 5
"""Kiosks come first."""


@jobs.command("run")
@click.option("--stay", is_flag=True, help="Go on waiting for more, as on a machine beside the server.")
@frame.reads
def run(stay: bool) -> None:
    """Do every job that waits; the server starts this by itself on its own machine."""
    os.nice(NICENESS)
    with frame.seldom_looking_for_garbage():
        working.ask_and_work_off()
        if stay:
            working.go_on()


@jobs.command("list")
@frame.json_option
@frame.reads
def list_(as_json: bool) -> None:
    """List the jobs of the last 30 days, the newest first."""
    rows = [
        {
            "job": str(job.id),
            "kind": job.kind,
            "subject": job.subject,
            "state": job.state.value,
            "done": job.done,
            "whole": job.whole,
            "asked_at": job.asked_at.isoformat(),
            "ended_at": job.ended_at.isoformat() if job.ended_at else None,
            "message": job.message,
        }
        for job in db.session.scalars(select(Job).order_by(Job.asked_at.desc(), Job.id.desc()))
    ]
    lines = ["\t".join(str(row[key] or "") for key in ("asked_at", "kind", "subject", "state")) for row in rows]
    frame.answer({"jobs": rows}, as_json, lines or [_("There are no jobs.")])
