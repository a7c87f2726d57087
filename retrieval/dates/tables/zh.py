"""Chinese."""

# ruff: noqa: E501 (a phrase is not broken over lines)

from retrieval.dates.intervals import Unit
from retrieval.dates.language import Kind, Language, Limit, Tense, patterns, periods
from retrieval.dates.names import count, months, weekdays

_DIGITS = "一二三四五六七八九"
_NUMBERS = " ".join((
    "一", "二|两", *_DIGITS[2:], "十", *(f"十{digit}" for digit in _DIGITS), "二十",
    *(f"二十{digit}" for digit in _DIGITS), "三十", "三十一",
))  # fmt: skip
_NO_WORD = "(?![期边围转密易长])"

TABLE = Language(
    code="zh",
    months=months("zh") | months("zh", width="abbreviated"),
    weekdays=weekdays(
        "zh",
        extra=(
            "周一 周二 周三 周四 周五 周六 周日",
            "礼拜一 礼拜二 礼拜三 礼拜四 礼拜五 礼拜六 礼拜天",
            "_ _ _ _ _ _ 星期天",
        ),
    ),
    units={
        "天": Unit.DAY, "日": Unit.DAY, "周": Unit.WEEK, "星期": Unit.WEEK,
        "个星期": Unit.WEEK, "个礼拜": Unit.WEEK, "个月": Unit.MONTH, "年": Unit.YEAR,
    },
    numbers=count(_NUMBERS),
    patterns=(
        *patterns(
            Kind.NOTHING,
            r"[每逢]个?{weekday}",
            r"(?:黑色|血腥|超级|受难|蓝色|疯狂|耶稣受难){weekday}",
            r"[一二两三四五六七八九十几每各\d]{weekday}",
            r"{weekday}[至到~—–-]{weekday}",
            r"上上个?{weekday}", r"下下个?{weekday}", r"上上个?[周月]", r"下下个?[周月]",
            r"周日本", r"{weekday}[岁条次年]", r"上周日本", r"下周日本",
            r"今[天日](?:的|[，,])", r"(?:到|至|直到|截至|在|时至)今[天日]", r"今日(?:头条|俄罗斯|美国)",
            r"[昨今明后][天日]和", r"后天(?:性|的|努力|形成|获得|培养|因素)", r"先天[和与及、或]?后天",
            r"[几数百千万亿约近第多余]{n}{unit}(?:之|以)?前",
            r"[两二三四五六七八九][三四五六七八九]{unit}(?:之|以)?前",
            r"{n}[到至、~-]{n}{unit}(?:之|以)?前",
            r"{year} ?年代", r"十月革命",
        ),
        *(
            pattern
            for shift, word in ((-1, "(?<!过)去年"), (0, "今年"), (1, "(?<![声说表证])明年"))
            for pattern in patterns(
                Kind.IN_YEAR, rf"{word} ?{{month}} ?{{day}} ?[日号]", rf"{word} ?{{month}}份?", shift=shift
            )
        ),
        *patterns(Kind.DAYS, r"(?:{year} ?年 ?)?{month} ?{day} ?[日号]?[至到~—–-] ?{last} ?[日号]"),
        *patterns(Kind.DATE, r"{year} ?年 ?{month} ?{day} ?[日号]", r"{month} ?{day} ?[日号]"),
        *patterns(Kind.MONTH, r"{year} ?年 ?{month}份?"),
        *patterns(Kind.QUARTER, r"{year} ?年 ?第?{quarter}季度"),
        *(
            pattern
            for shift, word in ((-1, "上个?"), (0, "(?:(?<![日基样版])本|这个?)"), (1, "下个?"))
            for pattern in patterns(Kind.IN_WEEK, rf"{word}{{weekday}}", shift=shift)
        ),
        *patterns(Kind.WEEKDAY, r"{weekday}"),
        *periods(
            Unit.DAY,
            {
                -3: ("大前天",),
                -2: ("(?<![以之此])前天(?![空文气主])",),
                -1: ("昨(?:天|日|晚|夜)",),
                0: ("今(?:天|晚|早|晨)", "今日"),
                2: ("后天(?=[将要就再，。、])",),
                1: ("(?<![声说])明(?:天|晚|早)",),
            },
        ),
        *periods(Unit.WEEKEND, {-1: ("上个?周末",), 0: ("(?:(?<![日基样版])本|这个?)周末",)}),
        *periods(Unit.WEEK, {
            -1: (f"(?<![以之])上(?:周|个?星期|个?礼拜){_NO_WORD}",),
            0: (f"(?:(?<![日基样版])本|这)(?:周|个?星期|个?礼拜){_NO_WORD}",),
            1: (f"(?<![以之天])下(?:周|个?星期|个?礼拜){_NO_WORD}",),
        }),
        *periods(Unit.MONTH, {
            -1: ("上个月", "上月(?![球面亮光])"), 0: ("(?<!日)本月(?![球面亮光])", "这个月"), 1: ("下个月", "下月(?![球面亮光])"),
        }),
        *periods(Unit.YEAR, {
            -2: ("(?<![以之此战生目年])前年(?![代均度龄间轻])",), -1: ("(?<![过])去年(?![代龄])",), 0: ("今年",),
            1: ("(?<![声说表证文发])明年(?![度代龄])",),
        }),
        *patterns(Kind.RECENT, "(?:最近|过去|近)(?:的)?{n}{unit}(?![前后])"),
        *patterns(Kind.AGO, "{n}{unit}(?:之|以)?前"),
        *patterns(Kind.MONTH, "{month}份?"),
        *patterns(Kind.YEAR, "{year} ?年(?![代度级会龄])"),
    ),
    cues=(
        "前", "昨", "今天", "今日", "今年", "今晚", "今早", "今晨", "明天", "明晚", "明早", "明年", "后天", "去年", "本周", "本月", "本星",
        "上周", "上月", "上个", "上星", "下周", "下月", "下个", "下星", "这周", "这个", "这星", "本礼", "这礼",
    ),
    tense=Tense(future="将|会(?!议|谈|见|员|长|晤|上|面)|计划|预计|拟|准备|即将|预定|定于|有望"),
    month_lead="(?:在|于|自|从)",
    date_lead="",
    leads={
        Limit.WITHIN: "(?:在|于|^)",
        Limit.SINCE: "(?:自从|自|从)",
        Limit.UNTIL: "(?:到|至|截至|截止|直到)",
        Limit.BETWEEN: "(?:从|自|在|介于)",
    },
    trails={
        Limit.SINCE: "(?:以来|起|开始|至今)",
        Limit.AFTER: "(?:之后|以后|后)",
        Limit.BEFORE: "(?:之前|以前|前)",
        Limit.UNTIL: "为止",
        Limit.WITHIN: "(?:里|内|期间|间)",
    },
    join="(?:到|至|和|与|或|-|–|—|~)",
    spaced=False,
    spelled_days=True,
)  # fmt: skip
