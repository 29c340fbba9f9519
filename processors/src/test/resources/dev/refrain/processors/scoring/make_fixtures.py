"""Makes answers.json and rankings.json: what the reference Python says of hard cases.

    pip install regex==2026.11.15 pytrec-eval-terrier==0.5.11
    python make_fixtures.py        # Python 3.11; writes beside itself

normalize_answer follows google-research/language, language/orqa/utils/eval_utils.py (NQ-open's
official script); tokens and has_answer follow facebookresearch/DPR, dpr/utils/tokenizers.py and
dpr/data/qa_validation.py: the same regular expression in the same `regex` module, the same
comparison. f1 is SQuAD 1.1's over normalize_answer. rankings.json is trec_eval's own code.
Characters are drawn from what Unicode 14 assigns (Python 3.11), so that newer tables agree.
"""
import collections
import json
import pathlib
import random
import re
import string
import unicodedata

import pytrec_eval
import regex

HERE = pathlib.Path(__file__).parent
TOKEN = regex.compile(
    r"([\p{L}\p{N}\p{M}]+)|([^\p{Z}\p{C}])",
    flags=regex.IGNORECASE + regex.UNICODE + regex.MULTILINE,
)


def normalize_answer(s):
    s = unicodedata.normalize("NFD", s).lower()
    s = "".join(c for c in s if c not in set(string.punctuation))
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", s).split())


def f1(prediction, gold):
    p, g = normalize_answer(prediction).split(), normalize_answer(gold).split()
    same = sum((collections.Counter(p) & collections.Counter(g)).values())
    return 0.0 if same == 0 else 2 * same / (len(p) + len(g))


def tokens(text):
    return [m.group().lower() for m in TOKEN.finditer(unicodedata.normalize("NFD", text))]


def has_answer(answers, text):
    text = tokens(text)
    for answer in map(tokens, answers):
        if any(answer == text[i : i + len(answer)] for i in range(len(text) - len(answer) + 1)):
            return True
    return False


WRITTEN = [
    "", " ", "\u00a0", "a", "The", "an", "the the", "a an the", "The Beatles", "the  Beatles ",
    "a.b.c.", "U.S.A.", "A-ha", "AC/DC", "the-the", "a_b", "_a_", "a_", "an1", "1 a 2", "a1", "a½",
    "½ a", "x²a", "²a", "a²", "théâtre", "the\u0301atre", "a\u0301", "á", "à la carte", "ä", "\u0301a",
    "a\u20dd", "the\u0308", "an\u0303o", "São Paulo", "Sa\u0303o Paulo", "Malmö", "Ångström", "\u212bngstro\u0308m",
    "New\u00a0York", "the\u00a0end", "10\u00a0000", "10\u202f000", "10\u2009000", "line\u2028end", "a\u200bb",
    "a\u200db", "\ufeffthe", "soft\u00adhyphen", "tab\tand\nline", "bell\u0007a", "\u001ca\u001d", "\u0085the\u0085",
    "東京", "東京タワー", "a東", "東a", "the東京", "서울", "がぎぐ", "カ゛", "ﾊﾞ", "ไทย a", "हिन्दी", "हिन्दी the a",
    "😀", "a😀", "😀a the 😀", "👩‍👩‍👧", "🇫🇷", "👍🏽 an", "ﬁn", "ﬂ a", "Ⅷ", "ⅷ a", "①", "①a", "㍿", "㎏",
    "İstanbul", "ıstanbul", "I\u0307", "Iğdır", "ISTANBUL", "Straße", "STRASSE", "GROẞ", "ſ", "ΟΔΟΣ",
    "ΟΔΥΣΣΕΥΣ Σ", "Σ", "ΑΣ'Α", "ΑΣ.", "ΑΣ.Α", "ὈΔΥΣΣΕΎΣ", "ΑΣ\u0301", "Ǆ", "ǅ a", "Ŀ", "ŉ", "ǰ",
    "'the'", "\u2018the\u2019", "\u201cthe\u201d", "«a»", "the\u2014a", "the–end", "a…b", "§a", "€a", "a°", "№5", "a№",
    "$1,000", "3.14", "1/2", "50 %", "50%", "C++", "C#", "@the", "#an", "~a~", "`a`", "^a^", "a|b", "{the}",
    "don't", "don\u2019t", "rock 'n' roll", "a's", "the's", "THE", "ThE", "An apple", "banana", "Athena", "another",
    "a a", "a,a", "a, the, an", "Thea", "b a", "b the c an d a", "x the", "a\u0300 the\u0301 an\u0327", "ａ", "ｔｈｅ",
    "𝐚", "𝒯he", "𐐀", "𐐨a", "🄀", "a\u3000the\u3000b", "a\u1680b", "a\u180eb", "\u0e33", "\u0f73a", "각", "\u1100\u1161\u11a8",
]
PAIRS = [
    ("The Beatles", "beatles"), ("a dog", "the dog"), ("New\u00a0York", "new york"), ("Malmö", "Malmo\u0308"),
    ("Malmö", "Malmo"), ("U.S.A.", "usa"), ("U.S.A.", "u s a"), ("", ""), ("the", "a"), ("", "a"), ("Straße", "strasse"),
    ("Linda Davis", "Davis Linda"), ("red red blue", "red blue blue"), ("14 December 1972 UTC", "December 1972"),
    ("İ", "i"), ("ΟΔΟΣ", "οδος"), ("ΟΔΟΣ", "οδοσ"), ("ﬁn", "fin"), ("one two three four", "two four six"),
]
CONTAINED = [
    (["Davis"], "Linda Davis sang."), (["linda davis"], "LINDA DAVIS"), (["davi"], "Davis"), ([""], ""), ([""], "x"),
    ([" "], ""), (["\u00a0"], "x"), ([], "x"), (["x"], ""), (["U.S."], "the U.S. Army"), (["US"], "the U.S. Army"),
    (["Malmö"], "in Malmo\u0308 town"), (["Malmo"], "in Malmö"), (["1,000"], "about 1,000 men"), (["1000"], "about 1,000 men"),
    (["東京"], "東京タワー"), (["東京"], "東京 タワー"), (["😀"], "a 😀 b"), (["😀"], "a😀b"), (["New York"], "New\u00a0York"),
    (["New York"], "New\nYork"), (["New York"], "NewYork"), (["New York"], "New\u200bYork"), (["don't"], "I don't"),
    (["don't"], "I don\u2019t"), (["İstanbul"], "İSTANBUL"), (["istanbul"], "İstanbul"), (["Straße"], "STRASSE"),
    (["ΟΔΟΣ"], "οδος"), (["a b", "c"], "x c"), (["581 ( second edition )"], "581 (second edition)"),
]
HARD = list("aAtThHeEnN  _-.,'\u2019\u00a0\u0301\u0308\u0307½²İıßΣσς東😀ﬁ\u200b\u3000\u2009\u00ad1\t\n\u1e9eὈ\u0345Ǆ€№")
ASSIGNED = [
    c for c in map(chr, range(0x110000)) if unicodedata.category(c) not in ("Cn", "Cs", "Co")
]


