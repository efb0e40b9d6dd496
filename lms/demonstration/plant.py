"""The simulated plant: one site, two workshops, three shifts, invented people."""

from dataclasses import dataclass
from datetime import time
from random import Random

from lms.demonstration.behaviour import ShiftCode
from lms.people.ages import AgeBand

SITE = ("demo", "Site de démonstration")
WORKSHOPS = {"enduction": "Enduction", "decoupe": "Découpe et bobinage"}
SHIFTS = {
    ShiftCode.MORNING: ("Matin", time(5), time(13)),
    ShiftCode.AFTERNOON: ("Après-midi", time(13), time(21)),
    ShiftCode.NIGHT: ("Nuit", time(21), time(5)),
}
POSTS = {
    "enduction": {"ligne-1": "Ligne d’enduction 1", "encres": "Préparation des encres"},
    "decoupe": {"decoupeuse-3": "Découpeuse 3", "controle": "Contrôle des rouleaux"},
}
VISITED = "borne-visite"
"""The kiosk that a visitor's browser may become; it is announced, never enrolled by the simulator."""
TERMINALS = {"borne-1": ("Borne enduction", "enduction"), "borne-2": ("Borne découpe", "decoupe")}

GIVEN_NAMES = (
    "Adèle Alain Amina Anaïs Antoine Aurélie Awa Baptiste Bruno Camille Catherine Cédric Chloé Christelle Clément "
    "Dalila David Denis Élodie Émile Erwan Estelle Fabien Fatou Félix Florence Franck Gaël Gilles Hélène Hugo Ibrahim "
    "Inès Jacques Jeanne Jérôme Joël Karim Laëtitia Laurent Léa Loïc Lucie Maëlle Malik Marc Marion Mathieu Mehdi "
    "Mélanie Nadia Nathan Nicolas Nolwenn Olivier Pascal Pauline Rachid Rémi Romane Sabrina Samuel Sandrine Sébastien "
    "Simon Solène Sophie Stéphane Sylvie Tanguy Thérèse Thomas Valérie Vincent Yann Yasmine Zoé"
).split()
FAMILY_NAMES = (
    "Aubert Bailly Barbier Baron Bernier Besson Blanchard Bonnet Boucher Bouvier Brun Caron Chauvin Chevalier Clerc "
    "Colin Collet Cordier Courtois Delmas Denis Drouet Ducrocq Fabre Fleury Fournier Gaillard Garnier Gautier Girard "
    "Granger Guérin Guillot Hamon Hervé Hubert Jacquet Joly Julien Lacroix Lambert Leclerc Lefort Lemoine Leroux Lucas "
    "Maillard Marchand Marion Masson Menard Michaud Monnier Moreau Morin Nicolas Noël Olivier Pasquier Perrin Picard "
    "Poirier Prévost Renaud Rivière Robin Rocher Rousseau Roussel Royer Salmon Tessier Thibault Vasseur Vidal Voisin"
).split()


@dataclass(frozen=True)
class TeamOutline:
    """A team to be: its code, its name, where and when it works."""

    code: str
    name: str
    workshop: str
    shift: ShiftCode


@dataclass(frozen=True)
class PersonOutline:
    """An operator to be."""

    registration: str
    given_name: str
    family_name: str
    team: TeamOutline
    workstation: str
    leaves_after_weeks: int | None
    """Weeks into the pilot after which the person leaves; most stay."""


def teams() -> list[TeamOutline]:
    """Return one team for each workshop and shift."""
    return [
        TeamOutline(f"{workshop}-{shift.value}", f"{title} {SHIFTS[shift][0].lower()}", workshop, shift)
        for workshop, title in WORKSHOPS.items()
        for shift in SHIFTS
    ]


def operators(number: int, weeks: int, random: Random) -> list[PersonOutline]:
    """Return that many operators, spread evenly over the teams; one in forty leaves on the way."""
    spread = teams()
    return [_operator(place, spread[place % len(spread)], weeks, random) for place in range(number)]


def age_band(registration: str) -> AgeBand | None:
    """Return the invented age band of a person; nobody said it for one in twelve."""
    known = Random(f"age {registration}")  # noqa: S311  (repeatable, and apart from the course of the story)
    return known.choices([*AgeBand, None], weights=[32, 38, 22, 8])[0]


def _operator(place: int, team: TeamOutline, weeks: int, random: Random) -> PersonOutline:
    posts = list(POSTS[team.workshop])
    return PersonOutline(
        registration=f"SIM{place + 1:04}",
        given_name=random.choice(GIVEN_NAMES),
        family_name=random.choice(FAMILY_NAMES),
        team=team,
        workstation=posts[place // 6 % len(posts)],
        leaves_after_weeks=random.randint(1, max(1, weeks - 1)) if place % 40 == 7 else None,
    )
