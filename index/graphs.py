"""Models as graphs that run without PyTorch, kept on this computer (the only openvino)."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from index.errors import ModelError
from index.sentences import Span

if TYPE_CHECKING:
    from openvino import Core

Rows = npt.NDArray[np.float32]

CACHE_VARIABLE = "PILCROW_CACHE"
BATCH = 32  # texts that go through a graph at once
STEP = 8  # lengths are padded to multiples of it
_FORMAT = 2  # 2: checked by what is found first too
_GRAPH, _WEIGHTS, _TOKENIZER, _TRAITS = "graph.xml", "graph.bin", "tokenizer.json", "traits.json"
_MADE_WITH = ("openvino", "sentence-transformers", "tokenizers")


class DamagedGraphError(ModelError):
    """Files of a graph are not those that were written."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What a graph does not say of its model."""

    limit: int  # tokens of one input, special ones counted
    document_prompt: str = ""
    query_prompt: str = ""


def available() -> bool:
    """Whether graphs can be made and run here."""
    return find_spec("openvino") is not None


def graph_key(*parts: str) -> str:
    """The name under which a graph is kept: of the model's parts and of what made it."""
    made_with = [f"{name} {_version(name)}" for name in _MADE_WITH]
    text = "\n".join([f"format {_FORMAT}", *made_with, precision(), *parts])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def cache_folder() -> Path:
    """Where graphs are kept: PILCROW_CACHE, else the user's folder for such things."""
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "pilcrow"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "pilcrow"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pilcrow"


@lru_cache(maxsize=1)
def _openvino() -> ModuleType:
    """The module. Its companion that reports its use over the network is kept from loading."""
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # = not there
    return import_module("openvino")  # a fifth of a second, on demand


@lru_cache(maxsize=1)
def _core() -> Core:
    core = _openvino().Core()
    core.set_property({"ENABLE_MMAP": False})  # Windows moves no file that is mapped
    return core


@lru_cache(maxsize=1)
def precision() -> str:
    """What graphs compute in: bf16 where the processor has it, else f32."""
    able = _core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    return "bf16" if "BF16" in able else "f32"


