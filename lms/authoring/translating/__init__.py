"""The texts of a module in its other languages.

A *unit* is one text of a module document: the title, an answer, the words of a picture. The first
language of the module is the original; in each other language a unit is *missing*, *outdated*
(the original changed since its translation was written or confirmed) or *done*.

Not here: how the rest of a draft changes; which words an interface speaks.
"""
