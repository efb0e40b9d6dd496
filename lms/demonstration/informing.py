"""The notice of the simulated plant: what staff are told before anything is kept."""

from datetime import datetime, timedelta

from lms.people import notices
from lms.people.notices import NoticeText

BEFORE_THE_PILOT = timedelta(days=10)
TEXT = NoticeText(
    words={
        "fr": "Cette borne sert à apprendre, sur votre temps de travail. Elle garde ce qui suit, et rien d’autre.\n\n"
        "Votre chef d’équipe voit quels modules vous avez terminés. Il ne voit jamais vos réponses. La direction et "
        "le CSE voient des nombres, jamais pour moins de cinq personnes. Rien ne sert à sanctionner.\n\n"
        "Vous pouvez demander au service RH à voir tout ce qui est gardé sur vous, et à faire corriger une erreur.",
        "en": "This kiosk is there to learn, in your working time. It keeps what follows, and nothing else.\n\n"
        "Your team leader sees which modules you have completed, and never your answers. Management and the works "
        "council see numbers, never of fewer than five people. Nothing is used to punish.\n\n"
        "You may ask HR to see everything that is kept about you, and to have a mistake corrected.",
        "ar": "هذا الجهاز للتعلّم خلال وقت العمل. يحفظ ما يلي ولا شيء غيره.\n\n"
        "يرى رئيس فريقكم الوحدات التي أنهيتموها، ولا يرى أجوبتكم أبداً. ترى الإدارة ولجنة العمال أعداداً فقط، "
        "وليس لأقل من خمسة أشخاص. لا شيء يُستعمل للعقاب.\n\n"
        "يمكنكم أن تطلبوا من قسم الموارد البشرية رؤية كل ما يُحفظ عنكم وتصحيح أي خطأ.",
    },
    fields=(
        {
            "fr": "Votre nom, votre matricule, votre équipe, votre poste, vos dates d’arrivée et de départ : "
            "pour savoir quels modules vous concernent.",
            "en": "Your name, registration number, team, post, first and last day: to know which modules concern you.",
            "ar": "اسمكم ورقم تسجيلكم وفريقكم ومكان عملكم وتاريخا الوصول والمغادرة: لمعرفة الوحدات التي تخصكم.",
        },
        {
            "fr": "Votre tranche d’âge, jamais votre âge : pour voir si les bornes conviennent à tous.",
            "en": "Your age band, never your age: to see whether kiosks suit everyone.",
            "ar": "فئة عمركم، لا عمركم: لمعرفة هل تناسب الأجهزة الجميع.",
        },
        {
            "fr": "Votre badge et votre numéro secret, sous une forme que personne ne peut lire : "
            "pour vous reconnaître.",
            "en": "Your badge and secret number, in a form that nobody can read: to recognise you.",
            "ar": "بطاقتكم ورقمكم السري، بشكل لا يستطيع أحد قراءته: للتعرف عليكم.",
        },
        {
            "fr": "Vos essais de connexion, réussis ou non : pour protéger votre compte.",
            "en": "Your tries at signing in, right or wrong: to protect your account.",
            "ar": "محاولات دخولكم، الناجحة وغيرها: لحماية حسابكم.",
        },
        {
            "fr": "Vos passages à la borne : laquelle, de quand à quand, comment ils finissent : "
            "pour savoir si les bornes suffisent.",
            "en": "Your visits to kiosks: which, from when to when, how they end: to know whether there are enough.",
            "ar": "مروركم بالأجهزة: أي جهاز، ومن متى إلى متى، وكيف ينتهي: لمعرفة هل عدد الأجهزة كافٍ.",
        },
        {
            "fr": "Les pages lues, vos réponses et le temps passé dans un module : "
            "pour valider le module et l’améliorer.",
            "en": "Cards read, your answers and the time spent in a module: to complete the module and improve it.",
            "ar": "الصفحات المقروءة وأجوبتكم والوقت الذي تقضونه في الوحدة: لإتمام الوحدة وتحسينها.",
        },
        {
            "fr": "Ce que vous savez faire à votre poste, et qui l’a constaté : pour la matrice de polyvalence.",
            "en": "What you can do at your post, and who saw it: for the skills matrix.",
            "ar": "ما تستطيعون فعله في مكان عملكم ومن شاهده: لجدول المهارات.",
        },
        {
            "fr": "Si vous avez répondu à un questionnaire, jamais ce que vous avez répondu : "
            "pour ne pas vous le demander deux fois.",
            "en": "Whether you answered a survey, and never what you answered: not to ask you twice.",
            "ar": "هل أجبتم عن استبيان، لا ما أجبتم به: كي لا نسألكم مرتين.",
        },
        {
            "fr": "Vos demandes d’aide et les réponses : pour vous aider.",
            "en": "Your calls for help and the answers: to help you.",
            "ar": "طلباتكم للمساعدة والأجوبة عنها: لمساعدتكم.",
        },
        {
            "fr": "Le jour où vous avez lu cette notice : pour prouver que vous étiez prévenu.",
            "en": "The day on which you read this notice: to prove that you were told.",
            "ar": "اليوم الذي قرأتم فيه هذا الإشعار: لإثبات أنكم أُعلمتم.",
        },
    ),
)


def publish(by: int | None, opening: datetime) -> int:
    """Publish the notice before the pilot opens; return its version."""
    return notices.publish(TEXT, by=by, now=opening - BEFORE_THE_PILOT).version
