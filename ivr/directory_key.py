"""A directory as the key of a cache: what is derived from one version is derived once."""

from dataclasses import dataclass

from directory.model import Directory


@dataclass(frozen=True, eq=False)
class DirectoryKey:
    """Equal for the same directory value; the version only makes it quick to hash."""

    directory: Directory

    def __hash__(self) -> int:
        return hash(self.directory.version)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DirectoryKey) and other.directory is self.directory