def random_text(rng, alphabet, longest):
    return "".join(rng.choice(alphabet) for _ in range(rng.randrange(longest + 1)))


def answers():
    rng = random.Random(2)
    texts = WRITTEN + [random_text(rng, HARD, 12) for _ in range(300)]
    texts += [random_text(rng, ASSIGNED, 6) + " a " + random_text(rng, ASSIGNED, 6) for _ in range(200)]
    pairs = PAIRS + [tuple(random_text(rng, list("ab the.\u00a0"), 14) for _ in "pg") for _ in range(150)]
    contained = CONTAINED[:]
    for _ in range(150):
        text = random_text(rng, HARD, 30)
        start = rng.randrange(len(text) + 1)
        contained.append(([text[start : start + rng.randrange(8)].swapcase()], text))
    return {
        "texts": [{"text": t, "normalized": normalize_answer(t), "tokens": tokens(t)} for t in texts],
        "pairs": [
            {"answer": p, "gold": g, "exact": normalize_answer(p) == normalize_answer(g), "f1": f1(p, g)}
            for p, g in pairs
        ],
        "contained": [{"answers": a, "text": t, "has": has_answer(a, t)} for a, t in contained],
    }


def rankings():
    rng = random.Random(3)
    cases = []
    for case in range(60):
        documents = [f"d{i}" for i in range(rng.choice([3, 20, 150]))]
        judged = rng.sample(documents, rng.randrange(1, len(documents) + 1)) + ["missing1", "missing2"]
        grades = {d: rng.choice([-1, 0, 0, 1, 1, 2, 3] if case % 2 else [0, 1]) for d in judged}
        ranking = rng.sample(documents, rng.randrange(1, len(documents) + 1))
        if case == 50:  # a judged query without a relevant document
            grades = dict.fromkeys(grades, 0)
        names = {"ndcg_cut_10", "recall_10", "recall_100", "recall_1000", "map", "P_30"}
        evaluator = pytrec_eval.RelevanceEvaluator({"q": grades}, names)
        run = {"q": {d: float(-i) for i, d in enumerate(ranking)}}
        cases.append({"ranking": ranking, "grades": grades, "measures": evaluator.evaluate(run)["q"]})
    return cases


def write(name, value):
    text = json.dumps(value, ensure_ascii=True, indent=0, separators=(",", ":"))
    (HERE / name).write_text(text + "\n", encoding="ascii")


write("answers.json", answers())
write("rankings.json", rankings())
