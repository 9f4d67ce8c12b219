"""Twenty-four teams, eighty people with a file each, and a few without."""

from dataclasses import dataclass

from tests.role_histories.commit import Commit, History


@dataclass
class Team:
    leads: list[str]
    members: list[str]
    parent: str | None = None
    more: str = ""


@dataclass
class Person:
    number: int | None
    name: str
    email: str = "false"
    login: str = ""


def history() -> list[Commit]:  # noqa: PLR0915 - much happens in it
    people = {f"login{n}": Person(5000 + n, f"Person {n}", f'"p{n}@example.org"') for n in range(80)}
    people["Login80"] = Person(5080, "Person 80")
    people["unnumbered"] = Person(None, "Person Unnumbered")
    teams = {
        f"team{n}": Team([f"login{n}"], [f"login{(n * 7 + k) % 80}" for k in range(5)], "core" if n % 3 else None)
        for n in range(23)
    }
    teams["core"] = Team(["login0"], ["login0", "LOGIN80", "unnumbered", "fileless"])
    paths: dict[str, str] = {}

    def written() -> dict[str, str]:
        files = {paths.get(login, f"people/{login}.toml"): _person(login, person) for login, person in people.items()}
        return files | {paths.get(name, f"teams/{name}.toml"): _team(name, team) for name, team in teams.items()}

    told = History(written)
    told.breaks("teams/team4.toml")
    told.commit("begun")
    told.mend("teams/team4.toml")
    told.commit("mended first")
    people["login1"].name = "Person One-Renamed"
    told.commit("person renamed")
    people["newlogin2"] = people.pop("login2")
    for team in teams.values():
        team.leads = ["newlogin2" if login == "login2" else login for login in team.leads]
        team.members = ["newlogin2" if login == "login2" else login for login in team.members]
    told.commit("login changed")
    people["fileless"] = Person(5999, "Person Late")
    told.commit("people file added")
    paths["login3"] = "people/somebody.toml"
    told.commit("people file moved")
    paths["team6"] = "teams/renamed-file.toml"
    told.commit("file moved")
    told.breaks("teams/team7.toml")
    teams["team7"].leads = ["login40"]
    told.commit("broken")
    teams["team7"].members = ["login41"]
    told.commit("broken still")
    told.mend("teams/team7.toml")
    told.commit("mended")
    teams["team8"].leads, teams["team8"].members = [], []
    told.commit("last holder lost")
    teams["team8"].leads = ["login50"]
    told.commit("held again")
    teams["team9"].members.append("login9")
    told.commit("two roles")
    teams["team10"].leads = []
    told.commit("one second", seconds=30)
    teams["team10"].leads = ["login60"]
    told.commit("one second", seconds=0)
    teams["team10"].leads = ["login60", "login61"]
    told.commit("one second", seconds=0)
    teams["team11"].parent = "team12"
    told.commit("parent changed")
    teams["team13"].members.append("rustbot")
    people["rustbot"] = Person(47979223, "Rust bot")
    told.commit("bot")
    teams["newteam14"] = teams.pop("team14")
    told.commit("scope renamed")
    teams["team15"].more = 'kind = "marker-team"\n'
    told.commit("scope becomes a marker")
    paths["team12"] = "teams/archive/team12.toml"
    told.commit("parent archived")
    paths.pop("team12")
    told.commit("parent back")
    del people["login70"]
    told.commit("people file removed")
    return told.commits


def _person(login: str, person: Person) -> str:
    number = f"github-id = {person.number}\n" if person.number else ""
    return f'name = "{person.name}"\ngithub = "{login}"\n{number}email = {person.email}\nirc = true\n'


def _team(name: str, team: Team) -> str:
    parent = f'subteam-of = "{team.parent}"\n' if team.parent else ""
    members = ", ".join(
        f'{{ github = "{login}", roles = ["x"] }}' if number % 2 else f'"{login}"'
        for number, login in enumerate(team.members)
    )
    leads = ", ".join(f'"{login}"' for login in team.leads)
    return (
        f'name = "{name}"\n{parent}{team.more}\n[people]\nleads = [{leads}]\nmembers = [{members}]\n'
        f'alumni = ["login79"]\nincluded-teams = ["core"]\n\n[[lists]]\naddress = "x@example.org"\n'
        f'extra-people = ["login78"]\n'
    )
