"""Words that eSpeak NG alone says wrong, as it is told to say them."""

from __future__ import annotations

import pytest

from narrate.engines.espeak import Espeak
from narrate.persian import Manner


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("لنین", "lenin"),
        ("تروتسکی", "terotski"),
        ("بلشویک", "bolʃevik"),
        ("پتروگراد", "petroɡrɑd"),
        ("چهار", "tʃahɑr"),
        ("رئیس", "raʔis"),
        ("حق ما", "haɢɢe mɑ"),
        ("ساعت ۹", "sɑʔate noh"),
    ],
)
def test_a_word_is_said_right(written: str, said: str) -> None:
    heard = Espeak().phonemes(Manner(hears="phonemes").spoken(written))

    assert heard.replace("ˈ", "").replace("ˌ", "") == said
