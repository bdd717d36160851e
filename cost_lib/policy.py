"""Read the policy file: the one place that finds, reads, checks and merges it, for the analyzer and the run time alike."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cost_lib import policy_merge as merging
from cost_lib.errors import PolicyError
from cost_lib.globs import absolute
from cost_lib.policy_model import (
    BUILTIN_TAGS,
    Explained,
    Feature,
    Owner,
    Place,
    PolicyException,
    PolicyHost,
    PriceOverride,
    Settings,
    TagSchema,
    Total,
    Wrapper,
    Written,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from cost_lib.globs import GlobSet
    from cost_lib.policy_document import Document
    from cost_lib.policy_merge import Merged
    from cost_lib.toml_lines import Key

__all__ = [
    "BUILTIN_TAGS",
    "Explained",
    "Feature",
    "Owner",
    "Place",
    "Policy",
    "PolicyError",
    "PolicyException",
    "PolicyHost",
    "PriceOverride",
    "Settings",
    "TagSchema",
    "Total",
    "Wrapper",
    "Written",
    "find",
    "load",
    "loads",
]

VARIABLE: Final = "COSTMARK_POLICY"
OWN: Final = "costmark.toml"
PYPROJECT: Final = "pyproject.toml"
LONGEST: Final = 4_000_000  # bytes of a policy: far more than people write
MOST_FILES: Final = 32  # in a chain of ``extend``; links on disk can make it endless without ever repeating a name


class Policy:
    """A policy in force; never changed once read."""

    def __init__(self, merged: Merged | None = None) -> None:
        merged = merged or merging.Merged()
        self._merged: Final = merged
        self._layers: Final = merged.layers
        self._by_path: Final[dict[str, Settings]] = {}
        self._by_layers: Final[dict[tuple[bool, ...], tuple[Settings, GlobSet | None]]] = {}
        self.path: Final[Path | None] = merged.files[0] if merged.files else None
        self.files: Final[tuple[Path, ...]] = merged.files
        self.digest: Final[str] = merged.digest
        self.root: Final[Path] = merged.root
        self.settings: Final[Settings] = self._combine(tuple(layer.globs is None for layer in merged.layers))[0]
        self.catalog: Final[str] = next((layer.entries["catalog"].value for layer in merged.layers[::-1] if "catalog" in layer.entries), "")

    # What follows is built when it is asked for: a warm run over clean files needs little of it.

    @cached_property
    def tags(self) -> Mapping[str, TagSchema]:
        """Return every tag there is, the event's own included."""
        return merging.build_tags(self._merged)

    @cached_property
    def features(self) -> Mapping[str, Feature]:
        """Return the registry of features."""
        return merging.build_features(self._merged)

    @cached_property
    def total(self) -> Total | None:
        """Return the budget of everything together; None where there is none."""
        return merging.build_total(self._merged)

    @cached_property
    def owners(self) -> Mapping[str, Owner]:
        """Return the owners of features."""
        return merging.build_owners(self._merged)

    @cached_property
    def hosts(self) -> Mapping[str, PolicyHost]:
        """Return the gateways that speak for a provider."""
        return merging.build_hosts(self._merged)

    @cached_property
    def prices(self) -> Mapping[str, PriceOverride]:
        """Return the house prices, by ``provider/model``."""
        return merging.build_prices(self._merged)

    @cached_property
    def wrappers(self) -> tuple[Wrapper, ...]:
        """Return the house wrappers."""
        return merging.build_wrappers(self._merged)

    @cached_property
    def exceptions(self) -> tuple[PolicyException, ...]:
        """Return the exceptions, expired ones included."""
        return merging.build_exceptions(self._merged)

    @cached_property
    def lines(self) -> Mapping[Key, Place]:
        """Return where each key, table and array item stands, by its path: ``("features", "faq_check", "owner")``."""
        return merging.build_lines(self._merged)

    @property
    def has_registry(self) -> bool:
        """Say whether features are registered at all."""
        return bool(self.features)

    def for_path(self, path: str) -> Settings:
        """Return what holds for a path relative to the root, with forward slashes."""
        found = self._by_path.get(path)
        if found is None:
            found = self._by_path[path] = self._settings(path)
        return found

    def _settings(self, path: str) -> Settings:
        settings, allowed = self._combine(tuple(layer.globs is None or layer.globs.matches(path) for layer in self._layers))
        return settings._replace(allow_raw=True) if allowed is not None and allowed.matches(path) else settings

    def _combine(self, applies: tuple[bool, ...]) -> tuple[Settings, GlobSet | None]:
        found = self._by_layers.get(applies)
        if found is None:
            settings, allowed = Settings(exclude=self._merged.exclude.patterns), None
            for layer in (layer for layer, does in zip(self._layers, applies, strict=True) if does):
                settings = merging.apply(settings, layer)
                allowed = allowed if layer.allow_raw is None else layer.allow_raw
            found = self._by_layers[applies] = settings, allowed
        return found

    def allows_raw(self, path: str) -> bool:
        """Say whether a raw client may be used at a path."""
        return self.for_path(path).allow_raw

    def enables(self, code: str) -> bool:
        """Say whether a rule is turned on by name, for the whole project or for some path of it."""
        return any(code in layer.entries["enable"].value for layer in self._layers if "enable" in layer.entries)

    def excludes(self, path: str) -> bool:
        """Say whether a file, or a folder with all that is below it, is not to be looked at."""
        return self._merged.exclude.matches(path)

    def demanded(self, path: str) -> tuple[str, ...]:
        """Return the tags that a call at a path has to prove: required ones that neither policy nor request brings."""
        required = self.for_path(path).required_tags
        return tuple(name for name in required if not (self.tags[name].ambient or self.tags[name].is_given))

    def place(self, key: str, path: str | None = None) -> Place | None:
        """Return where a setting comes from, for a path or for the whole project; None for a default."""
        for layer in self._layers[::-1]:
            if key in layer.entries and (layer.globs is None or (path is not None and layer.globs.matches(path))):
                return layer.entries[key].spot.place
        return None

    def explain(self, path: str = "") -> list[Explained]:
        """Return every value in force for a path, and where it comes from."""
        from cost_lib.policy_export import explain  # only `costmark config` needs it

        return explain(self._merged, self.for_path(path), lambda key: self.place(key, path))

    def written(self) -> Mapping[tuple[str, str], Written]:
        """Return what the files say, by table and key, for every path there is."""
        from cost_lib.policy_export import written  # only `costmark diff` needs it

        return written(self._merged)

    def export(self) -> str:
        """Return the policy for production as the text of a costmark.toml: merged, without what only the linter reads."""
        from cost_lib.policy_export import export

        return export(self._merged)


