"""Spanish."""

from retrieval.dates.intervals import Unit
from retrieval.dates.language import Kind, Language, Limit, Tense, patterns, periods
from retrieval.dates.names import count, months, weekdays

_PARTS = "(?: por la (?:mañana|tarde|noche))?"
_LAST, _NEXT = "pasad[oa]", "(?:próxim[oa]|que viene)"
_ABOUT = "(?:unos|unas|casi|más de|menos de|alrededor de|cerca de|aproximadamente|apenas)"
_ARTICLE = "(?: el| la| los| las)?(?: año| mes de| principios de| mediados de| finales de)?"

TABLE = Language(
    code="es",
    months=months("es", extra=("_ _ _ _ _ _ _ _ setiembre _ _ _",)),
    abbreviations=months("es", width="abbreviated"),
    weekdays=weekdays("es", extra=("_ _ miercoles _ _ sabado _",)),
    units={
        "día": Unit.DAY, "días": Unit.DAY, "dias": Unit.DAY, "semana": Unit.WEEK,
        "semanas": Unit.WEEK, "mes": Unit.MONTH, "meses": Unit.MONTH, "año": Unit.YEAR,
        "años": Unit.YEAR,
    },
    numbers=count("un|una dos tres cuatro cinco seis siete ocho nueve diez once doce"),
    patterns=(
        *patterns(
            Kind.NOTHING,
            r"{weekday} (?:santo|negro|gordo|de (?:ceniza|ramos|pascua|resurrección|gloria|carnaval|dolores))",
            r"(?:los|cada|un|algún|ningún|otro|primer|segundo|tercer|cuarto) (?:últimos )?{weekday}",
            r"(?:el )?último {weekday}",
            r"(?:de|del|desde el) {weekday} (?:a|al|hasta el) {weekday}",
            r"{weekday} (?:siguiente|anterior)",
            r"hoy (?:en día|día|por hoy|y|o)",
            r"(?:de|hasta|y|aún|todavía|como) hoy",
            r"(?:la|una|esa|aquella|media|cada|primera|cierta|el|del|de|y|o) mañana",
            rf"hace {_ABOUT} {{n}} {{unit}}",
            r"(?:desde|de) hace {n} {unit}",
            r"hace {n} {unit} (?:que|y medi[oa])",
            r"(?:semana|mes|año) pasad[oa] de",
            r"(?:11 de septiembre|septiembre 11)(?! de)",
        ),
        *(
            pattern
            for shift, words in (
                (-1, "(?:del año pasado|del pasado año|pasado año)"),
                (0, "(?:de este año|del presente año|del año en curso)"),
            )
            for pattern in patterns(
                Kind.IN_YEAR, rf"{{day}} de {{month}} {words}", rf"{{month}} {words}", shift=shift
            )
        ),
        *patterns(Kind.DAYS, r"{day}(?: al | y | a | y el | hasta el |[-–]){last} de {month}(?: (?:de |del )?{year})?"),
        *patterns(
            Kind.DATE,
            r"(?:{weekday},? )?{day} (?:de )?{mon} (?:de |del )?{year}",
            r"(?:{weekday},? )?{day} de {month}(?! de \d)",
        ),
        *patterns(Kind.NOTHING, r"{weekday},? \d{1,4}"),
        *patterns(Kind.MONTH, r"{month} (?:de |del )?{year}"),
        *patterns(Kind.WEEKDAY, rf"{{weekday}} {_LAST}", r"pasado {weekday}", shift=-1),
        *patterns(Kind.WEEKDAY, rf"{{weekday}} {_NEXT}", r"próximo {weekday}", shift=1),
        *patterns(Kind.WEEKDAY, rf"{{weekday}}{_PARTS}"),
        *periods(
            Unit.DAY,
            {
                -2: ("anteayer", "antes de ayer", "antier"),
                -1: (rf"ayer{_PARTS}", "anoche"),
                0: ("esta (?:mañana|tarde|noche)", "hoy por la (?:mañana|tarde|noche)"),
                2: ("pasado mañana",),
                1: (rf"mañana{_PARTS}",),
            },
        ),
        *patterns(Kind.TODAY, "hoy"),
        *periods(Unit.WEEK, {
            -1: ("semana pasada", "pasada semana"), 0: ("esta semana",), 1: (rf"semana {_NEXT}", "próxima semana"),
        }),
        *periods(Unit.WEEKEND, {
            -1: ("fin de semana pasado", "pasado fin de semana"), 0: ("este fin de semana",),
        }),
        *periods(Unit.MONTH, {
            -1: ("mes pasado", "pasado mes"), 0: ("este mes",), 1: (rf"mes {_NEXT}", "próximo mes"),
        }),
        *periods(Unit.YEAR, {
            -1: ("año pasado", "pasado año"), 0: ("este año",), 1: (rf"año {_NEXT}", "próximo año"),
        }),
        *patterns(Kind.AGO, "hace {n} {unit}"),
        *patterns(
            Kind.RECENT, "(?:los |las )?últim[oa]s {n} {unit}", "(?:el |la )?últim[oa] {unit}"
        ),
        *patterns(Kind.MONTH, "{month} pasado", "pasado(?: mes de)? {month}", shift=-1),
        *patterns(Kind.MONTH, "este {month}", shift=0),
        *patterns(Kind.MONTH, "{month} próximo", "próximo(?: mes de)? {month}", shift=1),
        *patterns(Kind.MONTH, "{month}"),
        *patterns(Kind.YEAR, "(?:año )?{year}"),
    ),
    cues=("ayer", "anteayer", "antier", "anoche", "hoy", "mañana", "tarde", "noche", "fin de semana"),
    tense=Tense(
        future=r"\w{2,}(?:rá|rán|remos)|va a|van a|previst[oa]s?|programad[oa]s?|convocad[oa]s?|prevén?|esperan?|podría"
        r"|podrían|debe|deben|planea|planean",
        past=r"\w{2,}(?:ó|aron|ieron|jeron|aba|aban|ía|ían)|dijo|fue|fueron|hizo|hubo|tuvo|ha|han|estuvo|puso|vino|dio"
        r"|era|eran|pudo|quiso|supo|trajo|murió",
        open=r"es|son|está|están|hay|si|cuando|para",
    ),
    until="hasta el",
    weekday_lead="(?:el|del|al|este|hasta el|desde el)",
    month_lead="(?:en|desde|hasta|durante|(?:principios|mediados|finales|fines) de)",
    date_lead="(?:el|hasta el|desde el|este|pasado)",
    leads={
        Limit.WITHIN: f"(?:en|durante|el){_ARTICLE}",
        Limit.SINCE: f"(?:desde|a partir de|a partir del){_ARTICLE}",
        Limit.AFTER: f"(?:después del?|tras|posterior(?:es)? al?){_ARTICLE}",
        Limit.BEFORE: f"(?:antes del?|previ[oa]s? al?|anterior(?:es)? al?){_ARTICLE}",
        Limit.UNTIL: f"hasta{_ARTICLE}",
        Limit.BETWEEN: f"(?:entre|desde|del?){_ARTICLE}",
    },
    trails={Limit.SINCE: "en adelante"},
    join="(?:y|e|o|a|al|hasta|-|–)(?: el| los)?(?: año)?",
)  # fmt: skip
