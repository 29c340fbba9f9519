"""Makes encodings.json beside it: what the Hugging Face library computes with tokenizer.json.

    pip install tokenizers==0.23.3 && python make.py
"""

import json
import pathlib

from tokenizers import Tokenizer

HERE = pathlib.Path(__file__).parent
TEXTS = [
    "",
    "The river Velmora rises in the hills of Ostrane.",
    " The river",
    "1874 is 1874\n1874 (1874), 18 74",
    "  two  spaces,   three and one at the end ",
    "tabs\tand\tline\n\nbreaks\r\nof\u00a0all \u2003 kinds\u2028here",
    "Grüße, 世界! naïve café ☕ ❤️love 👩‍🚀👍🏽",
    "e\u0301 decomposed, \u0301alone, a\u0308\u0323",
    "Привет, мир! ١٢٣ x² ½ Ⅷ नमस्ते สวัสดี",
    "it's \"quoted\" -- don't!? <0x41> [brackets] {a_b} #version 1",
    "control \u0001\u001f\u007f characters \u200b\ufeff",
    "the answer</s> the rest",
    "zzzzzzzzzzzzzzzzzzzz the" + " the" * 40,
]

tokenizer = Tokenizer.from_file(str(HERE / "tokenizer.json"))
encodings = []
for text in TEXTS:
    ids = tokenizer.encode(text).ids
    encodings.append({"text": text, "ids": ids, "decoded": tokenizer.decode(ids)})
(HERE / "encodings.json").write_text(json.dumps(encodings, indent=0) + "\n")
