"""An independent reader and writer of Parquet: `make FOLDER` writes samples, `compare A B… --` holds files against A.

`checksum FILE` wrote test/corpus/data/checksum.parquet.
"""

import datetime
import decimal
import os
import sys

import pyarrow as pa
import pyarrow.parquet as pq

D = decimal.Decimal


def table():
    message = pa.struct([("role", pa.string()), ("content", pa.string())])
    said = {"role": "user", "content": "Is the ferry late?"}
    inner = pa.struct([("b", pa.int32()), ("c", pa.list_(pa.float32()))])
    day = datetime.date
    columns = {
        "id": pa.array([2**53 + 1, -5, None, 4, 2**63 - 1], pa.int64()),
        "u64": pa.array([2**64 - 1, 0, None, 7, 1], pa.uint64()),
        "i8": pa.array([-128, 127, None, 0, 1], pa.int8()),
        "u32": pa.array([2**32 - 1, 0, None, 1, 2], pa.uint32()),
        "text": ["The ferry leaves at nine.", "A bell rings in fog.", "Grüße vom Hafen 🚢", 'a\n"q"', None],
        "large": pa.array(["a", "b", None, "", "d"], pa.large_string()),
        "messages": pa.array([[said, {"role": "assistant", "content": None}], [], None, [None], [said]], pa.list_(message)),
        "lists": pa.array([[[1, 2], []], [], None, [None, [3, None]], [[9]]], pa.list_(pa.list_(pa.int64()))),
        "deep": pa.array(
            [{"a": {"b": 1, "c": [1.5]}}, {"a": None}, None, {"a": {"b": None, "c": None}}, {"a": {"b": 2, "c": []}}],
            pa.struct([("a", inner)]),
        ),
        "f64": pa.array([1.5, float("inf"), None, -0.0, 0.0]),
        "f32": pa.array([0.1, 2, None, -0.0, 3], pa.float32()),
        "f16": pa.array([1.5, 2, None, 0, 3], pa.float16()),
        "bool": [True, False, None, True, False],
        "wide": pa.array([D("123456789012345678901.23"), D("-0.01"), None, D("0.00"), D("1.00")], pa.decimal128(30, 2)),
        "money": pa.array([D("1.23"), D("-0.01"), None, D("0.00"), D("1.00")], pa.decimal128(9, 2)),
        "date": [day(2024, 2, 29), day(1960, 1, 1), None, day(1970, 1, 1), day(2000, 1, 1)],
        "ns": pa.array([1700000000123456789, -1, None, 1, 2], pa.timestamp("ns")),
        "us": pa.array([1700000000123456, -1, None, 1, 2], pa.timestamp("us", tz="UTC")),
        "ms": pa.array([1700000000123, -1, None, 1, 2], pa.timestamp("ms")),
        "time": pa.array([1, 2, None, 3, 4], pa.time64("ns")),
        "span": pa.array([1, 2, None, 3, 4], pa.duration("us")),
        "raw": pa.array([b"\x00\xff", b"", None, b"a", b"zz"], pa.binary()),
        "fixed": pa.array([b"abc", b"\xff\x00\x01", None, b"abc", b"def"], pa.binary(3)),
        "nothing": pa.array([None] * 5, pa.null()),
        "words": pa.array(["x", "y", None, "x", "x"]).dictionary_encode(),
        "needed": pa.array([1, 2, 3, 4, 5], pa.int32()),
    }
    made = pa.table(columns)
    schema = made.schema.set(len(columns) - 1, pa.field("needed", pa.int32(), nullable=False))
    return made.cast(schema).replace_schema_metadata({"huggingface": '{"info":{}}', "other": "ü"})


def make(folder):
    for codec in ["none", "snappy", "gzip", "brotli", "zstd", "lz4"]:
        for pages in ["1.0", "2.0"]:
            path = os.path.join(folder, f"{codec}-{pages[0]}.parquet")
            plain = pages == "2.0"
            pq.write_table(
                table(), path, compression=codec, data_page_version=pages, row_group_size=3,
                write_page_checksum=True, use_dictionary=not plain,
                **({"column_encoding": {"id": "DELTA_BINARY_PACKED", "text": "DELTA_BYTE_ARRAY",
                                        "large": "DELTA_LENGTH_BYTE_ARRAY", "f64": "BYTE_STREAM_SPLIT"}} if plain else {}),
            )


def checksum(path):
    text = ["The ferry leaves at nine.", "A bell rings in fog.", "Gulls on the quay."]
    pq.write_table(pa.table({"text": text}), path, compression="none", use_dictionary=False,
                   write_page_checksum=True, write_statistics=False, store_schema=False)


def compare(*paths):
    """Each original is followed by its parts and `--`."""
    while paths:
        end = paths.index("--")
        same(*paths[:end])
        paths = paths[end + 1 :]


def same(original, *parts):
    want = pq.read_table(original)
    got = pa.concat_tables([pq.read_table(part) for part in parts])
    if not want.schema.equals(got.schema, check_metadata=True):
        sys.exit(f"{original}: another schema: {got.schema}")
    for name in want.column_names:
        a, b = want[name].combine_chunks(), got[name].combine_chunks()
        # Zero has a sign, which `equals` does not see.
        signs = pa.types.is_floating(a.type) and repr(a.to_pylist()) != repr(b.to_pylist())
        if signs or not a.equals(b):
            sys.exit(f"{original}: {name}: {a} became {b}")


if __name__ == "__main__":
    {"make": make, "compare": compare, "checksum": checksum}[sys.argv[1]](*sys.argv[2:])
