"""Packed files: read as what is in them, damaged ones as far as they are whole, bombs not at all."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import zipfile

import pandas as pd
import pytest
import zstandard

import threads
from threads.errors import InputError
from threads.files import archives, decode
from threads.files.archives import loss, plain, within
from threads.inputs import files

ROWS = [{"id": n, "parent_id": n - 1 or None, "author": f"Ann {n % 9}", "text": f"words {n * 7919}"} for n in range(1, 1200)]  # fmt: skip  # noqa: E501
LINES = "".join(json.dumps(row) + "\n" for row in ROWS).encode()
CSV = pd.DataFrame(ROWS).to_csv(index=False).encode()


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def streamed(files: dict[str, bytes]) -> bytes:
    """As programs write a zip archive into a pipe: sizes stand behind each file."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    stream = Pipe()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def zst(content: bytes) -> bytes:
    """As dumps are packed, with a checksum, in small blocks."""
    stream = zstandard.ZstdCompressor(write_checksum=True).compressobj()
    blocks = [content[at : at + 8000] for at in range(0, len(content), 8000)]
    data = [stream.compress(block) + stream.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK) for block in blocks]
    return b"".join(data) + stream.flush()


def packed(content: bytes, name: str) -> dict[str, bytes]:
    return {
        f"{name}.gz": gzip.compress(content),
        f"{name}.zst": zst(content),
        "export.zip": zipped({name: content}),
        f"{name}.zip": zipped({"__MACOSX/._x": b"x", "a/.b": b"x", f"a/{name}": content}, zipfile.ZIP_STORED),
    }  # fmt: skip


@pytest.fixture
def write(tmp_path):
    def write(content, name):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize(("content", "name"), [(LINES, "page.jsonl"), (CSV, "page.csv"), (json.dumps(ROWS).encode(), "page.json")])  # fmt: skip  # noqa: E501
def test_every_packing_gives_what_the_plain_file_gives(write, content, name):
    expected = threads.read(write(content, name))
    for packing, data in packed(content, name).items():
        found = threads.read(write(data, packing))
        pd.testing.assert_frame_equal(
            found.drop(columns="source"), expected.drop(columns="source"), obj=packing
        )


def test_parquet_is_read_packed_too(write, tmp_path):
    pd.DataFrame(ROWS).to_parquet(tmp_path / "page.parquet")
    content = (tmp_path / "page.parquet").read_bytes()
    for packing, data in packed(content, "page.parquet").items():
        assert len(threads.read(write(data, packing))) == len(ROWS)


