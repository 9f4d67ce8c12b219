import time

import pytest

from events.sources.roles.document import Syntax, Unreadable
from infra.ingest.role_documents import MAX_FILE_BYTES, MAX_NODES, parsed

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
)


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("", ""),
        (
            "a: on\nb: yes\nc: 1.10\nd: 2020-01-01\ne:\nf: ~\n",
            {"a": "on", "b": "yes", "c": "1.10", "d": "2020-01-01", "e": "", "f": "~"},
        ),
        ("- &x {a: b}\n- *x\n- [*x]\n", [{"a": "b"}, {"a": "b"}, [{"a": "b"}]]),
        ("a: 1\na: 2\n", {"a": "2"}),
        ("%YAML 1.2\n---\na: b\n...\n", {"a": "b"}),
        ("\ufeffa: b\n", {"a": "b"}),
        ("a: !!python/object/apply:os.system ['echo']\n", {"a": ["echo"]}),
        ("a: !!int 5\nb: !other {c: d}\n", {"a": "5", "b": {"c": "d"}}),
        ("base: &b {x: y}\nc:\n  <<: *b\n", {"base": {"x": "y"}, "c": {"<<": {"x": "y"}}}),
        ("text: |\n  two\n  lines\n", {"text": "two\nlines\n"}),
        ("a: &n name\nb: *n\n*n : c\n", {"a": "name", "b": "name", "name": "c"}),
    ],
)
def test_yaml_is_text_lists_and_mappings(text: str, document: object) -> None:
    assert parsed(text.encode(), Syntax.YAML) == document


@pytest.mark.parametrize(
    ("content", "syntax", "why"),
    [
        (BOMB.encode(), Syntax.YAML, f"more than {MAX_NODES:,} entries, aliases written out"),
        (b"&a [*a]", Syntax.YAML, r"\*a stands inside of what it means"),
        (b"a: &x\n  b: {c: *x}\n", Syntax.YAML, r"\*x stands inside of what it means"),
        (b"a: *x\n", Syntax.YAML, "x means nothing|undefined alias"),
        (b"[" * 100_000, Syntax.YAML, "nested too deeply"),
        (b"- " * 100_000, Syntax.YAML, "nested too deeply"),
        (b"a:\n\t- b\n", Syntax.YAML, r"\(at line 2\)"),
        (b"? [a]\n: b\n", Syntax.YAML, "a key that is no word"),
        (b"a: b\n---\nc: d\n", Syntax.YAML, "more than one document"),
        (b"a: \x01\n", Syntax.YAML, "allowed|control"),
        (b"a: \xff\n", Syntax.YAML, "not UTF-8"),
        (b"a =\nb = 1\n", Syntax.TOML, "line 1"),
        (b"a = 2020-02-31", Syntax.TOML, "."),
        (b"a = " + b"[" * 100_000, Syntax.TOML, "nested too deeply"),
        (b"a = " + b"1" * 5000, Syntax.TOML, "digits"),
        (b"a\0b", Syntax.TEXT, "not text"),
        (b"<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n", Syntax.TEXT, "a merge conflict in it"),
        (b"\xff", Syntax.TEXT, "not UTF-8"),
        (b"#" * (MAX_FILE_BYTES + 1), Syntax.TEXT, "3.0 MiB, more than 3"),
    ],
)  # fmt: skip
def test_what_is_no_document_is_refused_in_one_line_and_at_once(content: bytes, syntax: Syntax, why: str) -> None:
    begun = time.process_time()
    with pytest.raises(Unreadable, match=why) as refused:
        parsed(content, syntax)
    assert "\n" not in str(refused.value)
    assert time.process_time() - begun < 2


def test_a_heading_underlined_is_no_merge_conflict() -> None:
    assert parsed(b"Title\n=======\n<<<<<<< only\n", Syntax.TEXT)
