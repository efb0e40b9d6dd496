"""What is owed to the people of whom data is kept: a register, terms, their own file, answers, a report.

Everything here is made from what the columns of all rooms say of themselves (`kernel.personal`): the
*register* lists it, the *file* of a person holds it, and what has a *term* goes when that is over.
A *request* is what somebody asks of their own data. Who looked at whom is in `people.privacy`,
the notice in `people.notices`.
"""
