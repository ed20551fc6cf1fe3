"""Short codes that can be spoken across a room: a word and a number, such as KITE-42."""

from collections.abc import Callable, Sequence

_WORDS_IN_A_ROW = (
    "AMBER ANCHOR APPLE ARROW AUTUMN BADGE BAKER BANJO BASIL BEACH BIRCH BISON BLOOM BOAT BRICK BRIDGE BRUSH CABIN "
    "CACTUS CAMEL CANDLE CANOE CARGO CASTLE CEDAR CHALK CHERRY CIRCLE CLOUD CLOVER COBALT COMET COPPER CORAL "
    "COTTON CRANE CREEK DAISY DANCE DELTA DESERT DOLPHIN DRAGON DRUM EAGLE EARTH EMBER ENGINE FABLE FALCON FEATHER "
    "FERN FIDDLE FLUTE FOREST FOX GARDEN GARNET GINGER GLACIER GLOBE GRAPE GUITAR HARBOR HARP HAZEL HERON HONEY "
    "HORIZON IRIS ISLAND IVORY JACKET JAGUAR JASMINE JUNGLE KAYAK KETTLE KITE KOALA LADDER LAGOON LANTERN LAUREL "
    "LEMON LILAC LION LOTUS MAGNET MANGO MAPLE MARBLE MEADOW MELON METEOR MIRROR MOON MOTOR NECTAR NICKEL NOBLE "
    "OASIS OCEAN OLIVE OPAL ORCHID OTTER PADDLE PALM PANDA PAPER PARROT PEACH PEARL PEBBLE PEPPER PIANO PILOT PINE "
    "PLANET PLUM POPPY PRISM PUZZLE QUARTZ QUILT RABBIT RADIO RAVEN RIBBON RIVER ROBIN ROCKET RUBY SADDLE SAFFRON "
    "SAILOR SALMON SATIN SHADOW SIERRA SILVER SPARROW SPICE SPRUCE STAR STONE SUMMER SUNSET SWAN TANGO TEMPLE "
    "THUNDER TIGER TIMBER TOPAZ TULIP TUNNEL TURTLE VALLEY VELVET VIOLET VIOLIN WAGON WALNUT WATER WHALE WILLOW "
    "WINTER WONDER YELLOW ZEBRA ZENITH"
)

WORDS: tuple[str, ...] = tuple(_WORDS_IN_A_ROW.split())
"""Words that are hard to mishear; none is offensive or reads like a name of somebody in the room."""


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
            number = choose("23456789") + "".join(choose("0123456789") for _ in range(digits - 1))
            code = f"{choose(WORDS)}-{number}"
            if not taken(code):
                return code
        digits += 1


def read_code(text: str) -> str:
    """A code as people type it, in its written form: `kite 42` and `KITE42` are KITE-42."""
    plain = "".join(character for character in text.upper() if character.isalnum())
    word = plain.rstrip("0123456789")
    number = plain[len(word) :]
    return f"{word}-{number}" if word and number else text.strip().upper()
