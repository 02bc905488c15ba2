"""Random records and linkage schemas, with a seed; nobody's data."""
import base64
import random
import string

LETTERS = [
    string.ascii_uppercase, string.ascii_lowercase + "'- ", "ÁÉÍÓÚÑÇØÅÆŁŠŽ", "абвгдежзийклмнопрст",
    "ابتثجحخدذرزسشصض", "αβγδεζηθικλμνξοπρσ", "王李张刘陈杨黄赵吴周", "𝒜𝒞𝒟𐐀𐐨"]
SYLLABLES = [first + vowel for first in "bcdfghjklmnprstvwz" for vowel in "aeiou"]


def people(count, seed=1):
    """Records for the speed: given name, surname, date of birth, sex, nationality, document."""
    random_ = random.Random(seed)
    names = ["".join(random_.choices(SYLLABLES, k=random_.randint(2, 4))).upper()
             for _ in range(20_000)]
    weights = [1 / (rank + 10) for rank in range(len(names))]
    given, family = (random_.choices(names, weights, k=count) for _ in range(2))
    states = [a + b + c for a in "BDFGP" for b in "EORU" for c in "ALNRT"]
    return [[
        given[row], family[row],
        f"{random_.randint(1930, 2010)}-{random_.randint(1, 12):02}-{random_.randint(1, 28):02}",
        random_.choice("FM"), random_.choice(states),
        random_.choice(string.ascii_uppercase) + f"{random_.randrange(10 ** 8):08}"]
        for row in range(count)]


def people_schema(document):
    """Five features, or six with the number of the document, as one would choose them."""
    def feature(name, comparison, count, **format_):
        return {"identifier": name, "format": {"type": "string", **format_}, "hashing": {
            "comparison": comparison, "strategy": {"bitsPerFeature": count},
            "hash": {"type": "blakeHash"}}}
    bigrams, exact = {"type": "ngram", "n": 2}, {"type": "exact"}
    features = [
        feature("given", bigrams, 150, case="upper"), feature("surname", bigrams, 150, case="upper"),
        {"identifier": "birth", "format": {"type": "date", "format": "%Y-%m-%d"}, "hashing": {
            "comparison": {"type": "ngram", "n": 1, "positional": True},
            "strategy": {"bitsPerFeature": 150}, "hash": {"type": "blakeHash"}}},
        feature("sex", exact, 20), feature("nationality", exact, 50)]
    features.append(
        feature("document", {"type": "ngram", "n": 2, "positional": True}, 150) if document
        else {"identifier": "document", "ignored": True})
    return {"version": 3, "clkConfig": {"l": 1024, "kdf": {"type": "HKDF"}}, "features": features}


def schema(seed):
    """A schema of random features and, for each, a function that draws a value."""
    random_ = random.Random(seed)
    features, draws = [], []
    for number in range(random_.randint(1, 7)):
        feature, draw = _feature(random_, f"f{number}")
        features.append(feature)
        draws.append(draw)
    if not any("hashing" in feature for feature in features):
        return schema(seed + 1_000_003)
    hashes = {feature["hashing"].get("hash", {"type": "blakeHash"})["type"]
              for feature in features if "hashing" in feature}
    lengths = [64, 128, 256, 512, 1024, 2048, 4096] if "blakeHash" in hashes else [72, 1000, 1024]
    kdf = {"type": "HKDF"}
    if random_.random() < .7:
        kdf["hash"] = random_.choice(["SHA256", "SHA512"])
    for name in ["salt", "info"]:
        if random_.random() < .7:
            kdf[name] = base64.b64encode(random_.randbytes(random_.randint(1, 80))).decode()
    if random_.random() < .7:
        kdf["keySize"] = random_.choice([1, 16, 20, 32, 64])
    settings = {"l": random_.choice(lengths), "kdf": kdf}
    if random_.random() < .5:
        settings["xor_folds"] = random_.randint(0, 3)
    return {"version": 3, "clkConfig": settings, "features": features}, draws, random_


