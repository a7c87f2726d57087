"""Arabic."""

# ruff: noqa: E501 (a phrase is not broken over lines)

from retrieval.dates.intervals import Unit
from retrieval.dates.language import Kind, Language, Limit, Tense, patterns, periods
from retrieval.dates.names import months, weekdays

_LAST = "(?:الماضي|الماضية|الفائت|المنصرم|المنصرمة)"
_THIS = "(?:الجاري|الجارية|الحالي|الحالية)"
_NEXT = "(?:المقبل|المقبلة|القادم|القادمة)"
_NOT_FROM = r"(?! من| \d)"
_YEAR = "(?:عام|سنة|العام)"
_NOUN = f"(?: (?:شهر|يوم|بداية|نهاية|أوائل|أواخر|منتصف|{_YEAR}))?"

TABLE = Language(
    code="ar",
    months=months("ar", "ar_SY", "ar_DZ", extra=("_ _ _ ابريل _ _ _ اغسطس _ اكتوبر _ _",)),
    weekdays=weekdays("ar", extra=("الإثنين _ الاربعاء _ _ _ الاحد",)),
    units={
        "أيام": Unit.DAY, "يوما": Unit.DAY, "يوماً": Unit.DAY, "أسابيع": Unit.WEEK,
        "أشهر": Unit.MONTH, "شهور": Unit.MONTH, "شهرا": Unit.MONTH, "شهراً": Unit.MONTH,
        "سنوات": Unit.YEAR, "أعوام": Unit.YEAR, "عاما": Unit.YEAR, "عاماً": Unit.YEAR,
    },
    numbers={
        word: number
        for number, words in enumerate(
            ["ثلاثة|ثلاث", "أربعة|أربع", "خمسة|خمس", "ستة|ست", "سبعة|سبع", "ثمانية|ثماني", "تسعة|تسع", "عشرة|عشر"], 3
        )
        for word in words.split("|")
    },
    patterns=(
        *patterns(
            Kind.NOTHING,
            r"{weekday} (?:العظيمة|الحزينة|الأسود|السوداء|البيضاء|التالي|التالية|السابق|الأول|الثاني|الأخير)",
            r"(?:كل|أيام|صلاة|خطبة) (?:يوم )?{weekday}",
            r"قبل (?:حوالي|نحو|أكثر من|قرابة|أقل من) {n} {unit}",
            r"قبل {n} {unit} من",
            r"(?:اليوم|الأسبوع|الشهر|العام) (?:التالي|السابق)",
        ),
        *(
            pattern
            for shift, words in ((-1, _LAST), (0, _THIS))
            for pattern in patterns(
                Kind.IN_YEAR, rf"{{month}}(?: من)? (?:العام|السنة) {words}", shift=shift
            )
        ),
        *patterns(
            Kind.DATE,
            r"(?:{weekday},? )?{day} (?:من )?{month}(?:/[\w]+)?(?: من)?,? (?:عام |سنة )?{year}",
            r"(?:{weekday},? )?{day} (?:من )?{month}(?:/[\w]+)?",
        ),
        *patterns(Kind.MONTH, r"{month}(?:/[\w]+)?(?: من)? (?:عام |سنة )?{year}"),
        *periods(
            Unit.DAY,
            {
                -2: ("(?:أمس الأول|أول أمس|أول من أمس)", f"قبل يومين{_NOT_FROM}"),
                -1: ("(?:يوم )?[أا]مس(?: {weekday})?", "البارحة", f"قبل يوم{_NOT_FROM}(?! {{weekday}})"),
                0: ("اليوم {weekday}",),
                1: ("غد(?:ا|اً|ًا)(?: {weekday})?",),
                2: ("بعد غد",),
            },
        ),
        *patterns(Kind.TODAY, "اليوم"),
        *patterns(Kind.WEEKDAY, rf"{{weekday}} {_LAST}", shift=-1),
        *patterns(Kind.WEEKDAY, rf"{{weekday}} {_NEXT}", shift=1),
        *patterns(Kind.WEEKDAY, r"{weekday}"),
        *periods(Unit.WEEK, {
            -1: (f"الأسبوع {_LAST}", f"قبل أسبوع{_NOT_FROM}"), -2: (f"قبل أسبوعين{_NOT_FROM}",),
            0: (f"(?:هذا الأسبوع|الأسبوع {_THIS})",), 1: (f"الأسبوع {_NEXT}",),
        }),
        *periods(Unit.MONTH, {
            -1: (f"الشهر {_LAST}", f"قبل شهر{_NOT_FROM}(?! {{month}})"), -2: (f"قبل شهرين{_NOT_FROM}",),
            0: (f"(?:هذا الشهر|الشهر {_THIS})",), 1: (f"الشهر {_NEXT}",),
        }),
        *periods(Unit.YEAR, {
            -1: (f"(?:العام|السنة) {_LAST}", f"قبل (?:عام|سنة){_NOT_FROM}"),
            -2: (f"قبل (?:عامين|سنتين){_NOT_FROM}",),
            0: (f"(?:هذا العام|هذه السنة|(?:العام|السنة) {_THIS})",), 1: (f"(?:العام|السنة) {_NEXT}",),
        }),
        *patterns(Kind.AGO, "قبل {n} {unit}"),
        *patterns(
            Kind.RECENT, "(?:ال)?{n} {unit} (?:الأخيرة|الماضية)", "آخر {n} {unit}", "منذ {n} {unit}"
        ),
        *patterns(Kind.MONTH, rf"{{month}} {_LAST}", shift=-1),
        *patterns(Kind.MONTH, rf"{{month}} {_THIS}", shift=0),
        *patterns(Kind.MONTH, rf"{{month}} {_NEXT}", shift=1),
        *patterns(Kind.MONTH, "{month}"),
        *patterns(Kind.YEAR, rf"(?:{_YEAR} )?{{year}}"),
    ),
    cues=("أمس", "امس", "البارحة", "اليوم", "غد", "الأسبوع", "أسبوع", "الشهر", "شهر", "شهرين", "العام", "عام", "السنة", "سنة", "السابق", "التالي", "يوم", "يومين", "هذ", "قبل"),
    tense=Tense(future=r"سي\w{2,}|ست\w{3,}|سوف|سن\w{3,}|من المقرر|المقرر|حتى|يعتزم|تعتزم|يتوقع|المتوقع"),
    weekday_lead="يوم",
    month_lead="(?:في|منذ|خلال|شهر)(?: شهر)?",
    date_lead="(?:في|يوم|منذ)",
    leads={
        Limit.WITHIN: f"(?:في|خلال|أثناء|يوم){_NOUN}",
        Limit.SINCE: f"(?:منذ|اعتبارا من|ابتداء من){_NOUN}",
        Limit.AFTER: f"بعد{_NOUN}",
        Limit.BEFORE: f"قبل{_NOUN}",
        Limit.UNTIL: f"(?:حتى|لغاية|إلى غاية){_NOUN}",
        Limit.BETWEEN: f"(?:ما بين|بين|من){_NOUN}",
    },
    join=f"(?:و|إلى|حتى|أو|-|–){_NOUN}",
    clitics="وفبل",
)  # fmt: skip
