"""English."""

# ruff: noqa: E501 (a phrase is not broken over lines)

from retrieval.dates.intervals import Unit
from retrieval.dates.language import Kind, Language, Limit, Pattern, Tense, patterns, periods
from retrieval.dates.names import count, months, weekdays

_UNIT = "(?:week|month|year|weekend)"
_DETERMINER = (
    "(?:the|a|an|every|each|any|some|another|his|her|its|their|our|my|your|this|that|whose|very)"
)
_ABOUT = "(?:about|around|nearly|almost|over|under|roughly|approximately|some|than|least|most|or|to|the|within|every)"
_HOLIDAY = "(?:black|good|bloody|palm|ash|super|cyber|fat|holy|easter|man|maundy|ruby|shrove|whit|giving|mad|blue|casual)"
_WHICH = (
    "(?:other|alternate|first|second|third|fourth|fifth|final|previous|following|preceding|same|most|one|no|every|each"
    "|any|some|another|a|an|the|his|her|their|its|my|our|your|that)"
)
_TITLE = (
    "(?:times|night live|night lights|night football|mail|telegraph|mirror|express|herald|post|island|league|mass"
    "|school|best|roast|service|services|newspapers?|papers?|blues|club|review|independent|world|mercury|premiere?)"
)
_PARTS = "(?: morning| afternoon| evening| night)?"

