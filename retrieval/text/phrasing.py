"""How questions are put, by language: words that ask rather than say what about."""

import re
from functools import cache

HOW = re.compile(
    r"\bhow (?:long|often|many|much|old|far|tall|big|large|high|deep|fast|strong|heavy|wide|hot|cold)\b"
    r"|\bwie (?:lange|oft|viele?|alt|weit|hoch|groß|tief|schnell)\b"
    r"|\bcuánto tiempo\b|\bcada cuánto\b|\bcon qué frecuencia\b"
    r"|\bкак (?:долго|часто|далеко)\b"
    r"|什么时候|什么|为什么|怎么样?|怎样|如何|多少|多久|哪里|哪儿|哪个|哪些|何时|为何|谁|吗|呢"
    r"|いつ|どこ|なぜ|どうして|どの|いくら|いくつ|何(?:人|時|年|月|日)?|ですか|ますか",
    re.IGNORECASE,
)
"""Words that ask for a measure: "long" in "how long" is not looked for."""

FRAME = re.compile(
    r"\b(?:(?:can|could) you )?(?:please )?(?:tell me|show me|give me|explain)\b(?: (?:more|something|everything))?"
    r"|\b(?:what )?do you know\b|\bi (?:want|would like) to know\b"
    r"|\b(?:the |any )?news (?:about|on|of|from)\b"
    r"|\b(?:is there )?anything about\b|\bwhat about\b|\bplease\b"
    r"|\berzähle? mir\b(?: etwas| mehr)?|\bwas weißt du\b|\bzeige? mir\b"
    r"|\bcuéntame\b|\bqué sabes\b|\bdime\b"
    r"|\bрасскажи(?:те)?(?: мне)?\b|\bчто (?:ты знаешь|вы знаете)\b"
    r"|告诉我|介绍一下|你知道|ماذا تعرف|أخبرني",
    re.IGNORECASE,
)
"""Politeness around a question."""

NEWEST = re.compile(
    r"\b(?:latest|newest|most recent(?:ly)?"
    r"|lo último|últim[oa]s noticias|más recientes?"
    r"|neueste[nrs]?|aktuellste[nrs]?|jüngste[nrs]?"
    r"|последни[ей] новости|новейши[ей]|самы[ей] свежи[ей])\b"
    r"|أحدث|آخر الأخبار|最新|最近的",
    re.IGNORECASE,
)
"""The wish for the newest first."""

_ANYTHING = {
    "ar": "حدث يحدث خبر أخبار مقال مقالات كتب نشر",
    "de": "passieren passiert passierte geschehen geschieht geschah los nachrichten nachricht neues meldungen "
    "artikel bericht berichte berichtet geschrieben schreiben veröffentlicht",
    "en": "happen happens happened happening occur occurred event events go going take took place news new "
    "article articles report reports reported story stories write wrote written publish published say",
    "es": "pasar pasó pasa ocurrir ocurrió suceder sucedió noticia noticias artículo artículos escribir escribió "
    "publicar publicó hay",
    "ru": "случилось случиться произошло происходит происходило новость новости новостей статья статьи статей "
    "писали написано написали опубликовано",
    "zh": "发生了事情新闻报道文章写有",
}


@cache
def about_anything(language: str) -> str:
    """Words of a question that asks for nothing in particular: what happened, the news, articles."""
    return _ANYTHING.get(language, "")
