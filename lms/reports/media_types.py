"""In which formats the report of an evaluation is handed out."""

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "zip": "application/zip",
}
"""The formats there are; `zip` is the dossier."""
LONG = ("pdf", "docx", "zip")
"""Those that take longer to make than anyone waits for a page, as `python -m bench.report` measures."""