TABLE = Language(
    code="en",
    months=months("en"),
    abbreviations=months("en", width="abbreviated") | {"sept": 9},
    weekdays=weekdays("en"),
    units={
        "day": Unit.DAY, "days": Unit.DAY, "week": Unit.WEEK, "weeks": Unit.WEEK,
        "month": Unit.MONTH, "months": Unit.MONTH, "quarter": Unit.QUARTER,
        "quarters": Unit.QUARTER, "year": Unit.YEAR, "years": Unit.YEAR,
    },
    numbers=count("one|a two three four five six seven eight nine ten eleven twelve"),
    patterns=(
        *patterns(Kind.RECENT, "the (?:last|past) {unit}(?! of| in)"),
        *patterns(
            Kind.NOTHING,
            rf"{_HOLIDAY} {{weekday}}s?",
            rf"{_WHICH} (?:last |next |very )?{{weekday}}",
            rf"{{weekday}} {_TITLE}",
            r"mail on sunday",
            r"(?<!as\s)of {weekday}",
            r"(?:(?:last|next|this) )?{weekday} (?:week|fortnight)",
            r"{weekday} (?:the|nights|mornings|evenings|afternoons)",
            r"(?<=over\s)the weekend (?:of|before|after|when|that|which|following|preceding|prior|box|house|and|or)",
            r"(?<=at\s)the weekend (?:of|before|after|when|that|which|following|preceding|prior|box|house|and|or)",
            r"(?:{mon} {day}|{day} {mon}|{month}) of (?:every|each)",
            r"(?:every|each|month of) {month}",
            r"(?:september|sept\.?) 11(?:th)?(?!,? \d{4})|11 (?:september|sept\b\.?)(?! \d{4})",
            r"(?:last|next|this) {weekday} (?:of|in (?:{month}|the|a|his|her|its|their|every|each))",
            r"{weekday},? (?:to|through|thru) {weekday}",
            rf"{_DETERMINER} (?:last|next|coming|previous|following) {_UNIT}s?",
            rf"(?:last|next) {_UNIT} (?:of|in (?:{{month}}|office|power|charge|the|a|his|her|its|their|school|college|business))",
            r"(?<=['’])s? (?:last|next) " + _UNIT,
            r"(?:russia|usa|psychology|christianity|sports|house|success|than) today",
            r"(?:of|until|till|to|even|still|and|than|like) today",
            r"today (?:and|or|show)",
            r"today['’]s",
            r"tomorrow['’]s",
            r"(?:of|and|or|better) (?:yesterday|tomorrow)",
            r"yesterday (?:and|or)",
            rf"{_ABOUT} {{n}} {{unit}} ago",
            r"{n} {unit} ago (?:today|yesterday|tomorrow|this|last|next|on|in|{weekday})",
            r"{n}(?:-| to | or )\d{1,3} {unit} ago",
            r"(?:last|next) (?:may|march) (?:be|have|not|on)",
            r"(?:the|an?|(?<=['’])s) {mon} {year}",
            r"(?:the|an?|(?<=['’])s) {mon} {day}(?:,? {year})?",
            r"march (?:on|against|for|from)",
        ),
        *patterns(
            Kind.DAYS,
            r"{day}(?: ?[-–] ?| to | and | till | until | through ){last}(?: of)? {mon}(?:,? {year})?",
            r"{mon} {day}(?: ?[-–] ?| to | and | till | until | through ){last}(?:,? {year})?",
        ),
        *(
            pattern
            for shift, word in ((-1, "last"), (0, "this"), (1, "next"))
            for pattern in patterns(
                Kind.IN_YEAR,
                rf"{{mon}} {{day}},?(?: of)? {word} year",
                rf"{{day}}(?: of)? {{mon}},?(?: of)? {word} year",
                rf"{{month}},?(?: of)? {word} year",
                shift=shift,
            )
        ),
        *patterns(
            Kind.DATE,
            r"(?:{weekday},? )?(?:the )?{day}(?: of)? {mon},? {year}",
            r"(?:{weekday},? )?{mon} {day},? {year}",
            r"(?:{weekday},? )?{day}(?: of)? {mon}",
            r"(?:{weekday},? )?{mon} {day}",
        ),
        *patterns(Kind.MONTH, r"{month}(?:,? | of ){year}", r"{mon} {year}"),
        *patterns(
            Kind.QUARTER, r"q{quarter},? {year}", r"(?:the )?{quarter} quarter (?:of )?{year}"
        ),
        *(
            Pattern(Kind.IN_WEEK, rf"{{weekday}}{_PARTS}(?: of)? {word} week", shift)
            for shift, word in ((-1, "last"), (0, "this"), (1, "next"))
        ),
        *patterns(Kind.WEEKDAY, rf"last {{weekday}}{_PARTS}", shift=-1),
        *patterns(Kind.WEEKDAY, rf"this (?:coming )?{{weekday}}{_PARTS}", shift=0),
        *patterns(Kind.WEEKDAY, rf"next {{weekday}}{_PARTS}", shift=1),
        *patterns(Kind.WEEKDAY, rf"{{weekday}}{_PARTS}"),
        *periods(
            Unit.DAY,
            {
                -2: ("the day before yesterday",),
                -1: (rf"yesterday{_PARTS}", "last night"),
                0: ("tonight", "this (?:morning|afternoon|evening)"),
                2: ("the day after tomorrow",),
                1: (rf"tomorrow{_PARTS}",),
            },
        ),
        *patterns(Kind.WEEKEND, r"(?<=over\s)the weekend", r"(?<=at\s)the weekend"),
        *patterns(Kind.TODAY, "today"),
        *(
            Pattern(Kind.PART, rf"{word} this {name}", shift, unit)
            for shift, word in ((-1, "(?:earlier|previously)"), (1, "later"))
            for name, unit in (
                ("week", Unit.WEEK), ("month", Unit.MONTH), ("year", Unit.YEAR),
            )
        ),
        *periods(Unit.WEEK, {-1: ("last week",), 0: ("this week",), 1: ("next week",)}),
        *periods(Unit.WEEKEND, {-1: ("last weekend",), 0: ("this weekend",)}),
        *periods(Unit.MONTH, {-1: ("last month",), 0: ("this month",), 1: ("next month",)}),
        *periods(Unit.YEAR, {-1: ("last year",), 0: ("this year",), 1: ("next year",)}),
        *patterns(Kind.AGO, "{n} {unit} ago"),
        *patterns(
            Kind.RECENT,
            "(?:the )?(?:last|past|previous) {n} {unit}",
            "(?:the )?past {unit}",
        ),
        *patterns(Kind.MONTH, "last {month}", shift=-1),
        *patterns(Kind.MONTH, "this {month}", shift=0),
        *patterns(Kind.MONTH, "next {month}", shift=1),
        *patterns(Kind.MONTH, "{month}"),
        *patterns(Kind.YEAR, "(?:the year )?{year}"),
    ),
    cues=("yesterday", "today", "tonight", "tomorrow", "night", "morning", "afternoon", "evening", "weekend"),
    tense=Tense(
        future=r"(?:will|won't|won’t|\w++['’]ll|shall|would|may|might|could|can|should|must)(?: not| also)?(?: (?:be|have)(?: [a-z]+)?| (?:beat|cut|hit|quit|put|shut))?|(?:takes?|taking) place|upcoming|coming|tabled"
        r"|(?:due|scheduled|expected|planned|slated|set|plans?|proposed|hopes?|going|about|postponed|delayed|intends?"
        r"|expects?|poised|likely|vows?|vowed) to(?: [a-z]+)?|due|scheduled|expected|planned|slated|set for|proposed"
        r"|postponed|delayed|ahead of|called for",
        past=r"[a-z]++(?:(?<=[a-z][^e]ed)|(?<=[a-z][gf]reed)|[^\Wa-z]ed)|(?:sa[iw]d?|told|met|beat|cut|put|shut|(?:was|were)(?! (?:expected|scheduled|due|planned|slated|set|to|likely|going|postponed|delayed|proposed))|had(?! (?:been )?(?:planned|scheduled|expected|due|hoped|intended|proposed))|did|made|took|came|went|gave|got|began"
        r"|held|won|lost|left|led|found|fell|rose|sent|spoke|struck|broke|brought|became|ran|shot|spent|wrote|drew"
        r"|flew|tore|shook|swept|burst|grew|kept|paid|sold|stood|threw|swore|sank|sat|laid|fought|thought|taught|caught|bought|built|felt"
        r"|heard|knew|chose|drove|stole|hit|quit|blew|withdrew|overcame|underwent|understood|sought|lit|hung|hid)",
        open=r"had (?:been )?(?:planned|scheduled|expected|due|hoped|intended|proposed)|(?:is|are)(?: (?!expected|scheduled|planned|slated|delayed|postponed|proposed)[a-z]+ed)?|'s|’s|to (?!the|an?\b|his|her|its|their|our|this|that|these|those)[a-z]+|not|if|when|whether",
        opening=r"(?:In|At|During|Speaking|Following|After|From|With|For) [^,]*$",
        reported="(?:vowed|proposed|postponed|delayed|called for|planned|scheduled)",
        passive=r"\b(?:is|are|was|were|be|been|being|has|have|had)(?: \w+)? $",
    ),
    month_lead=r"(?:in|since|until|till|by|during|(?:early|late|mid|earlier)(?: in|-)?|before|after|through|from)",
    date_lead=r"(?:on|by|until|till|since|from|through|before|after|as of|starting)",
    leads={
        Limit.WITHIN: r"(?:in|on|during|throughout|within|for|from|of|at|dated|over)(?: (?:early|late|mid|mid-"
        r"|the (?:beginning|start|middle|end|summer|winter|spring|autumn|fall) of|the month of|(?:early|late) in))?",
        Limit.SINCE: "(?:ever )?(?:since|starting(?: in| from| on)?|as of)(?: the (?:beginning|start|end) of)?",
        Limit.AFTER: "(?:after|later than|following)(?: the end of)?",
        Limit.BEFORE: "(?:before|prior to|earlier than|ahead of|preceding)",
        Limit.UNTIL: "(?:until|till|til|up to|through|by|up until|no later than)(?: the end of)?",
        Limit.BETWEEN: "(?:between|from)",
    },
    trails={Limit.SINCE: "(?:onwards?|on|and later)(?! [a-z])"},
    join="(?:and|to|until|till|or|through|up to|-|–|—)",
    until="(?:until|till|by)",
    tail="(?:['’]s)?",
    homographs=frozenset({"may"}),
    titled=True,
    runs=True,
)  # fmt: skip
