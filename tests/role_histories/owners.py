"""Sixty directories with OWNERS, and twelve aliases."""

from dataclasses import dataclass

from tests.role_histories.commit import Commit, History


@dataclass
class Owners:
    approvers: list[str]
    reviewers: list[str]
    more: str = ""


def history() -> list[Commit]:  # noqa: PLR0915 - much happens in it
    aliases = {f"sig-{n}-approvers": [f"dev{n}", f"Dev{n + 20}"] for n in range(12)}
    tree = {"": Owners(["lead0", "lead1"], ["lead2"])}
    for n in range(12):
        tree[f"area{n}"] = Owners([f"sig-{n}-approvers"], [f"dev{n + 1}"])
        tree |= {f"area{n}/part{k}": Owners([f"dev{n + k}"], [f"dev{n + k + 1}", f"dev{k}"]) for k in range(4)}
    tree |= {folder: Owners(["nobody-here"], []) for folder in ("vendor/x", "area1/third_party", "_output")}

    def written() -> dict[str, str]:
        files = {f"{folder}/OWNERS".removeprefix("/"): _owners(owners) for folder, owners in tree.items()}
        files["README.md"] = f"{len(tree)}\n"
        listed = "".join(
            f"  {alias}:\n" + "".join(f"  - {name}\n" for name in names) for alias, names in aliases.items()
        )
        return files | ({"OWNERS_ALIASES": f"aliases:\n{listed}"} if aliases else {})

    told = History(written)
    told.breaks("area3/part0/OWNERS")
    told.commit("begun")
    told.mend("area3/part0/OWNERS")
    told.commit("mended first")
    tree["area0/part0"].approvers = ["dev0-new"]
    told.commit("person renamed")
    tree["area2/moved"] = tree.pop("area2/part1")
    told.commit("file moved")
    aliases["sig-4-approvers"] = ["dev4", "dev55"]
    told.commit("alias changed")
    aliases["sig-all"] = ["sig-5-approvers", "dev70", "sig-all"]
    tree["area5/part0"].reviewers = ["sig-all"]
    told.commit("alias in an alias")
    del aliases["sig-6-approvers"]
    told.commit("alias removed")
    tree["area6"].approvers = ["sig-6-approvers", "dev6"]
    told.commit("named once more")
    told.breaks("OWNERS_ALIASES")
    aliases["sig-7-approvers"] = ["dev77"]
    told.commit("broken")
    told.breaks("area8/OWNERS")
    tree["area8"].reviewers = ["dev80"]
    told.commit("broken still")
    told.mend("OWNERS_ALIASES")
    told.mend("area8/OWNERS")
    told.commit("mended")
    tree["area9"].approvers, tree["area9"].reviewers = [], []
    told.commit("last holder lost")
    tree["area9"].approvers = ["dev90"]
    told.commit("held again")
    tree["area10"].reviewers = ["Dev91", "@dev92"]
    tree["area10"].approvers = ["dev91"]
    told.commit("two roles")
    tree["area11"].reviewers = []
    told.commit("one second", seconds=30)
    tree["area11"].reviewers = ["dev93"]
    told.commit("one second", seconds=0)
    tree["area11"].reviewers = ["dev93", "dev94"]
    told.commit("one second", seconds=0)
    tree["area0/part3"].more = "options:\n  no_parent_owners: true\n"
    told.commit("parent changed")
    del tree["area7"]
    told.commit("parent removed")
    tree["area1"].more = "filters:\n  '.*\\.go$':\n    approvers: [dev95]\n  on:\n    reviewers:\n    - 'yes'\n"
    told.commit("filters")
    tree["area1"].reviewers.append("k8s-ci-robot")
    told.commit("bot")
    aliases.clear()
    told.commit("aliases gone")
    return told.commits


def _owners(owners: Owners) -> str:
    lists = (("approvers", owners.approvers), ("reviewers", owners.reviewers))
    told = "".join(f"{key}:\n" + "".join(f'  - "{name}"\n' for name in names) for key, names in lists)
    return f"# who\n{told}emeritus_approvers: [dev1999]\nassignees: [dev1998]\nlabels: [sig/x]\n{owners.more}"