class Graph:
    """A model that runs: texts -> tokens -> rows of numbers. Safe for several threads."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer  # noqa: PLC0415 - with the graph, on demand

        self.traits = Traits(**_read_record(folder)["traits"])
        tokenizer = (folder / _TOKENIZER).read_text(encoding="utf-8")
        self._whole, self._cut = Tokenizer.from_str(tokenizer), Tokenizer.from_str(tokenizer)
        for one in (self._whole, self._cut):
            one.no_padding()
            one.no_truncation()
        self._cut.enable_truncation(self.traits.limit)
        compiled = _core().compile_model(_core().read_model(folder / _GRAPH), "CPU", _settings())
        self._inputs = [port.get_any_name() for port in compiled.inputs]
        self._request = compiled.create_infer_request()
        self._lock = threading.Lock()  # of the request; between batches others get their turn
        self.dim = int(compiled.outputs[0].partial_shape[-1].get_length())

    @property
    def room(self) -> int:
        """Tokens of text that one input takes beside the special ones."""
        return self.traits.limit - int(self._whole.num_special_tokens_to_add(is_pair=False))

    def spans(self, text: str) -> list[Span]:
        """The characters of each token, special ones left out."""
        encoding = self._whole.encode(text, add_special_tokens=False)
        return [(start, stop) for start, stop in encoding.offsets]

    def run(self, texts: Sequence[str]) -> Rows:
        """What a model that gives one row a text gives: float32 (n, dim)."""
        output = np.zeros((len(texts), self.dim), np.float32)
        for place, _, row in self._outputs(texts):
            output[place] = row
        return output

    def token_rows(self, texts: Sequence[str]) -> list[Rows]:
        """What a model that gives one row a token gives: float32 (tokens, dim) for each text."""
        found = {place: rows[:length] for place, length, rows in self._outputs(texts)}
        return [found[place] for place in range(len(texts))]

    def _outputs(self, texts: Sequence[str]) -> Iterator[tuple[int, int, Rows]]:
        """Each text's place, its tokens and its output.

        Only texts padded to the same length go through at once: padding changes the last digits
        of a text's numbers, and they are not to depend on the company it came in.
        """
        encodings = self._cut.encode_batch(list(texts))
        by_length: defaultdict[int, list[int]] = defaultdict(list)
        for place, encoding in enumerate(encodings):
            by_length[-(-len(encoding.ids) // STEP) * STEP].append(place)
        for length, places in sorted(by_length.items()):
            for batch in _batches(places):
                outputs = self._infer([encodings[place] for place in batch], length)
                for place, output in zip(batch, outputs, strict=True):
                    yield place, len(encodings[place].ids), output

    def _infer(self, encodings: Sequence[Any], length: int) -> Rows:
        columns = {
            "input_ids": [encoding.ids for encoding in encodings],
            "attention_mask": [encoding.attention_mask for encoding in encodings],
            "token_type_ids": [encoding.type_ids for encoding in encodings],
        }
        with self._lock:
            self._request.infer({name: _padded(columns[name], length) for name in self._inputs})
            rows: Rows = np.array(self._request.get_output_tensor(0).data, np.float32)
        return rows


def _batches(places: Sequence[int]) -> Iterator[Sequence[int]]:
    """The places in portions of 32, 16, 8 and so on: every new shape costs a compilation."""
    at = 0
    while left := len(places) - at:
        size = min(BATCH, 1 << (left.bit_length() - 1))
        yield places[at : at + size]
        at += size


def _padded(rows: Sequence[Sequence[int]], length: int) -> npt.NDArray[np.int64]:
    table = np.zeros((len(rows), length), np.int64)
    for place, row in enumerate(rows):
        table[place, : len(row)] = row
    return table


def _settings() -> dict[str, Any]:
    threads = os.environ.get("OMP_NUM_THREADS", "")
    return {
        "PERFORMANCE_HINT": "LATENCY",
        "INFERENCE_PRECISION_HINT": precision(),
        **({"INFERENCE_NUM_THREADS": int(threads)} if threads.isdecimal() else {}),
    }


def load_graph(key: str) -> Graph | None:
    """The graph kept under a key; None where there is none.

    Raises DamagedGraphError where its files are not those that were written.
    """
    folder = cache_folder() / key
    if not (folder / _TRAITS).is_file():
        return None
    if _is_whole(folder):
        with suppress(OSError, ValueError, RuntimeError):
            return Graph(folder)
    raise DamagedGraphError(f"The prepared model in {folder} is damaged.")


def damaged_graphs() -> list[Path]:
    """The folders of graphs kept here whose files are not those that were written."""
    folders = [record.parent for record in sorted(cache_folder().glob(f"*/{_TRAITS}"))]
    return [folder for folder in folders if not _is_whole(folder)]


def _is_whole(folder: Path) -> bool:
    try:
        return bool(_read_record(folder)["files"] == _hashes(folder))
    except (OSError, ValueError, KeyError):
        return False


def forget_graph(key: str) -> None:
    """Remove what is kept under a key."""
    shutil.rmtree(cache_folder() / key, ignore_errors=True)


def make_graph(
    key: str,
    module: object,
    example: Mapping[str, object],
    *,
    tokenizer: str,
    traits: Traits,
    check: Callable[[Graph], None],
) -> Graph:
    """Turn a PyTorch module into a graph, check it and keep it.

    What is kept appears whole or not at all; a folder that cannot be written keeps nothing.

    Args:
        key: the graph's name.
        module: takes the tensors of `example`, by name, and returns one row a text.
        example: an input of two texts, so that neither number nor length is taken for fixed.
        tokenizer: the model's, as JSON.
        traits: what the graph does not say.
        check: raises ModelError where the graph that was written does not do as the model.
    """
    model = _openvino().convert_model(module, example_input=dict(example))
    for tensor, name in zip(model.inputs, example, strict=True):
        tensor.get_tensor().set_names({name})
    with _scratch() as folder:
        _openvino().save_model(model, folder / _GRAPH, compress_to_fp16=True)
        (folder / _TOKENIZER).write_text(tokenizer, encoding="utf-8")
        _write_record(folder, {"traits": asdict(traits), "files": _hashes(folder)})
        graph = Graph(folder)
        check(graph)
        _keep(folder, key)
    return graph


@contextmanager
def _scratch() -> Iterator[Path]:
    """A folder beside the graphs, else one that keeps nothing, gone afterwards."""
    try:
        cache_folder().mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix="making-", dir=cache_folder()))
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="pilcrow-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _keep(folder: Path, key: str) -> None:
    try:
        folder.rename(cache_folder() / key)
    except OSError:
        return  # another process was first, or nothing can be written there


def _hashes(folder: Path) -> dict[str, str]:
    return {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in (_GRAPH, _WEIGHTS, _TOKENIZER)
    }


def _write_record(folder: Path, record: Mapping[str, Any]) -> None:
    text = json.dumps(record)
    digest = hashlib.sha256(text.encode()).hexdigest()
    (folder / _TRAITS).write_text(f"{digest}\n{text}", encoding="utf-8", newline="\n")


def _read_record(folder: Path) -> dict[str, Any]:
    """What _write_record wrote. Raises ValueError where it is not that."""
    digest, _, text = (folder / _TRAITS).read_bytes().partition(b"\n")
    if hashlib.sha256(text).hexdigest().encode() != digest:
        raise ValueError(_TRAITS)
    record: dict[str, Any] = json.loads(text)
    return record
