"""Pages of the reference written from the packs, in both languages side by side."""

from collections.abc import Callable, Iterator, Mapping
from inspect import getdoc

from tongxing.rulebook import Pack, Packs, Source, Text
from tongxing.rulebook.clocks import Clock
from tongxing.rulebook.nodes import NODE_OF_WORD
from tongxing.rulebook.table_of_differences import Cell, table_of_differences

Page = Iterator[str]
_WRITTEN = "Written by `tongxing docs write` from `policies/`. ⚙ marks a product default: no law."


def pages(packs: Packs) -> dict[str, Callable[[], Page]]:
    """The pages by file name; each is a function that yields its lines."""
    return {
        "facts.md": lambda: _facts(packs),
        "nodes.md": _nodes,
        "duties.md": lambda: _duties(packs),
        "routes.md": lambda: _routes(packs),
        "exchanges.md": lambda: _exchanges(packs),
        "service-lists.md": lambda: _lists(packs),
        "differences.md": lambda: _differences(packs),
    }


def _head(title: str, columns: str) -> Page:
    yield f"# {title}"
    yield ""
    yield _WRITTEN
    yield ""
    yield from _table(columns)


def _table(columns: str) -> Page:
    names = columns.split(" | ")
    yield f"| {columns} |"
    yield "|" + "---|" * len(names)


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell).replace("|", "/") for cell in cells) + " |"


def _both(text: Text | None) -> str:
    return f"{text.zh} · {text.en}" if text else ""


def _cited(source: Source) -> str:
    mark = "⚙ " if source.product_default else ""
    quote = f"“{source.quote}”" if source.quote else ""
    return f"{mark}{source.clause} {source.article} {quote}".strip()


def _facts(packs: Packs) -> Page:
    yield from _head(
        "Facts that rules ask for 规则所需信息", "name | fact | question | words | packs"
    )
    by_name: dict[str, list[str]] = {}
    for name, pack in packs.items():
        for fact in pack.facts:
            by_name.setdefault(fact, []).append(name)
    for fact_name, users in sorted(by_name.items()):
        found = packs[users[0]].facts[fact_name]
        words = ", ".join(f"`{word}` {said.zh}" for word, said in found.words.items())
        kind = words or ("yes / no" if found.declared else "has its own field")
        yield _row(f"`{fact_name}`", _both(found.label), _both(found.question), kind, len(users))


def _nodes() -> Page:
    yield "# The words rules are written in"
    yield ""
    yield "Written by `tongxing docs write`. The examples are run as tests."
    for word, node in sorted(NODE_OF_WORD.items()):
        yield f"\n## {word}\n"
        text, _, example = (getdoc(node) or "").partition("\n>>>")
        yield text.strip()
        if example:
            yield f"\n```python\n>>>{example.rstrip()}\n```"


def _duties(packs: Packs) -> Page:
    yield from _head("Duties 职责与时限", "pack | duty | who | clock | source")
    for name, pack in packs.items():
        for dated in pack.duties.values():
            for duty in filter(None, dated.values):
                if duty.pack == name:
                    yield _row(
                        name, _both(duty.label), _body(pack, duty.post), _clock(duty.clock),
                        _cited(duty.source),
                    )  # fmt: skip


def _clock(clock: Clock) -> str:
    numbers = {key: value for key, value in clock.model_dump(mode="json").items() if key != "kind"}
    said = ", ".join(f"{key} {_number(value)}" for key, value in numbers.items())
    return f"`{clock.kind}` {said}".strip()


def _number(value: object) -> object:
    return value["parameter"] if isinstance(value, Mapping) else value


def _body(pack: Pack, name: str) -> str:
    known = [body for body in pack.bodies[name].values if body is not None]
    return known[-1].label.zh if known else name


def _routes(packs: Packs) -> Page:
    columns = "pack | benefit | accepts | decides | pays | departments | source"
    yield from _head("Benefits and their routes 办理途径", columns)
    for name, pack in packs.items():
        for dated in pack.benefits.values():
            for benefit in filter(None, dated.values):
                if benefit.pack == name:
                    departments = "、".join(_body(pack, each) for each in benefit.departments)
                    yield _row(
                        name, _both(benefit.label), benefit.accepts.value, benefit.decides.value,
                        benefit.pays.value, departments, _cited(benefit.source),
                    )  # fmt: skip


def _exchanges(packs: Packs) -> Page:
    columns = "flow | pack | from | to | data set | list first | trigger | frequency | source"
    yield from _head("Exchanges of data 数据交换", columns)
    for name, pack in packs.items():
        for dated in pack.exchanges.values():
            for flow in filter(None, dated.values):
                if flow.pack == name:
                    first = "yes" if flow.list_first else ""
                    yield _row(
                        flow.code, name, _body(pack, flow.sender), _body(pack, flow.receiver),
                        flow.data_set, first, _both(flow.trigger), _clock(flow.frequency),
                        _cited(flow.source),
                    )  # fmt: skip


def _lists(packs: Packs) -> Page:
    yield "# Published lists of services 服务清单"
    yield ""
    yield _WRITTEN
    for name, pack in packs.items():
        for published in pack.lists[:1]:
            if published.pack != name:
                continue
            yield f"\n## {_both(published.title)}\n"
            if not published.loaded:
                yield f"Empty slot: {_both(published.source.note)}"
                continue
            yield from _table("item | for whom | promise | derived from | route")
            for item in published.items.values():
                for each in item.entitlements.values():
                    yield _row(
                        each.id, item.target.zh, _both(each.content),
                        ", ".join(each.derived_from), each.route,
                    )  # fmt: skip


def _differences(packs: Packs) -> Page:
    names = " | ".join(pack.names.en for pack in packs.values())
    for language in ("en", "zh"):
        title = "Differences between the texts" if language == "en" else "各地文件对照"
        yield from _head(title, f" | {names}") if language == "en" else _again(title, packs)
        for row in table_of_differences(packs):
            cells = [_cell(cell, language) for cell in row.cells.values()]
            yield _row(getattr(row.label, language), *cells)
        yield ""


def _again(title: str, packs: Packs) -> Page:
    yield f"## {title}"
    yield ""
    yield from _table(" | ".join(["", *(pack.names.zh for pack in packs.values())]))


def _cell(cell: Cell, language: str) -> str:
    words = str(getattr(cell.words, language))
    if cell.source is None:
        return words
    mark = " ⚙" if cell.source.product_default else ""
    return f"{words} ({cell.source.clause}{mark})"
