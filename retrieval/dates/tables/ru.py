"""Russian."""

from retrieval.dates.intervals import Unit
from retrieval.dates.language import Kind, Language, Limit, Pattern, Tense, patterns, periods
from retrieval.dates.names import count, months, weekdays

_LAST = "(?:прошл|минувш)(?:ый|ий|ую|ое|ее|ой|ей|ом|ем)"
_THIS = "(?:этот|эту|это|этой|этом|нынешнем|нынешней|текущем|текущей)"
_NEXT = "(?:следующ|будущ|ближайш)(?:ий|ую|ее|ей|ем)"
_PARTS = "(?: утром| днем| днём| вечером| ночью)?"
_YEAR = "(?:-м|-го)?(?: года| году| годом| год| г\\.)?"
_ABOUT = "(?:около|почти|более|менее|примерно|порядка|свыше|чуть|через)"

RUSSIAN = Language(
    code="ru",
    months=months(
        "ru",
        extra=(
            "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
            "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре",
            "январём февралём мартом апрелем маем июнем июлем августом сентябрём октябрём ноябрём декабрём",
        ),
    ),
    weekdays=weekdays(
        "ru",
        extra=(
            "понедельник вторник среду четверг пятницу субботу воскресенье",
            "понедельника вторника среды четверга пятницы субботы воскресенья",
        ),
    ),
    units={
        "день": Unit.DAY, "дня": Unit.DAY, "дней": Unit.DAY, "неделю": Unit.WEEK,
        "недели": Unit.WEEK, "недель": Unit.WEEK, "месяц": Unit.MONTH, "месяца": Unit.MONTH,
        "месяцев": Unit.MONTH, "год": Unit.YEAR, "года": Unit.YEAR, "лет": Unit.YEAR,
    },
    numbers=count(
        "один|одну два|две три четыре пять шесть семь восемь девять десять одиннадцать двенадцать"
    ),
    patterns=(
        *patterns(
            Kind.NOTHING,
            r"(?:кажд|страстн|чист|чёрн|черн|велик|кровав|перв|втор|трет|последн|друг)\w+ {weekday}",
            r"среду (?:обитания|проживания|выживания|общения|развития|разработки)",
            r"(?:с|со) {weekday} (?:по|до) {weekday}",
            r"(?:на|до|и|не|или|чем) сегодня",
            r"сегодня (?:же|и|или)",
            r"(?:и|или|на) (?:вчера|завтра)",
            rf"{_ABOUT} {{n}} {{unit}} назад",
            r"(?:более|менее|больше|меньше) чем {n} {unit} назад",
            r"11 сентября(?! \d)",
        ),
        *(
            pattern
            for shift, words in (
                (-1, "(?:прошлого|минувшего) года"), (0, "(?:этого|нынешнего|текущего) года"),
                (1, "(?:следующего|будущего) года"),
            )
            for pattern in patterns(
                Kind.IN_YEAR, rf"{{day}} {{month}} {words}", rf"{{month}} {words}", shift=shift
            )
        ),
        *patterns(Kind.DAYS, rf"{{day}}(?: и | по | до |[-–]){{last}} {{month}}(?: {{year}}{_YEAR})?"),
        *patterns(
            Kind.DATE,
            rf"(?:{{weekday}},? )?{{day}} {{mon}} {{year}}{_YEAR}",
            r"(?:{weekday},? )?{day} {month}",
        ),
        *patterns(Kind.NOTHING, r"{weekday},? \d{1,4}"),
        *patterns(Kind.MONTH, rf"{{month}} {{year}}{_YEAR}"),
        *patterns(Kind.WEEKDAY, rf"{_LAST} {{weekday}}{_PARTS}", shift=-1),
        *patterns(Kind.WEEKDAY, rf"{_THIS} {{weekday}}{_PARTS}", shift=0),
        *patterns(Kind.WEEKDAY, rf"{_NEXT} {{weekday}}{_PARTS}", shift=1),
        *patterns(Kind.WEEKDAY, rf"{{weekday}}{_PARTS}"),
        *periods(
            Unit.DAY,
            {
                -2: ("позавчера",),
                -1: (f"вчера{_PARTS}",),
                0: ("сегодня (?:утром|днем|днём|вечером|ночью)",),
                2: ("послезавтра",),
                1: (f"завтра{_PARTS}",),
            },
        ),
        *patterns(Kind.TODAY, "сегодня"),
        *periods(Unit.WEEK, {
            -1: (f"{_LAST} недел[еюи]",), 0: (f"{_THIS} недел[еюи]",), 1: (f"{_NEXT} недел[еюи]",),
        }),
        *periods(Unit.WEEKEND, {-1: ("(?:прошлые|минувшие) выходные",), 0: ("эти выходные",)}),
        *periods(Unit.MONTH, {
            -1: (f"{_LAST} месяц[е]?",), 0: (f"{_THIS} месяц[е]?",), 1: (f"{_NEXT} месяц[е]?",),
        }),
        *periods(Unit.YEAR, {
            -1: (f"{_LAST} году?", "(?:прошлого|минувшего) года"), 0: (f"{_THIS} году?",), 1: (f"{_NEXT} году?",),
        }),
        *patterns(Kind.AGO, "{n} {unit} назад"),
        Pattern(Kind.AGO, "неделю назад", unit=Unit.WEEK),
        Pattern(Kind.AGO, "месяц назад", unit=Unit.MONTH),
        Pattern(Kind.AGO, "год назад", unit=Unit.YEAR),
        *patterns(Kind.RECENT, "последни[ехй] {n} {unit}", "последн(?:юю|ий) {unit}"),
        *patterns(Kind.MONTH, f"{_LAST} {{month}}", shift=-1),
        *patterns(Kind.MONTH, f"{_THIS} {{month}}", shift=0),
        *patterns(Kind.MONTH, f"{_NEXT} {{month}}", shift=1),
        *patterns(Kind.MONTH, "{month}"),
        *patterns(Kind.YEAR, rf"{{year}}{_YEAR}"),
    ),
    cues=("вчера", "позавчера", "сегодня", "завтра", "послезавтра", "неделе", "выходные", "месяце", "году", "назад"),
    tense=Tense(
        future=r"будет|будут|состоится|состоятся|пройдет|пройдёт|пройдут|намерен\w*|планиру\w+|долж[ен]\w*|ожидается"
        r"|ожидаются|назначен\w*|запланирован\w*|может|могут|начнется|начнётся|откроется|примет|прибудет|приедет"
        r"|встретится|встретятся",
        past=r"(?!(?:канал|отдел|журнал|материал|дело|тело|начало|цели|недели|модели|капитал|или|если|тыл|пыл|пыли|тыла|школ[аы]|сил[аы])\b)"
        r"[а-яё]{2,}(?:ал|ил|ел|ял|ул|ыл|ёл|шел|ыла|ыло|ыли|ала|ила|ела|яла|ула|шла|ало|ило|ело|яло|шло|али|или|ели|яли|ули|шли)"
        r"(?:с[яь])?|был[аои]?|мог|смог|умер|погиб|погибли|произошл[аио]|произошел",
        open=r"чтобы|если|когда",
    ),
    weekday_lead="(?:в|во|до|с|со)",
    month_lead="(?:в|с|до|(?:начале|середине|конце))",
    date_lead="",
    leads={
        Limit.WITHIN: "(?:в|во|за|на)(?: начале| конце| середине| течение)?",
        Limit.SINCE: "(?:начиная )?(?:с|со)(?: начала| конца| середины)?",
        Limit.AFTER: "после(?: начала| конца)?",
        Limit.BEFORE: "(?:до|перед|раньше)(?: начала)?",
        Limit.UNTIL: "(?:по|вплоть до|до конца)",
        Limit.BETWEEN: "(?:между|с|со|от)",
    },
    join="(?:и|по|до|или|-|–|—)",
)  # fmt: skip
