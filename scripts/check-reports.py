"""Reads the reports in a folder with the readers of others. Called by scripts/check-reports."""

import csv
import json
import pathlib
import re
import sys
import xml.etree.ElementTree

import jsonschema
import junitparser

folder, secret = pathlib.Path(sys.argv[1]), sys.argv[2]
findings = 31  # One more is suppressed.


def read(name):
    return (folder / name).read_text(encoding="utf-8")


def expect(name, found, wanted):
    if found != wanted:
        sys.exit(f"{name}: {found!r} instead of {wanted!r}")


# No piece of the value in any of them.
files = [path for path in folder.iterdir() if path.is_file()]
for path in files:
    data = path.read_bytes()
    for start in range(8, len(secret) - 8):
        if secret[start : start + 8].encode() in data:
            sys.exit(f"{path.name}: the value shows from byte {start}")

schema = json.loads(pathlib.Path("docs/report.schema.json").read_text(encoding="utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
report = json.loads(read("json"))
jsonschema.Draft202012Validator(schema).validate(report)
expect("json", sum("suppression" not in each for each in report["findings"]), findings)
expect("jsonl", len([json.loads(line) for line in read("jsonl").splitlines()][:-1]) >= findings, True)

suites = junitparser.JUnitXml.fromfile(str(folder / "junit"))
cases = [case for suite in suites for case in suite]
failed = [case for case in cases if any(isinstance(each, junitparser.Failure) for each in case.result)]
expect("junit", len(failed), findings)
expect("junit", suites.failures, findings)
suites.update_statistics()
expect("junit", (suites.tests, suites.failures), (len(cases), findings))
names = [(case.classname, case.name) for case in cases]
expect("junit", len(set(names)), len(names))

checkstyle = xml.etree.ElementTree.fromstring(read("checkstyle"))
expect("checkstyle", len(checkstyle.findall("file/error")), findings)

with open(folder / "csv", newline="", encoding="utf-8") as file:
    rows = list(csv.DictReader(file, strict=True))
expect("csv", len([row for row in rows if not row["suppressed"]]), findings)
expect("csv", [row["path"] for row in rows if row["path"].startswith("'=")], ["'=1+1 , \"x\" | <b> é/a;b]::c.py"])

quality = json.loads(read("gitlab-codequality"))
expect("gitlab-codequality", len({each["fingerprint"] for each in quality}), findings)
expect("gitlab-secret-detection", len(json.loads(read("gitlab-secret-detection"))["vulnerabilities"]), findings)
expect("sonarqube", len(json.loads(read("sonarqube"))["issues"]), findings)
expect("rdjson", len(json.loads(read("rdjson"))["diagnostics"]), findings)
expect("rdjsonl", len([json.loads(line) for line in read("rdjsonl").splitlines()]), findings)

# The bytes at the columns that reviewdog gets are those of the value.
for diagnostic in json.loads(read("rdjson"))["diagnostics"]:
    place = diagnostic["location"]
    line = (folder / "tree" / place["path"]).read_bytes().splitlines()[place["range"]["start"]["line"] - 1]
    columns = [place["range"][end]["column"] - 1 for end in ("start", "end")]
    expect("rdjson", line[columns[0] : columns[1]].decode(), secret)

commands = [line for line in read("github").splitlines() if line.startswith("::")]
expect("github", len(commands), 10)
expect("github", all(re.fullmatch(r"::error [^:]*::.*", line) for line in commands), True)
expect("azure", sum(line.startswith("##vso[task.logissue type=error;") for line in read("azure").splitlines()), findings)

print(f"{len(files)} reports are read by others")
