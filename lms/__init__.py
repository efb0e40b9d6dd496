"""Établi: short digital modules on shared kiosks, followed to the verdict of an audit.

The rooms, highest first. A package imports only from lower lines; side by side (`|`)
means strangers. `tests/conventions/test_imports.py` reads this list.

    web | cli                               what people see | what operators of the server type
    demonstration                           the pilot of the case as data, simulated behaviour
    privacy                                 the register, terms, one’s own file, what people ask
    reports                                 documents made from evaluations and progress
    costs                                   what training costs, by module, skill and head
    evaluation                              pilots, frozen protocols, indicators, verdicts
    delivery | skills                       sittings at a kiosk | tasks, levels, sign-offs
    proof                                   habilitations, certificates that can be verified
    progress | practice                     standings, statistics | what was learnt, asked again after days
    authoring | classroom | plans | records | surveys   drafts | sessions | who learns what | what happened | opinions
    audit | catalogue                       inventories, findings, recommendations | modules, frozen editions, media
    people                                  persons, teams, shifts, sites, roles, badges, roster import
    kernel                                  database base, settings, clock, ids, refusals, safe HTML, storage
"""