def _feature(random_, name):
    if random_.random() < .1:
        return {"identifier": name, "ignored": True}, lambda: _text(random_, 0, 9)
    kind = random_.choice(["string", "string", "string", "pattern", "integer", "date", "enum"])
    draw = None
    if kind == "string":
        format_ = {"type": "string"}
        encoding = random_.choice([None, "utf-8", "ascii", "utf-16", "utf-32"])
        if encoding:
            format_["encoding"] = encoding
        letters = LETTERS[:2] if encoding == "ascii" else LETTERS
        case = random_.choice([None, "upper", "lower", "mixed"])
        if case:
            format_["case"] = case
        if random_.random() < .3:
            format_["minLength"], format_["maxLength"] = 1, 40

        def draw():
            text = _text(random_, 1, 14, letters)
            text = text.upper() if case == "upper" else text.lower() if case == "lower" else text
            return text if {"upper": text.upper(), "lower": text.lower()}.get(case, text) == text \
                else "x".upper() if case == "upper" else "x"
    elif kind == "pattern":
        format_ = {"type": "string", "pattern": r"[A-Z]{1,2}(\d{6,8}|[^\W\d]+)-?"}

        def draw():
            head = "".join(random_.choices(string.ascii_uppercase, k=random_.randint(1, 2)))
            tail = (str(random_.randrange(10 ** 6, 10 ** 8)) if random_.random() < .6
                    else _text(random_, 1, 5, [LETTERS[0], LETTERS[3]]))
            return head + tail + random_.choice(["", "-"])
    elif kind == "integer":
        format_ = {"type": "integer"}
        if random_.random() < .5:
            format_ |= {"minimum": -10_000, "maximum": 10 ** 12}

        def draw():
            value = random_.choice([random_.randint(-100, 100), random_.randint(-9999, 10 ** 9)])
            return random_.choice(["{}", " {}", "{} ", "\u00a0{}\t"]).format(
                random_.choice([str(value), f"{value:+}", f"{value:_}", f"{value:06}"]))
    elif kind == "date":
        style = random_.choice(["%Y-%m-%d", "%d/%m/%Y", "%Y%m%d", "%d.%m.%y", "%d %b %Y", "%B %d, %Y"])
        format_ = {"type": "date", "format": style}

        def draw():
            import datetime
            date = datetime.date(1969, 1, 1) + datetime.timedelta(random_.randrange(30_000))
            return date.strftime(style)
    else:
        values = [_text(random_, 1, 6) for _ in range(5)]
        format_ = {"type": "enum", "values": values}

        def draw():
            return random_.choice(values)
    comparisons = [
        {"type": "ngram", "n": random_.choice([1, 2, 2, 3, 5])},
        {"type": "ngram", "n": random_.choice([1, 2, 2, 3]), "positional": random_.random() < .8},
        {"type": "exact"}]
    if kind == "integer":
        comparisons += 3 * [{
            "type": "numeric", "thresholdDistance": random_.choice([1, 2.5, 7, 10, 365]),
            "resolution": random_.randint(1, 20)}]
        if random_.random() < .5:
            comparisons[-1]["fractional_precision"] = random_.randint(0, 4)
    hashing = {
        "comparison": random_.choice(comparisons),
        "strategy": random_.choice([
            {"bitsPerToken": random_.randint(1, 70)}, {"bitsPerFeature": random_.randint(1, 400)}])}
    hash_ = random_.choice([
        None, {"type": "blakeHash"}, {"type": "doubleHash"},
        {"type": "doubleHash", "prevent_singularity": True}])
    if hash_:
        hashing["hash"] = hash_
    if random_.random() < .5:
        missing = hashing["missingValue"] = {"sentinel": random_.choice(["", "N/A", "-"])}
        if random_.random() < .6:
            missing["replaceWith"] = random_.choice(["", "0", "42", "-7"])
        elif hashing["comparison"]["type"] == "numeric":
            missing["replaceWith"] = "0"
        present = draw

        def draw():
            return missing["sentinel"] if random_.random() < .2 else present()
    return {"identifier": name, "format": format_, "hashing": hashing}, draw


def _text(random_, least, most, alphabets=LETTERS):
    return "".join(random_.choices(random_.choice(alphabets), k=random_.randint(least, most)))
