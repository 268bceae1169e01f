"""Counts the files of `benches/tables.rs` with pandas: python3 tables.py QUERY FOLDER. Prints seconds, megabytes at most, and the counts."""

import glob
import os
import re
import resource
import sys
import time

import pandas as pd

THEMES, CODES, SITES = 6, 40, 5
query, folder = sys.argv[1:]
wanted = {"sentence": ["entry", "sentence_from", "sentence_to"], "segment": ["entry", "start", "end"]}.get(query, ["entry"])
begin = time.perf_counter()
frames = []
for path in sorted(glob.glob(os.path.join(folder, "suggestions-*.parquet"))):
    frame = pd.read_parquet(path, columns=wanted)
    frame["code"] = int(re.search(r"-(\d+)\.parquet$", path).group(1))
    frames.append(frame)
codings = pd.concat(frames, ignore_index=True)
del frames, frame
rows = pd.DataFrame(
    [(code, f"code-{code}") for code in range(CODES)] + [(code, f"theme-{code % THEMES}") for code in range(CODES)],
    columns=["code", "row"],
)
rows["row"] = rows["row"].astype("category")
columns = None
if query == "sentence":
    longest = int((codings["sentence_to"] - codings["sentence_from"]).max())
    stretches = []
    for at in range(longest):
        here = codings[codings["sentence_from"] + at < codings["sentence_to"]]
        key = here["entry"].astype("uint64") * 2**32 + here["sentence_from"] + at
        stretches.append(pd.DataFrame({"code": here["code"], "key": key}))
    joined = pd.concat(stretches).merge(rows, on="code")
    counted = joined.groupby("row", observed=True)["key"].nunique()
elif query == "segment":
    joined = codings.merge(rows, on="code")
    base = joined["row"].cat.codes.astype("uint64") * 2**52 + joined["entry"].astype("uint64") * 2**28
    keys = pd.DataFrame({"row": joined["row"], "start": base + joined["start"], "end": base + joined["end"]})
    keys = keys.sort_values("start")
    before = keys["end"].cummax().shift(1, fill_value=0)
    counted = keys[keys["start"] >= before].groupby("row", observed=True).size()
elif query == "site":
    joined = codings.merge(rows, on="code")
    joined["site"] = joined["entry"] % SITES
    columns = joined.groupby(["row", "site"], observed=True)["entry"].nunique()
else:
    counted = codings.merge(rows, on="code").groupby("row", observed=True)["entry"].nunique()
if columns is None:
    counts = {(row, 0): n for row, n in counted.items()}
else:
    counts = dict(columns.items())
seconds = time.perf_counter() - begin
megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
print(seconds, megabytes, ",".join(f"{row}/{column}={n}" for (row, column), n in sorted(counts.items())))
