"""The advice on a draft."""

from lms.authoring.guidance import files
from lms.authoring.guidance.advising import AdvisedModule, advise
from lms.authoring.queries import Work


def advice(work: Work) -> AdvisedModule:
    """Return what is advised on a module as its draft stands."""
    return advise(work.document, files.known(work.media))