def find(start: Path, *, env: Mapping[str, str]) -> Path | None:
    """Return the policy file for a file or folder: the one that COSTMARK_POLICY names, else the nearest upwards."""
    named = env.get(VARIABLE)
    if named:
        path = Path(absolute(Path(named)))
        if not _is_file(path):
            raise PolicyError(_shown(path), 0, f"there is no such file, but {VARIABLE} names it")
        return path
    folder = Path(absolute(start))
    for candidate in (folder, *folder.parents):
        found = _find_in(candidate)
        if found:
            return found
    return None


def _find_in(folder: Path) -> Path | None:
    own, project = folder / OWN, folder / PYPROJECT
    has_own, has_table = _is_file(own), _is_file(project) and _has_table(project)
    if has_own and has_table:
        from cost_lib.policy_document import find_table_line

        line = find_table_line(_read_first(project), _shown(project))
        raise PolicyError(_shown(project), line, f"[tool.costmark] stands here and {OWN} beside it; keep one of the two")
    return own if has_own else project if has_table else None


def _has_table(path: Path) -> bool:
    data = _read_first(path)
    if b"costmark" not in data:
        return False
    from cost_lib.policy_document import has_own_table  # reads TOML, which most folders on the way up do not need

    return has_own_table(data, _shown(path))


