"""The rules of the module tree that no linter checks."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("ingest", "index", "answer", "eval", "ui", "train")
HOMES = {  # outside library: the only places that may import it
    "pypdf": ["ingest/readers/pdf.py"],
    "pypdfium2": ["ingest/readers/pdf.py"],
    "sentence_transformers": ["index/encoder.py", "index/export.py", "index/reranker.py", "train/"],
    "transformers": ["index/encoder.py", "index/export.py", "index/reranker.py", "train/"],
    "torch": ["index/encoder.py", "index/export.py", "index/reranker.py", "train/"],
    "openvino": ["index/graphs.py"],
    "tokenizers": ["index/graphs.py"],
    "faiss": ["index/dense.py"],
    "tiktoken": ["answer/budget.py"],
    "openai": ["answer/generate.py"],
    "streamlit": ["ui/", "app.py"],
    "sqlite3": ["index/", "answer/briefings.py"],
}
POSIX_ONLY_MODULES = {"fcntl", "grp", "pty", "pwd", "resource", "termios"}
POSIX_ONLY_NAMES = {
    "os": {
        "fork",
        "getuid",
        "geteuid",
        "getpgid",
        "killpg",
        "mkfifo",
        "setsid",
        "sched_getaffinity",
    },
    "signal": {"SIGKILL", "SIGALRM", "SIGHUP", "alarm", "setitimer"},
}


def sources() -> list[Path]:
    files = [path for name in PACKAGES for path in (ROOT / name).rglob("*.py")]
    return sorted([*files, ROOT / "app.py", ROOT / "start.py"])


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def guarded_lines(tree: ast.AST) -> set[int]:
    """Lines inside a `try` or an `if`: there an alternative is at hand."""
    blocks = [node for node in ast.walk(tree) if isinstance(node, ast.Try | ast.If)]
    return {line for node in blocks for line in range(node.lineno, (node.end_lineno or 0) + 1)}


def posix_names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        return [name for name in imports(node) if name.split(".")[0] in POSIX_ONLY_MODULES]
    match node:
        case ast.Attribute(value=ast.Name(id=module), attr=name):
            return [f"{module}.{name}"] if name in POSIX_ONLY_NAMES.get(module, ()) else []
    return []


def posix_only(source: str) -> list[str]:
    tree = ast.parse(source)
    guarded = guarded_lines(tree)
    nodes = [node for node in ast.walk(tree) if getattr(node, "lineno", None) not in guarded]
    return [name for node in nodes for name in posix_names(node)]


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_each_outside_library_has_one_home(path):
    place = path.relative_to(ROOT).as_posix()
    for module in imports(ast.parse(path.read_text(encoding="utf-8"))):
        homes = HOMES.get(module.split(".")[0])
        assert homes is None or place.startswith(tuple(homes)), f"{place} imports {module}"


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_posix_only_call_without_an_alternative(path):
    assert posix_only(path.read_text(encoding="utf-8")) == []


def test_the_search_for_posix_only_calls_finds_them():
    assert posix_only("import fcntl\nimport os\nos.fork()\n") == ["fcntl", "os.fork"]
    assert posix_only("try:\n    import resource\nexcept ImportError:\n    pass\n") == []


def test_the_start_page_uses_the_pages_and_nothing_deeper():
    modules = {name.split(".")[0] for name in imports(ast.parse((ROOT / "app.py").read_text()))}
    assert modules <= {"__future__", "streamlit", "ui"}


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_files_stay_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
