"""Safety signs of ISO 7010 that a card may show, by number, each with what it means.

A sign is shown in its true meaning only (ISO 3864-1), and the meaning stands beside it. The
drawings are our own, in the shapes and colours of the standard: `static/shared/signs/iso-7010/`,
described in `docs/safety-signs.md`.
"""

SIGNS: dict[str, dict[str, str]] = {
    "W001": {"fr": "Danger", "en": "Danger", "ar": "خطر"},
    "W012": {"fr": "Danger électrique", "en": "Electricity", "ar": "خطر كهربائي"},
    "W017": {"fr": "Surface chaude", "en": "Hot surface", "ar": "سطح ساخن"},
    "W021": {"fr": "Matières inflammables", "en": "Flammable material", "ar": "مواد قابلة للاشتعال"},
    "W022": {"fr": "Élément pointu ou coupant", "en": "Sharp element", "ar": "عنصر حاد"},
    "W024": {"fr": "Écrasement des mains", "en": "Crushing of hands", "ar": "خطر سحق اليدين"},
    "W025": {
        "fr": "Rouleaux qui tournent en sens inverse",
        "en": "Counter-rotating rollers",
        "ar": "أسطوانات تدور في اتجاهين متعاكسين",
    },
    "P001": {"fr": "Interdiction", "en": "Prohibition", "ar": "ممنوع"},
    "P002": {"fr": "Interdit de fumer", "en": "No smoking", "ar": "ممنوع التدخين"},
    "P003": {
        "fr": "Pas de flamme nue, ne pas fumer",
        "en": "No open flame, no smoking",
        "ar": "ممنوع اللهب المكشوف والتدخين",
    },
    "P010": {"fr": "Ne pas toucher", "en": "Do not touch", "ar": "ممنوع اللمس"},
    "M001": {"fr": "Obligation", "en": "Mandatory action", "ar": "إلزامي"},
    "M003": {"fr": "Protection des oreilles obligatoire", "en": "Wear ear protection", "ar": "يجب وضع واقي الأذنين"},
    "M004": {"fr": "Lunettes de protection obligatoires", "en": "Wear eye protection", "ar": "يجب وضع نظارات واقية"},
    "M008": {"fr": "Chaussures de sécurité obligatoires", "en": "Wear safety footwear", "ar": "يجب لبس أحذية السلامة"},
    "M009": {
        "fr": "Gants de protection obligatoires",
        "en": "Wear protective gloves",
        "ar": "يجب لبس القفازات الواقية",
    },
    "M021": {
        "fr": "Débrancher avant d’intervenir",
        "en": "Disconnect before maintenance or repair",
        "ar": "افصل التيار قبل الصيانة أو الإصلاح",
    },
    "E003": {"fr": "Premiers secours", "en": "First aid", "ar": "إسعافات أولية"},
    "F001": {"fr": "Extincteur", "en": "Fire extinguisher", "ar": "مطفأة حريق"},
}