def test_several_streams_in_one_file_and_zeros_at_its_end(write):
    half = LINES.index(b"\n", len(LINES) // 2) + 1
    parts = LINES[:half], LINES[half:]
    skipped = b"\x50\x2a\x4d\x18\x04\0\0\0more"
    for name, data in {
        "page.jsonl.gz": b"".join(map(gzip.compress, parts)) + bytes(600),
        "page.jsonl.zst": skipped + b"".join(map(zstandard.compress, parts)),
    }.items():
        path = write(data, name)
        assert decode.read_bytes(path) == LINES
        assert loss(path) is None


def test_a_window_as_wide_as_that_of_the_dumps_of_reddit(write):
    settings = zstandard.ZstdCompressionParameters(window_log=31, hash_log=8, chain_log=8)
    stream = zstandard.ZstdCompressor(compression_params=settings).compressobj()
    path = write(stream.compress(LINES) + stream.flush(), "RC_2015-01.zst")
    with pytest.raises(zstandard.ZstdError):
        zstandard.ZstdDecompressor().decompressobj().decompress(path.read_bytes())
    assert decode.read_bytes(path) == LINES


@pytest.mark.parametrize("name", ["page.jsonl", "page.jsonl.gz"])
def test_what_a_file_is_tells_its_beginning_and_not_its_name(write, name):
    assert decode.read_bytes(write(gzip.compress(LINES), name)) == LINES
    assert decode.read_bytes(write(LINES, name)) == LINES


def test_the_path_of_what_is_in_a_file(write, tmp_path):
    assert plain(tmp_path / "RC_2020-01.zst").name == "RC_2020-01"
    assert plain(tmp_path / "page.CSV.GZ").name == "page.CSV"
    assert plain(write(zipped({"a/page.json": b"[]"}), "x.zip")) == tmp_path / "x.zip" / "a" / "page.json"
    assert plain(write(zipped({"a": b"", "b": b""}), "page.zip")).name == "page"


def test_each_file_of_an_archive_is_a_source_of_its_own(write, tmp_path):
    inside = {"a/one.jsonl": LINES, "two.csv": CSV, "broken.json": b"[{", "__MACOSX/two.csv": b"x"}
    write(zipped(inside), "export.zip")
    assert [name for _, name in files(tmp_path)] == [
        "export.zip/a/one.jsonl",
        "export.zip/two.csv",
        "export.zip/broken.json",
    ]
    parsed = threads.parse(tmp_path)
    assert parsed.comments.groupby("source").size().tolist() == [len(ROWS), len(ROWS)]
    assert parsed.rejects.source.tolist() == ["export.zip/broken.json"]
    assert [record["platform"] for record in parsed.inputs] == ["jsonl", "csv", "json"]
    assert [record["bytes"] for record in parsed.inputs] == [len(LINES), len(CSV), 2]
    assert all(record["sha256"] for record in parsed.inputs)


@pytest.mark.parametrize("keep", [0.3, 0.9])
@pytest.mark.parametrize("name", ["page.jsonl.gz", "page.jsonl.zst", "export.zip", "page.csv.gz"])
def test_of_a_truncated_archive_the_whole_rows_are_read(write, name, keep):
    data = packed(CSV if "csv" in name else LINES, name.removesuffix(".gz").removesuffix(".zst"))
    data = zipped({"page.jsonl": LINES}) if name == "export.zip" else data[name]
    parsed = threads.parse(write(data[: int(len(data) * keep)], name))
    count = len(parsed.comments)
    assert 0.1 * keep < count / len(ROWS) < 1
    assert parsed.comments.sort_values("position").text.tolist() == [row["text"] for row in ROWS[:count]]
    (reason,) = parsed.rejects.reason
    assert "breaks off behind" in reason


def test_a_zip_archive_without_its_list_is_read_from_the_front(write):
    inside = {"one.jsonl": LINES, "two.csv": CSV, "three.csv": CSV}
    for data in (zipped(inside), zipped(inside, zipfile.ZIP_STORED), streamed(inside)):
        cut = data.rindex(b"three.csv", 0, data.index(b"PK\x01\x02")) + 2000
        parsed = threads.parse(write(data[:cut], "export.zip"))
        counts = parsed.comments.groupby("source").size()
        assert counts["export.zip/one.jsonl"] == counts["export.zip/two.csv"] == len(ROWS)
        assert 0 < counts["export.zip/three.csv"] < len(ROWS)
        assert "three.csv breaks off behind" in " ".join(parsed.rejects.reason)


@pytest.mark.parametrize("name", ["page.jsonl.gz", "page.jsonl.zst", "export.zip"])
def test_a_byte_that_is_wrong_ends_an_archive_there(write, name):
    data = bytearray(packed(LINES, "page.jsonl")[name])
    data[len(data) // 2] ^= 0x55
    parsed = threads.parse(write(bytes(data), name))
    assert any("is damaged" in reason or "breaks off" in reason for reason in parsed.rejects.reason)


def test_nothing_is_left_of_an_archive_that_breaks_off_at_once(write):
    for name, data in packed(LINES, "page.jsonl").items():
        with pytest.raises(InputError):
            threads.read(write(data[:12], name))


@pytest.mark.parametrize("suffix", [".gz", ".zst", ".zip"])
def test_a_bomb_is_refused(write, suffix, monkeypatch):
    monkeypatch.setattr(archives, "ALWAYS", 2**20)
    name = f"page.txt{suffix}"
    path = write(packed(b" " * 2**23, "page.txt")[name if suffix != ".zip" else "export.zip"], name)
    with pytest.raises(InputError, match="unpacks to more than 200 times its size"):
        decode.read_text(path)


def test_a_zip_archive_that_claims_too_much_is_not_opened(write):
    path = write(zipped({str(n): b"\0" * 2**20 for n in range(80)}), "bomb.zip")
    with pytest.raises(InputError, match="claims to hold more than 200 times its size"):
        threads.read(path)


def test_an_archive_in_an_archive_is_not_opened(write):
    tar = bytes(257) + b"ustar" + bytes(250)
    for inner in (
        gzip.compress(LINES),
        zstandard.compress(LINES),
        zipped({"a": LINES}),
        bz2.compress(LINES),
        tar,
    ):
        for data, name in ((gzip.compress(inner), "x.gz"), (zipped({"inner": inner}), "x.zip")):
            with pytest.raises(InputError, match="holds another archive, which is not opened"):
                threads.read(write(data, name))


def test_names_that_lead_out_of_an_archive_and_encrypted_files_are_refused_and_the_rest_is_read(write):
    data = bytearray(zipped({"../../up.jsonl": LINES, "/root.jsonl": LINES, "a\\..\\b.jsonl": LINES, "good.jsonl": LINES, "locked.jsonl": LINES}))  # fmt: skip  # noqa: E501
    listed = data.rindex(b"locked.jsonl") - 46
    data[listed + 8] |= 1
    path = write(bytes(data), "export.zip")
    parsed = threads.parse(path)
    assert set(parsed.comments.source) == {"export.zip/good.jsonl"}
    reasons = sorted(parsed.rejects.reason)
    assert sum("leads out of the archive" in reason for reason in reasons) == 3
    assert sum("is encrypted" in reason for reason in reasons) == 1
    assert all(path in found.parents for found in within(path))


def test_a_file_that_is_called_an_archive_and_is_none(write):
    with pytest.raises(InputError):
        threads.read(write(b"PK\x05\x06" + bytes(18), "empty.zip"))
    assert len(threads.read(write(LINES, "page.zip"))) == len(ROWS)
