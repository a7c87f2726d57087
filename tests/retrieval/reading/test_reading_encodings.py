"""The encodings that articles come in, and what is noted about a guess."""

import codecs
import json

import pytest

RUSSIAN = (
    "Встреча во Владивостоке",
    "Президент встретился с гостем из Северной Кореи.\n\nПереговоры прошли хорошо, сказал он.",
)
CHINESE = ("市政府的新闻", "今天的新闻说，天气很好，很多人去公园。\n\n市政府宣布新的计划。")
JAPANESE = ("首相が会談", "今日は天気がいいので、公園に行きました。\n\n会談は明日も続きます。")
FRENCH = (
    "La grève générale",
    "Le café était fermé à cause de la grève.\n\nÇa a duré trois jours.",
)


@pytest.mark.parametrize(
    ("encoding", "told", "words"),
    [
        ("cp1251", "Windows-1251", RUSSIAN),
        ("koi8-r", "KOI8-R", RUSSIAN),
        ("gb18030", "GB18030", CHINESE),
        (
            "big5",
            "Big5",
            ("新聞標題", "今天的新聞說，天氣很好，很多人去公園。市政府宣布新的計劃。"),
        ),
        ("shift_jis", "CP932", JAPANESE),
        ("euc_jp", "EUC-JP", JAPANESE),
        ("latin-1", "Windows-1252", FRENCH),
    ],
)
def test_other_encodings_are_found_out_and_noted(read, encoding, told, words):
    title, text = words
    line = {"title": title, "date": "2019-04-26", "text": text}
    corpus = read(
        {
            "a.txt": f"date 2019-04-26 {title}\n\n{text}\n".encode(encoding),
            "b.jsonl": (json.dumps(line, ensure_ascii=False) + "\n").encode(encoding) * 2,
        }
    )
    assert [(each.title, each.text) for each in corpus.articles] == [words] * 3
    assert [str(note) for note in corpus.notes] == [
        f"a.txt: read as {told}",
        f"b.jsonl: line 1: read as {told} (and 1 more)",
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_byte_order_marks_are_honoured_and_dropped(read, mark, encoding, end):
    # U+0A0D and U+0D0A hold the bytes of line ends.
    title, text = "Встреча \u0a0d\u0d0a", "今天 😀"
    line = json.dumps({"title": title, "date": "2019-04-26", "text": text}, ensure_ascii=False)
    files = {
        "a.txt": end.join([f"date 2019-04-26 {title}", "", text, ""]),
        "b.md": end.join(["---", f"title: {title}", "date: 2019-04-26", "---", text, ""]),
        "c.jsonl": end.join([line, line]),
    }
    corpus = read({name: mark + content.encode(encoding) for name, content in files.items()})
    assert [(each.id, each.title, each.text) for each in corpus.articles] == [
        ("a", title, text),
        ("b", title, text),
        ("c-1", title, text),
        ("c-2", title, text),
    ]
    assert corpus.notes == corpus.refusals == ()


def test_a_mark_that_lies_is_refused(read):
    corpus = read(
        {
            "a.txt": codecs.BOM_UTF16_LE + b"abc",
            "b.jsonl": codecs.BOM_UTF16_LE + b"abc",
            "c.txt": codecs.BOM_UTF8 + b"date 2019-04-26 T\n\n\xff",
        }
    )
    assert [(refusal.file, refusal.line) for refusal in corpus.refusals] == [
        ("a.txt", 1),
        ("b.jsonl", 1),
        ("c.txt", 3),
    ]
    assert (
        corpus.refusals[0].reason
        == "its byte order mark says utf-16-le, but it is not; save it as UTF-8"
    )


@pytest.mark.parametrize("words", [RUSSIAN, FRENCH, CHINESE])
@pytest.mark.parametrize("place", ["middle", "end"])
def test_damaged_utf8_is_refused_and_never_guessed_into_nonsense(read, words, place):
    title, text = words
    body = (text * 5).encode()
    damaged = body[:40] + b"\xff" + body[40:] if place == "middle" else body + "é".encode()[:1]
    corpus = read({"a.txt": f"date 2019-04-26 {title}\n\n".encode() + damaged})
    (refusal,) = corpus.refusals
    assert refusal.reason.startswith("damaged: it is UTF-8 but for some bytes here")
    before = damaged.index(b"\xff") if place == "middle" else len(damaged)
    assert refusal.line == 3 + damaged[:before].count(b"\n")


def test_a_damaged_json_line_leaves_the_others(read):
    line = json.dumps({"title": "Встреча", "date": "2019-04-26"}, ensure_ascii=False).encode()
    damaged = line.replace("т".encode(), b"\xd1")
    corpus = read({"a.jsonl": b"\n".join([line, damaged, line])})
    assert [article.id for article in corpus.articles] == ["a-1", "a-3"]
    assert [refusal.line for refusal in corpus.refusals] == [2]
