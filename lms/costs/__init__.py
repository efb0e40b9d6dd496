"""What training costs: of a stretch of days, of modules, skills and people, beside a classroom.

What is spent is read outside and stands with its date and source among the readings of
`evaluation.readings`; the formulas are those of the indicators E1 to E5, by the same function
(`evaluation.estimators.ledger`). Here they meet the hours of everybody, whoever is in a pilot.
Nothing is entered or kept here.
"""
