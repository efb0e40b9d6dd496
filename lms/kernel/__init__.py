"""What every room stands on and no room owns.

Database base, settings, clock, ids, refusals, safe HTML, storage, languages,
documents (YAML and zip with line-numbered problems), tables in and out,
server-side sessions.

Words: a *refusal* is a rule that said no; a *problem* is one fault at one place
of one file. Nothing here knows what a module, a person or an audit is.
"""
