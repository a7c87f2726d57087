"""German."""

from retrieval.dates.intervals import Unit
from retrieval.dates.language import Kind, Language, Limit, Tense, patterns, periods
from retrieval.dates.names import count, months, weekdays

_LAST, _NEXT = "(?:letzte|vergangene|vorige)", "(?:nächste|kommende)"
_PARTS = "(?:morgen|vormittag|mittag|nachmittag|abend|nacht)?"
_ABOUT = (
    "(?:etwa|rund|fast|knapp|gut|über|mehr als|weniger als|circa|ca\\.|ungefähr|beinahe|genau)"
)
_ARTICLE = "(?: dem| der| den)?(?: anfang| mitte| ende| beginn)?(?: des)?(?: jahre?s?)?"

TABLE = Language(
    code="de",
    months=months("de", extra=("jänner feber _ _ _ _ _ _ _ _ _ _",)),
    abbreviations=months("de", width="abbreviated"),
    weekdays=weekdays("de", extra=("_ _ _ _ _ sonnabend _",)),
    units={
        "tag": Unit.DAY, "tage": Unit.DAY, "tagen": Unit.DAY, "woche": Unit.WEEK,
        "wochen": Unit.WEEK, "monat": Unit.MONTH, "monate": Unit.MONTH,
        "monaten": Unit.MONTH, "jahr": Unit.YEAR, "jahre": Unit.YEAR, "jahren": Unit.YEAR,
    },
    numbers=count("ein|einem|einer zwei drei vier fünf sechs sieben acht neun zehn elf zwölf"),
    patterns=(
        *patterns(
            Kind.NOTHING,
            r"(?:schwarze|stille|heilige|blutige|lange|jede|eine|keine|erste|zweite|dritte|vierte|folgende"
            r"|darauffolgende|selbe|gleiche)[nrm]? {weekday}",
            rf"{_LAST}n {{weekday}} (?:im|des|vor)",
            r"(?:von |vom )?{weekday} bis (?:zum )?{weekday}",
            r"{weekday} (?:darauf|danach|zuvor)",
            r"(?:bis|von|noch|als|wie|und|oder) heute",
            r"heute (?:noch|oder|und|wie)",
            r"(?:am|guten|jeden|diesem|frühen|nächsten|und|oder|von) morgen",
            rf"{_LAST}n? (?:woche|monat|jahr) (?:des|der|vor|im|seiner|ihrer)",
            rf"(?:die|sein|ihr|das|seine[mr]?|ihre[mr]?) {_LAST}[sn]? (?:woche|monat|jahr)",
            rf"vor {_ABOUT} {{n}} {{unit}}",
            r"vor {n} (?:bis|oder|und) \w+ {unit}",
            r"11\. september(?! \d)",
        ),
        *(
            pattern
            for shift, words in (
                (-1, f"(?:des )?(?:{_LAST}n|letzten) jahres"), (0, "(?:dieses|diesen) jahres"),
            )
            for pattern in patterns(
                Kind.IN_YEAR, rf"{{day}}\. {{month}} {words}", rf"{{month}} {words}", shift=shift
            )
        ),
        *patterns(Kind.DAYS, r"{day}\.?(?: bis | und | bis zum | ?[-–] ?){last}\. {month}(?: {year})?"),
        *patterns(
            Kind.DATE,
            r"(?:{weekday},? (?:de[mnr] )?)?{day}\.? {mon} {year}",
            r"(?:{weekday},? (?:de[mnr] )?)?{day}\. {month}",
        ),
        *patterns(Kind.NOTHING, r"{weekday},? (?:de[mnr] )?\d{1,4}"),
        *patterns(Kind.MONTH, r"{month} {year}"),
        *patterns(Kind.QUARTER, r"{quarter}\. quartal {year}"),
        *patterns(Kind.WEEKDAY, rf"{_LAST}n {{weekday}}{_PARTS}", shift=-1),
        *patterns(Kind.WEEKDAY, rf"{_NEXT}n {{weekday}}{_PARTS}", shift=1),
        *patterns(Kind.WEEKDAY, rf"{{weekday}}{_PARTS}"),
        *periods(
            Unit.DAY,
            {
                -2: ("vorgestern",),
                -1: (f"gestern(?: {_PARTS[:-1]})?",),
                0: ("heute (?:früh|morgen|vormittag|mittag|nachmittag|abend|nacht)",),
                2: ("übermorgen",),
                1: ("morgen(?: früh| vormittag| mittag| nachmittag| abend)?",),
            },
        ),
        *patterns(Kind.TODAY, "heute"),
        *periods(Unit.WEEK, {
            -1: (f"{_LAST}n? woche",), 0: ("diese[r]? woche",), 1: (f"{_NEXT}n? woche",),
        }),
        *periods(Unit.WEEKEND, {-1: (f"{_LAST}[sn] wochenende",), 0: ("diese[sm] wochenende",)}),
        *periods(Unit.MONTH, {
            -1: (f"{_LAST}n monat",), 0: ("diese[nm] monat",), 1: (f"{_NEXT}n monat",),
        }),
        *periods(Unit.YEAR, {
            -1: (f"{_LAST}[sn] jahr",), 0: ("diese[sm] jahr",), 1: (f"{_NEXT}[sn] jahr",),
        }),
        *patterns(Kind.AGO, "vor {n} {unit}"),
        *patterns(
            Kind.RECENT, "(?:den |die )?(?:letzten|vergangenen) {n} {unit}",
        ),
        *patterns(Kind.MONTH, f"{_LAST}n {{month}}", shift=-1),
        *patterns(Kind.MONTH, "diese[nm] {month}", shift=0),
        *patterns(Kind.MONTH, f"{_NEXT}n {{month}}", shift=1),
        *patterns(Kind.MONTH, "{month}"),
        *patterns(Kind.YEAR, "{year}"),
    ),
    cues=("gestern", "vorgestern", "heute", "morgen", "übermorgen", "wochenende"),
    tense=Tense(
        future=r"wird|werden|soll|sollen|will|wollen|muss|müssen|kann|können|dürfte|sollte|sollten|könnte|könnten|möchte"
        r"|geplant|vorgesehen|erwartet|voraussichtlich|plant|planen|steht|stehen",
        past=r"hat|haben|hatte|hatten|war|waren|wurde|wurden|sagte|sagten|teilte|teilten|erklärte|erklärten|berichtete"
        r"|berichteten|kam|kamen|ging|gingen|traf|trafen|gab|gaben|fand|fanden|begann|begannen|starb|starben|gewann"
        r"|verlor|kündigte|meldete|forderte|machte|stellte|erreichte|wollte|konnte|musste|sprach|lag|stand|blieb|hieß",
        open=r"ist|sind|zu|um|wenn|falls|ob",
    ),
    until="(?:bis|bis zum)",
    weekday_lead="(?:am|bis|bis zum|seit|vom|von|ab|zum)",
    month_lead="(?:im|seit|bis|ab|anfang|mitte|ende)",
    date_lead="(?:am|bis zum|vom|seit dem|ab dem)",
    leads={
        Limit.WITHIN: "(?:im|am|in|an|während)(?: jahre?| monat| der| des| den)?(?: anfang| mitte| ende)?"
        "|anfang|mitte|ende",
        Limit.SINCE: f"(?:seit|ab){_ARTICLE}",
        Limit.AFTER: f"nach{_ARTICLE}",
        Limit.BEFORE: f"vor{_ARTICLE}",
        Limit.UNTIL: f"bis(?: zum| einschließlich)?{_ARTICLE}",
        Limit.BETWEEN: f"(?:zwischen|von|vom){_ARTICLE}",
    },
    join="(?:und|bis|oder|-|–)(?: zum| dem)?",
    titled=True,
)  # fmt: skip
