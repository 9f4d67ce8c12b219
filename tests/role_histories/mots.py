"""Forty modules of six people, as a browser has them."""

from dataclasses import dataclass, field

import yaml

from tests.role_histories.commit import Commit, History


@dataclass
class Module:
    machine_name: str
    owners: list[int]
    peers: list[int]
    submodules: list["Module"] = field(default_factory=list)


def history() -> list[Commit]:
    people = {1000 + number: f"Person {number}" for number in range(60)}
    modules = [Module(f"module_{n}", [1000 + n], [1000 + (n * 3 + k) % 60 for k in range(1, 5)]) for n in range(36)]
    modules[0].submodules = [Module(f"sub_{n}", [1040 + n], [1050 + n]) for n in range(4)]
    place = ["mots.yaml"]

    def written() -> dict[str, str]:
        entries = {number: {"bmo_id": number, "name": name, "nick": f"n{number}"} for number, name in people.items()}

        def shown(module: Module) -> dict[str, object]:
            return {
                "name": f"Core: {module.machine_name}",
                "includes": [f"{module.machine_name}/**/*"],
                "machine_name": module.machine_name,
                "owners": [entries[number] for number in module.owners],
                "peers": [entries[number] for number in module.peers],
                "meta": {"owners_emeritus": [entries[1059]], "components": ["Core::on", "yes"]},
                "submodules": [shown(each) for each in module.submodules],
            }

        file = {
            "repo": "garden",
            "created_at": "2021-03-01",
            "people": list(entries.values()),
            "modules": [shown(each) for each in modules],
        }
        return {place[0]: "%YAML 1.2\n---\n" + yaml.dump(file, Dumper=yaml.CSafeDumper, sort_keys=False)}

    told = History(written)
    told.breaks("mots.yaml")
    told.commit("broken at its first")
    told.mend("mots.yaml")
    told.commit("begun")
    people[1001] = "Person One-Renamed"
    told.commit("person renamed")
    modules[1].owners, modules[1].peers = [], []
    told.commit("last holder lost")
    told.breaks("mots.yaml")
    modules[2].owners = [1030]
    told.commit("broken")
    modules[2].peers = [1031]
    told.commit("broken still")
    told.mend("mots.yaml")
    told.commit("mended")
    modules[1].owners = [1007]
    told.commit("held again")
    modules[3].owners = [1012]
    modules[3].peers = [1012, 1013]
    told.commit("two roles")
    modules[5].peers = []
    told.commit("one second", seconds=30)
    modules[5].peers = [1020]
    told.commit("one second", seconds=0)
    modules[5].peers = [1020, 1021]
    told.commit("one second", seconds=0)
    modules[8].submodules.append(modules[0].submodules.pop())
    told.commit("parent changed")
    people[1099] = "Patch Bot"
    modules[9].peers.append(1099)
    told.commit("bot")
    place[0] = ".github/mots.yaml"
    told.commit("file moved")
    del modules[20:]
    told.commit("scopes retired")
    return told.commits
