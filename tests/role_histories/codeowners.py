"""A hundred patterns with their owners."""

from tests.role_histories.commit import Commit, History


def history() -> list[Commit]:
    lines = {f"/src/part{n}/": [f"@dev{n % 30}", f"@Garden/team-{n % 5}"] for n in range(96)}
    lines |= {"*": ["@lead"], "/docs/*.md": ["writer@example.org"], "a\\ b/": ["@dev1"], "/vendor/": ["@nobody-here"]}
    place = ["CODEOWNERS"]

    def written() -> dict[str, str]:
        told = "".join(f"{pattern:24} {' '.join(owners)} # who\n" for pattern, owners in lines.items())
        return {place[0]: f"# Owners\n\n[Section]\n{told}", "README.md": f"{len(lines)}\n"}

    told = History(written)
    told.breaks("CODEOWNERS")
    told.commit("broken at its first")
    told.mend("CODEOWNERS")
    told.commit("begun")
    lines["/src/part1/"] = ["@dev1-renamed", "@garden/team-1"]
    told.commit("person renamed")
    lines["/src/part2/"] = []
    told.commit("last holder lost")
    told.breaks("CODEOWNERS")
    lines["/src/part3/"] = ["@dev40"]
    told.commit("broken")
    lines["/src/part4/"] = ["@dev41"]
    told.commit("broken still")
    told.mend("CODEOWNERS")
    told.commit("mended")
    lines["/src/part2/"] = ["@dev42"]
    told.commit("held again")
    lines["/src/part5/"] = []
    told.commit("one second", seconds=30)
    lines["/src/part5/"] = ["@dev43"]
    told.commit("one second", seconds=0)
    lines["/src/part5/"] = ["@dev43", "@dev44", "@DEV44"]
    told.commit("one second", seconds=0)
    lines["/src/part6/"].append("@dependabot[bot]")
    told.commit("bot")
    place[0] = ".github/CODEOWNERS"
    told.commit("file moved")
    place[0] = "docs/CODEOWNERS"
    told.commit("file moved again")
    for n in range(10, 20):
        del lines[f"/src/part{n}/"]
    told.commit("scopes retired")
    return told.commits