def load(path: Path | None, *, known_codes: Collection[str] | None = None, root: Path | None = None) -> Policy:
    """Read a policy file and those it extends; without a file, return the defaults."""
    if path is None:
        return Policy()
    return loads(_read_first(path), path, known_codes=known_codes, root=root)


def loads(
    text: str | bytes,
    path: Path,
    *,
    read: Callable[[Path], bytes] | None = None,
    known_codes: Collection[str] | None = None,
    root: Path | None = None,
) -> Policy:
    """Read a policy from its text; the files that it extends come through ``read``, which raises OSError for what is not there.

    ``root`` is the folder that the paths it is asked about are relative to, where that is not the folder of the file.
    """
    texts = [text]
    documents = [_read_document(text, path, known_codes)]
    while "extend" in documents[-1].settings:
        text, path = _read_extended(documents, read or _content)
        texts.append(text)
        documents.append(_read_document(text, path, known_codes))
    return Policy(merging.merge(tuple(documents), _digest(texts, documents), root))


def _read_document(text: str | bytes, path: Path, known_codes: Collection[str] | None) -> Document:
    from cost_lib.policy_document import read_document  # TOML, dates and decimals are paid for by programs that have a policy

    return read_document(text, path, shown=_shown(path), known_codes=known_codes)


def _read_extended(documents: list[Document], read: Callable[[Path], bytes]) -> tuple[bytes, Path]:
    entry = documents[-1].settings["extend"]
    path = Path(os.path.normpath(documents[-1].file.parent / entry.value))
    if absolute(path) in {absolute(document.file) for document in documents}:
        raise entry.spot.error(f'"extend" = "{entry.value}" leads back to a file that is being read')
    if len(documents) == MOST_FILES:
        raise entry.spot.error(f'"extend" leads through more than {MOST_FILES} files')
    try:
        return read(path), path
    except (OSError, ValueError) as problem:
        raise entry.spot.error(f'"extend" = "{entry.value}" cannot be read: {_why(problem)}') from None


def _read_first(path: Path) -> bytes:
    try:
        return _content(path)
    except (OSError, ValueError) as problem:
        raise PolicyError(_shown(path), 0, f"cannot be read: {_why(problem)}") from None


def _content(path: Path) -> bytes:
    """Read a file, but not a pipe that nobody writes to, nor a device without an end."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise ValueError("it is no file")
    with path.open("rb") as stream:
        data = stream.read(LONGEST + 1)
    if len(data) > LONGEST:
        raise ValueError(f"it is longer than {LONGEST:,} bytes")
    return data


def _why(problem: OSError | ValueError) -> str:
    if isinstance(problem, FileNotFoundError):
        return "there is no such file"
    words = (problem.strerror if isinstance(problem, OSError) else None) or str(problem)
    return f"{words[:1].lower()}{words[1:]}"


def _digest(texts: list[str | bytes], documents: list[Document]) -> str:
    try:
        from _blake2 import blake2b  # hashlib loads OpenSSL too, a fifth of what a policy costs
    except ImportError:
        from hashlib import blake2b
    digest = blake2b(digest_size=16)
    root = absolute(documents[0].file.parent)
    for text, document in zip(texts, documents, strict=True):
        data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
        # the globs of a file mean other paths when the file moves
        name = os.path.relpath(absolute(document.file), root)
        digest.update(f"{name}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
        digest.update(data)
    return digest.hexdigest()


def _shown(path: Path) -> str:
    """Spell a path for people: relative to the working directory where it is below it."""
    try:
        return str(Path(absolute(path)).relative_to(Path.cwd()))
    except (ValueError, OSError):  # elsewhere, or the working directory is gone
        return str(path)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a folder on the way up that may not be looked into
        return False
