"""Document -> passages with their vectors, none of which is computed twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

from index.encoder import Encoder, Vectors, find_model, load_encoder, mixed_models
from index.kept import KeptVectors
from index.passages import PassageConfig, passage_spans
from index.sentences import Span
from index.store import PassageRecord, Store, text_hash
from ingest.model import Paragraph


@dataclass(frozen=True, slots=True)
class SettledModel:
    """The model of a change: how to get it, and whether it is the library's own."""

    load: Callable[[], Encoder]
    same: bool


def settle_model(
    meta: Mapping[str, str], encoder: Encoder | None, name: str | None, *, exact: bool
) -> SettledModel:
    """The encoder given, else the model named, else the library's own, else the default.

    Raises ModelError where it is not the library's own and documents built with that would
    stay beside it (not `exact`).
    """
    if encoder is None:
        model = find_model(name, otherwise=meta.get("model"))
        if model.sha256 is None:  # a name from a hub tells its weights only when loaded
            encoder = load_encoder(model)
    if encoder is not None:
        given: Encoder = encoder
        label, sha256, load = given.name, given.sha256, lambda: given
    else:
        label, sha256, load = model.name, model.sha256 or "", lambda: load_encoder(model)
    same = meta.get("model_sha256") in (None, sha256)
    if not same and not exact:
        raise mixed_models(label, meta["model"])
    return SettledModel(load, same)


class Embedder:
    """Makes passages with one model; loads it only when there is something to cut.

    Vectors of texts that the library holds already are taken from there, unless they are of
    another model; and those that are `kept` of a build that did not come to its end.
    """

    def __init__(
        self,
        store: Store,
        load: Callable[[], Encoder],
        config: PassageConfig,
        *,
        reuse: bool,
        kept: KeptVectors | None = None,
    ) -> None:
        self._store = store
        self._load = load
        self._config = config
        self._reuse = reuse
        self._kept = kept
        self._encoder: Encoder | None = None
        self.encoded = 0  # passages that had to go through the model

    @property
    def encoder(self) -> Encoder:
        """The model, loaded."""
        if self._encoder is None:
            self._encoder = self._load()
        return self._encoder

    @property
    def config_text(self) -> str:
        """How it cuts, as the library records it."""
        return json.dumps(asdict(self._config), sort_keys=True)

    @property
    def loaded(self) -> bool:
        """Whether the model was needed."""
        return self._encoder is not None

    def passages(self, paragraphs: Sequence[Paragraph]) -> list[list[PassageRecord]]:
        """The passages of each paragraph."""
        spans = [self._spans(paragraph) for paragraph in paragraphs]
        texts = [
            [paragraph.text[start:stop] for start, stop in windows]
            for paragraph, windows in zip(paragraphs, spans, strict=True)
        ]
        vectors = self._vectors([text for windows in texts for text in windows])
        return [
            [
                PassageRecord(start, stop, text_hash(text), vectors[text_hash(text)])
                for (start, stop), text in zip(windows, window_texts, strict=True)
            ]
            for windows, window_texts in zip(spans, texts, strict=True)
        ]

    def _spans(self, paragraph: Paragraph) -> list[Span]:
        return passage_spans(paragraph.text, self.encoder, self._config)

    def _vectors(self, texts: Sequence[str]) -> dict[bytes, Vectors]:
        by_hash = {text_hash(text): text for text in texts}
        known = self._store.vectors_by_hash(by_hash) if self._reuse else {}
        if self._kept is not None:
            known |= self._kept.of(self.encoder.sha256, by_hash.keys() - known.keys())
        new = {key: text for key, text in by_hash.items() if key not in known}
        return known | self._encoded(new)

    def _encoded(self, texts: Mapping[bytes, str]) -> dict[bytes, Vectors]:
        if not texts:
            return {}
        vectors = dict(zip(texts, self.encoder.encode(list(texts.values())), strict=True))
        self.encoded += len(texts)
        if self._kept is not None:
            self._kept.keep(self.encoder.sha256, vectors)
        return vectors
