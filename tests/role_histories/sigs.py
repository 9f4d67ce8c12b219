"""Thirty groups with their chairs and technical leads."""

from dataclasses import dataclass, field

import yaml

from tests.role_histories.commit import Commit, History


@dataclass
class Group:
    dir: str
    chairs: list[str]
    tech_leads: list[str] = field(default_factory=list)
    kind: str = "sigs"
    is_old: bool = False


def history() -> list[Commit]:  # noqa: PLR0915 - much happens in it
    people = {f"dev{n}": [f"Person {n}", f"Company {n % 7}", f"dev{n}@example.org"] for n in range(60)}
    groups = [
        Group(f"sig-{n}", [f"dev{n}", f"dev{n + 1}"], [f"dev{n + 2}"], "sigs" if n < 22 else "workinggroups", n < 4)
        for n in range(30)
    ]
    place = ["sigs.yaml"]

    def written() -> dict[str, str]:
        def shown(login: str) -> dict[str, str]:
            name, company, email = people[login]
            return {"github": login, "name": name, "company": company} | ({"email": email} if email else {})

        def group(each: Group) -> dict[str, object]:
            chairs, tech_leads = ([shown(login) for login in logins] for logins in (each.chairs, each.tech_leads))
            leads = {"leads": chairs} if each.is_old else {}
            leadership = {"chairs": [] if each.is_old else chairs, "tech_leads": tech_leads}
            subprojects = [{"name": "part", "leads": [shown("dev59")], "owners": ["https://example.org/OWNERS"]}]
            emeritus = {"emeritus_leads": [shown("dev58")]}
            rest = {"leadership": leadership | emeritus, "subprojects": subprojects, "label": "on"}
            return {"dir": each.dir, "name": each.dir.title(), **leads, **rest}

        kinds = {kind: [group(each) for each in groups if each.kind == kind] for kind in ("sigs", "workinggroups")}
        return {place[0]: yaml.dump(kinds | {"version": 1.10}, Dumper=yaml.CSafeDumper, sort_keys=False)}

    told = History(written)
    told.breaks("sigs.yaml")
    told.commit("broken at its first")
    told.mend("sigs.yaml")
    told.commit("begun")
    people["dev1"][0] = "Person One-Renamed"
    told.commit("person renamed")
    people["dev2"][1] = "Elsewhere, Inc."
    told.commit("company changed")
    people["dev2"][1] = "Company 2"
    told.commit("company again")
    people["dev3"][2] = ""
    told.commit("address removed")
    groups[5].chairs, groups[5].tech_leads = [], []
    told.commit("last holder lost")
    told.breaks("sigs.yaml")
    groups[6].chairs = ["dev40"]
    told.commit("broken")
    groups[6].tech_leads = ["dev41"]
    told.commit("broken still")
    told.mend("sigs.yaml")
    told.commit("mended")
    groups[5].chairs = ["dev42"]
    told.commit("held again")
    groups[7].tech_leads = ["dev7"]
    told.commit("two roles")
    groups[8].chairs = []
    told.commit("one second", seconds=30)
    groups[8].chairs = ["dev43"]
    told.commit("one second", seconds=0)
    groups[8].chairs = ["dev43", "dev44"]
    told.commit("one second", seconds=0)
    people["k8s-ci-robot"] = ["CI Robot", "", ""]
    groups[9].tech_leads.append("k8s-ci-robot")
    told.commit("bot")
    for each in groups[:4]:
        each.is_old = False
    told.commit("new layout")
    groups[10].dir = "archive/sig-10"
    told.commit("archived")
    place[0] = "docs/sigs.yaml"
    told.commit("file moved")
    return told.commits
