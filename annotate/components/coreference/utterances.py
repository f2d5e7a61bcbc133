"""Who speaks where: quotes with their speakers, for ik and we inside them."""

import bisect
import re
from collections.abc import Sequence
from typing import NamedTuple

from annotate.components.attributions import FoundAttribution
from annotate.components.coreference.mention import Mention
from annotate.components.coreference.words import View

SAME_WORDS = 4
"""Words at the beginning of a quote in a headline that must stand in the text again."""


class Utterance(NamedTuple):
    """A stretch of text that somebody says, and the mention of who says it."""

    start: int
    end: int
    speaker: Mention
    quoted: bool


class Speech:
    """All utterances of a text.

    Args:
        attributions: what the finder of attributions says; where it says nothing about a quote, the mention
            beside the verb or colon next to the quote counts.

    Attributes:
        sources: the mentions that are sources of attributions, in text order.
    """

    def __init__(
        self, view: View, mentions: Sequence[Mention], attributions: Sequence[FoundAttribution]
    ) -> None:
        self.view = view
        self.mentions = mentions
        self.utterances: list[Utterance] = []
        self.sources: list[Mention] = []
        self._by_quote: dict[int, Mention] = {}
        for attribution in attributions:
            speaker = head_mention(mentions, attribution.source)
            if speaker is None:
                continue
            for start, end in attribution.content:
                quoted = view.quote_at(start) >= 0 or view.quote_at(max(start, end - 1)) >= 0
                self.utterances.append(Utterance(start, end, speaker, quoted))
        found = {u.speaker.index: u.speaker for u in self.utterances}
        self.sources = [found[index] for index in sorted(found)]
        self._starts = [m.index for m in self.sources]
        self._fill()

    def is_source(self, mention: Mention) -> bool:
        """Whether a mention is the source of an attribution."""
        at = bisect.bisect_left(self._starts, mention.index)
        return at < len(self._starts) and self._starts[at] == mention.index

    def source_before(self, mention: Mention) -> Mention | None:
        """Return the last source before a mention."""
        at = bisect.bisect_left(self._starts, mention.index)
        return self.sources[at - 1] if at else None

    def speaker_at(self, mention: Mention) -> Mention | None:
        """Return who says the words around a mention; None outside speech, or where nobody is named.

        In a quote it is who says the whole quote, not the source of a report inside it: "Mijn oma vroeg of
        ik kwam", zei Mariam.
        """
        inside = [
            u
            for u in self.utterances
            if u.start <= mention.start and mention.end <= u.end and u.speaker is not mention
        ]
        if mention.quote >= 0:
            start, end = self.view.quotes[mention.quote]
            inside = [u for u in inside if u.speaker.quote != mention.quote]
            quoted = [u for u in inside if u.quoted or (u.start >= start - 2 and u.end <= end + 2)]
            if quoted:
                return min(quoted, key=lambda u: u.end - u.start).speaker
            return self._by_quote.get(mention.quote)
        return self.reporter_at(mention)

    def reporter_at(self, mention: Mention) -> Mention | None:
        """Return the source of the report that a mention stands in, outside quotes."""
        if mention.quote >= 0:
            return None
        inside = [u for u in self.utterances if u.start <= mention.start and mention.end <= u.end]
        return min(inside, key=lambda u: u.end - u.start).speaker if inside else None

    def _fill(self) -> None:
        """Give each quote a speaker: of its attribution, of the words beside it, or of the quote before."""
        previous: tuple[int, Mention] | None = None
        for number, (start, end) in enumerate(self.view.quotes):
            overlapping = [u for u in self.utterances if u.start < end and u.end > start]
            best = max(
                overlapping, key=lambda u: min(u.end, end) - max(u.start, start), default=None
            )
            at = self.view.word_at(start)
            para = self.view.words[at].para if self.view.words else 0
            if best is not None:
                speaker: Mention | None = best.speaker
            else:
                speaker = self._beside(start, end)
            if speaker is None and previous is not None and para - previous[0] <= 1:
                speaker = previous[1]
            if speaker is not None:
                self._by_quote[number] = speaker
                previous = (para, speaker)
        self._repeat()

    def _repeat(self) -> None:
        """Give a quote of the headline the speaker of the quote in the text that has the same words."""
        told = [_plain(self.view.text[start:end]) for start, end in self.view.quotes]
        for number, words in enumerate(told):
            if number in self._by_quote or not words:
                continue
            sought = " ".join(words[:SAME_WORDS])
            for later in range(number + 1, len(told)):
                if later in self._by_quote and sought in " ".join(told[later]):
                    self._by_quote[number] = self._by_quote[later]
                    break

    def _beside(self, start: int, end: int) -> Mention | None:
        """Return the mention behind a verb that follows a quote, or before a colon that opens it."""
        words = self.view.words
        at = self.view.word_at(end - 1) + 1
        while at < len(words) and words[at].pos == "PUNCT" and words[at].text in ",.":
            at += 1
        if at < len(words) and words[at].pos in {"VERB", "AUX"}:
            for mention in self.mentions:
                if mention.phrase[0] > at + 4:
                    break
                if mention.phrase[0] > at and _speaks(mention):
                    return mention
        at = self.view.word_at(start) - 1
        if at >= 0 and words[at].text == ":":
            near = [
                m
                for m in self.mentions
                if m.sent == words[at].sent and m.end <= words[at].start and _speaks(m)
            ]
            outer = [m for m in near if m.role == "subject"] or near
            return outer[0] if outer else None
        return None


def _speaks(mention: Mention) -> bool:
    if mention.kind == "pronoun":
        return mention.pronoun is not None and mention.pronoun.use == "subject"
    return bool(mention.sorts & {"person", "org", "group"})


def head_mention(mentions: Sequence[Mention], spans: Sequence[tuple[int, int]]) -> Mention | None:
    """Return the mention that a source is or has as its head: never a possessor inside it.

    The phrase that begins first and reaches farthest is the head's: in "De zus van Kim" that of zus, in
    "premier Rutte van Nederland" that of Rutte.
    """
    for start, end in spans:
        inside = [m for m in mentions if m.start < end and m.end > start]
        if not inside:
            continue
        return min(inside, key=lambda m: (m.lead, -m.end, m.kind != "name"))
    return None


def _plain(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
