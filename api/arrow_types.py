"""The Arrow type of each type of column, in every Parquet file."""

import pyarrow as pa

from stats.tables.columns import Type

ARROW_TYPES = {
    Type.TEXT: pa.string(),
    Type.INTEGER: pa.int32(),
    Type.NUMBER: pa.float64(),
    Type.DATE: pa.date32(),
}
