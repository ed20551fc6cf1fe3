"""Short codes that can be spoken across a room: a word and a number, such as KITE-42."""

from collections.abc import Callable, Sequence

_WORDS_IN_A_ROW = (
    "ANCHOR APPLE BADGE BANJO BEACH BIRCH BISON BLOOM BOAT BOTTLE BRICK BRIDGE BRUSH BUTTON CABIN CACTUS CAMEL "
    "CANDLE CANOE CARGO CARPET CASTLE CEDAR CEILING CHALK CIRCLE CLOUD COBALT COMET COOKIE COPPER COTTON CRANE "
    "CREEK CURTAIN DANCE DELTA DESERT DOLPHIN DOMINO DRAGON DRUM EAGLE EARTH EMBER ENGINE FABLE FALCON FEATHER "
    "FIDDLE FLUTE FOREST FOUNTAIN FOX GALAXY GARDEN GARNET GLACIER GLOBE GRAPE GUITAR HAMMER HARBOR HARP HELMET "
    "HERON HONEY HORIZON ISLAND JACKET JAGUAR JUNGLE KAYAK KETTLE KITE KOALA LADDER LAGOON LANTERN LEMON LILAC "
    "LION LOTUS MAGNET MANGO MAPLE MARBLE MEADOW MELON MIRROR MOON MOTOR MUSEUM NAPKIN NECTAR NEEDLE "
    "NICKEL NOBLE OASIS OCEAN OPAL ORCHID OTTER OYSTER PANDA PAPER PARROT PEBBLE PENCIL PIANO PILLOW PILOT PINE "
    "PLANET PRISM PUZZLE PYRAMID QUARTZ QUILT RABBIT RADIO RIBBON RIVER ROCKET SADDLE SAFFRON SALMON "
    "SANDAL SATIN SCOOTER SHADOW SILVER SPICE SPONGE STAR STONE SUNSET SWAN TABLET TEMPLE THUNDER TICKET TIGER "
    "TIMBER TOPAZ TROMBONE TULIP TUNNEL TURTLE UMBRELLA VALLEY VELVET VIOLIN WAGON WALNUT WATER WHALE WINDOW "
    "WINTER WONDER YELLOW ZEBRA ZENITH"
)

WORDS: tuple[str, ...] = tuple(_WORDS_IN_A_ROW.split())
"""Words that are hard to mishear; none is offensive or reads like a name of somebody in the room."""


_DIGITS = "23456789"
"""Without 0 and 1, which are read and typed as letters."""


def draw_code(choose: Callable[[Sequence[str]], str], taken: Callable[[str], bool]) -> str:
    """Draw a code that is not taken.

    Args:
        choose: Picks one of a sequence at random (`random.Random.choice`); the secrecy of codes rests on it.
        taken: Whether a code is in use.

    Returns:
        A word, a hyphen and at least two digits; more digits where the room is so large that short ones run out.
    """
    digits = 2
    while True:
        for _ in range(20):
            number = "".join(choose(_DIGITS) for _ in range(digits))
            code = f"{choose(WORDS)}-{number}"
            if not taken(code):
                return code
        digits += 1


def spelled(code: str) -> str:
    """A code letter by letter, for those who hear it: `K, I, T, E, 4, 2`."""
    return ", ".join(character for character in code if character.isalnum())


def read_code(text: str) -> str:
    """A code as people type it, in its written form: `kite 42` and `KITE42` are KITE-42."""
    plain = "".join(character for character in text.upper() if character.isalnum())
    word = plain.rstrip("0123456789")
    number = plain[len(word) :]
    return f"{word}-{number}" if word and number else text.strip().upper()
