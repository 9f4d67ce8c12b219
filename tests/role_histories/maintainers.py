"""A repository with thirty maintainers in a table and a list."""

from tests.role_histories.commit import Commit, History


def history() -> list[Commit]:
    table = {f"dev{n}": [f"Person {n}", f"Company {n % 4}"] for n in range(20)}
    items = {f"dev{n}": f"Person {n} <dev{n}@example.org>" for n in range(20, 30)}
    over = {"old1": "Old One"}
    place = ["MAINTAINERS.md"]

    def written() -> dict[str, str]:
        rows = "".join(
            f"| {name} | [{login}](https://github.com/{login}) | {company} |\n"
            for login, (name, company) in table.items()
        )
        listed = "".join(f"- {words} (@{login})\n" for login, words in items.items())
        gone = "".join(f"- {name} (@{login})\n" for login, name in over.items())
        return {
            place[0]: "# Maintainers\n\nAsk @nobody-here first.\n\n| Name | GitHub | Affiliation |\n|---|:---:|---|\n"
            f"{rows}\n## Areas\n\n{listed}\n<!-- - @hidden -->\n\n## Emeritus Maintainers\n\n{gone}"
        }

    told = History(written)
    told.breaks("MAINTAINERS.md")
    told.commit("broken at its first")
    told.mend("MAINTAINERS.md")
    told.commit("begun")
    table["dev1"][0] = "Person One-Renamed"
    told.commit("person renamed")
    table["dev2"][1] = "Elsewhere, Inc."
    told.commit("company changed")
    table["dev2"][1] = "Company 2"
    told.commit("company again")
    items["dev20"] = "Person 20"
    told.commit("address removed")
    told.breaks("MAINTAINERS.md")
    over["dev3"] = table.pop("dev3")[0]
    told.commit("broken")
    over["dev4"] = table.pop("dev4")[0]
    told.commit("broken still")
    told.mend("MAINTAINERS.md")
    told.commit("mended")
    del items["dev21"]
    told.commit("one second", seconds=30)
    items["dev31"] = "Person 31"
    told.commit("one second", seconds=0)
    items["dev32"] = "Person 32"
    told.commit("one second", seconds=0)
    items["dev5"] = "Person 5"
    told.commit("named twice")
    items["garden-bot[bot]"] = "Garden Bot"
    told.commit("bot")
    place[0] = "docs/MAINTAINERS.md"
    told.commit("file moved")
    kept = dict(table), dict(items)
    table.clear()
    items.clear()
    told.commit("last holder lost")
    table.update({"dev0": kept[0]["dev0"]})
    told.commit("held again")
    return told.commits
