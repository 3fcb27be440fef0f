"""The bias audit: biased detectors fail it, even-handed ones do not, and a case and its report show it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result

import threads as th
from reports import fairness
from threads.auditing import audit_case
from threads.auditing.checks import BOUND, LEAST, checked, term_checks, verdict
from threads.auditing.dialects import DIALECTS, sentences
from threads.auditing.record import FILE, read_audit
from threads.auditing.swaps import GROUPS, MOVES
from threads.auditing.terms import ANY
from threads.case import Case
from threads.cli import main
from threads.detectors import fast
from threads.detectors.base import Findings
from threads.errors import CaseError, InputError
from threads.schema import EVIDENCE, conform, empty
from threads.triaging import Policy

_KINDS = ("bake bread", "sell flowers", "sing at night", "read books", "fix bicycles", "teach chess")
_PLACES = ("in Riga", "by the river", "on our street", "at the market", "near the mill")


class Toy:
    """Scores 0.9 where `rule` says so, else 0.1; remembers how often it was asked and for how many."""

    def __init__(self, name: str, rule: Any) -> None:
        self.name, self.heads, self.rule = name, (name,), rule
        self.asked: list[int] = []

    def describe(self) -> dict[str, Any]:
        return {"kind": "toy", "version": self.name}

    def detect(self, comments: pd.DataFrame) -> Findings:
        self.asked.append(len(comments))
        scores = [0.9 if self.rule(text.casefold()) else 0.1 for text in comments["text"]]
        table = pd.DataFrame({"comment_id": comments["comment_id"], self.name: scores})
        marks = [
            {"comment_id": name, "start": text.index("scum"), "end": text.index("scum") + 4}
            for name, text in zip(comments["comment_id"], comments["text"], strict=True)
            if "scum" in text
        ]
        rest = {"detector": self.name, "category": "", "weight": 1.0, "rule": "toy", "kind": "exact"}
        evidence = conform(pd.DataFrame(marks).assign(**rest), EVIDENCE) if marks else empty(EVIDENCE)
        return Findings(table.astype({self.name: "float32"}), evidence)


def rude(text: str) -> bool:
    return "scum" in text or " ass " in text


def rude_to_muslims(text: str) -> bool:
    return rude(text) and "muslim" in text


def names_jews(text: str) -> bool:
    return "jew" in text


def about(group: str, *words: str) -> list[str]:
    return [f"{group} {kind} {place}{word}." for word in words for kind in _KINDS for place in _PLACES]


def frame(*texts: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"text": [text for part in texts for text in part]})


def row(found: th.Audit, head: str, check: str, of: str = "") -> Any:
    checks = found.checks
    [only] = checks[(checks["head"] == head) & (checks.check == check) & (checks.of == of)].itertuples()
    return only


def test_a_head_that_hates_one_group_only_fails_in_both_directions() -> None:
    texts = frame(about("Muslims", " and are scum"), about("Christians", " and are scum"))
    found = th.audit(texts, [Toy("toxicity", rude_to_muslims)])
    flagged, rest = row(found, "toxicity", "finding"), row(found, "toxicity", "unflagged")
    assert (flagged.comments, flagged.share, flagged.verdict) == (30, 1.0, "fails")
    assert flagged.mean_move == pytest.approx(-0.8) and flagged.largest_move == pytest.approx(-0.8)
    assert rest.comments == 30 and 0 < rest.share < 0.2  # one group in fifteen is the hated one
    assert found.failing() == ["toxicity"]
    [warning] = fairness.warnings(found)
    assert warning.startswith("Toxicity fails: > 99 %") or warning.startswith("Toxicity fails: 100 %")
    pairs = found.swaps[(found.swaps.check == "finding")]
    assert set(pairs["from"]) == {"Muslim"} and (pairs.share == 1).all()
    assert (
        found.changed.text.str.contains("scum").all() and not found.changed.text.str.contains("Muslim").all()
    )


def test_a_head_that_minds_the_insult_and_not_the_group_holds() -> None:
    texts = frame(*(about(group, " and are scum", "") for group in ("Muslims", "Gay people", "Jews")))
    found = th.audit(texts, [Toy("toxicity", lambda text: "scum" in text)])
    assert {row(found, "toxicity", check).verdict for check in ("finding", "unflagged")} == {"holds"}
    assert found.failing() == [] and fairness.warnings(found) == []


def test_antisemitism_should_fall_away_from_jews_and_not_rise_at_their_name() -> None:
    texts = frame(about("Jews", ""), about("Muslims", ""), about("Christians", " and are scum"))
    detectors = [Toy("antisemitism", names_jews), Toy("toxicity", rude)]
    found = th.audit(texts, detectors)
    meant = row(found, "antisemitism", "meant")
    assert (meant.comments, meant.share, meant.verdict) == (30, 1.0, "")
    calm, hostile = (row(found, "antisemitism", check) for check in ("unflagged", "attacking"))
    assert (calm.comments, calm.share, calm.verdict) == (30, 1.0, "fails")
    assert (hostile.comments, hostile.verdict) == (30, "")
    assert "had they named Jews" in fairness.warnings(found)[0]
    moved = found.swaps[found.swaps.check == "meant"]
    assert "Israeli" not in set(moved.to)  # the head is about them, too


def test_of_a_long_comment_only_the_sentences_that_carry_the_score_are_swapped() -> None:
    long = "Jews told us at length what they think of the weather. " * 10 + "It rained."
    texts = frame([f"{long} {text} Asians left." for text in about("Muslims", " and are scum")])
    found = th.audit(texts, [Toy("toxicity", rude_to_muslims)])
    assert set(found.swaps[found.swaps.check == "finding"]["from"]) == {"Muslim"}
    assert found.changed.text.str.startswith("It rained.").all()
    assert found.changed.text.str.endswith("scum.").all() and len(found.changed) == 5


def test_a_long_comment_that_is_no_finding_without_the_rest_is_swapped_whole() -> None:
    long = "Jews told us at length what they think of the weather. " * 10 + "It rained."
    texts = frame([f"{long} {text}" for text in about("Muslims", " and are scum")])
    found = th.audit(texts, [Toy("toxicity", lambda text: "scum" in text and "jews" in text)])
    assert set(found.swaps[found.swaps.check == "finding"]["from"]) == {"Muslim", "Jewish"}
    assert (found.changed.text.str.len() > 400).all()


def test_each_detector_is_asked_for_all_at_once_and_the_cost_is_bounded() -> None:
    toy = Toy("toxicity", rude)
    scored = th.score(frame(about("Muslims", " and are scum", " and are scum too", "")), [toy])
    toy.asked.clear()
    found = th.audit(scored, [toy], most=10)
    assert len(toy.asked) <= 4  # long findings cut, findings, others, dialects
    assert sum(toy.asked) <= 10 * GROUPS + 10 + len(sentences())
    assert row(found, "toxicity", "finding").comments == 10
    again = th.audit(scored, [toy], most=10)
    assert json.dumps(found.record()) == json.dumps(again.record())


def test_copies_count_once() -> None:
    found = th.audit(frame(["Muslims are scum."] * 50), [Toy("toxicity", rude_to_muslims)])
    flagged = row(found, "toxicity", "finding")
    assert (flagged.comments, flagged.verdict) == (1, "open")


def test_a_dialect_that_is_flagged_fails_a_head() -> None:
    found = th.audit(
        frame(["Nice weather."]), [Toy("toxicity", lambda text: "finna" in text or "ain't" in text)]
    )
    african, learner = (row(found, "toxicity", "dialect", name) for name in DIALECTS[1:])
    assert (african.comments, african.verdict, learner.verdict) == (75, "fails", "holds")
    assert "only in African-American English" in fairness.warnings(found)[0]
    shares = found.dialects.set_index(["kind", "dialect"])
    assert shares.loc[("harmless", "mainstream"), "mean_shift"] == 0
    assert shares.loc[("harmless", "african_american"), "mean_shift"] > 0.1


def test_the_dialects_are_paired_and_complete() -> None:
    table = sentences()
    assert table.groupby("kind").id.nunique().to_dict() == {"harmless": 75, "insulting": 25}
    assert (table.groupby("id").text.nunique() == len(DIALECTS)).mean() > 0.97  # some insults have no dialect
    assert not table.text.str.contains(r"\t|^$|\s{2}").any()


def test_rates_by_term_are_false_alarms_only_with_labels() -> None:
    texts = frame(about("Jews", ""), about("Muslims", ""), about("Bakers", " and are scum"))
    plain = th.audit(texts, [Toy("antisemitism", names_jews)])
    assert plain.labelled is None and plain.terms.subgroup_auc.isna().all()
    assert "term" not in set(plain.checks.check)
    labels = texts.assign(label=[0] * 15 + [1] * 15 + [0] * 60)
    found = th.audit(labels, [Toy("antisemitism", names_jews)], labelled="antisemitism")
    terms = found.terms.set_index("term")
    assert terms.loc[[ANY, "Jewish", "Muslim"], "comments"].tolist() == [75, 15, 30]
    assert terms.loc[[ANY, "Jewish", "Muslim"], "rate"].tolist() == [0.2, 1.0, 0.0]
    assert terms.loc["Jewish", "subgroup_auc"] == 0.5
    assert pd.isna(terms.loc["Muslim", "subgroup_auc"]) and terms.loc["Muslim", "bpsn_auc"] == 1.0


def test_a_term_is_measured_against_all_and_only_with_enough_comments() -> None:
    names = ["head", "term", "comments", "flagged", "rate", "low", "high"]
    table = pd.DataFrame([
        ("toxicity", ANY, 1_000, 100, 0.1, 0.08, 0.12), ("toxicity", "gay", 100, 40, 0.4, 0.31, 0.5),
        ("toxicity", "Asian", 500, 55, 0.11, 0.09, 0.14), ("toxicity", "Roma", LEAST - 1, 19, 1.0, 0.83, 1.0),
    ], columns=names)  # fmt: skip
    found = term_checks(table).set_index("of")
    assert found.verdict.to_dict() == {"gay": "fails", "Asian": "holds"}
    assert found.share["gay"] == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("check", "comments", "low", "high", "said"),
    [
        ("finding", 100, 0.06, 0.2, "fails"), ("finding", 100, BOUND, 0.2, "open"),
        ("unflagged", 100, 0.0, BOUND, "holds"), ("finding", LEAST - 1, 0.5, 1.0, "open"),
        ("meant", 100, 0.9, 1.0, ""), ("attacking", 100, 0.9, 1.0, ""),
    ],
)  # fmt: skip
def test_an_interval_decides(check: str, comments: int, low: float, high: float, said: str) -> None:
    assert verdict(check, comments, low, high) == said


def test_swaps_of_one_comment_are_no_independent_samples() -> None:
    rows = [
        ("toxicity", "finding", name, "Muslim", to, "", 0.9, 0.8 if stays else 0.4, stays)
        for name in "ab"
        for to, stays in (("Jewish", True), ("gay", name == "a"))
    ]
    [found] = checked(pd.DataFrame(rows, columns=list(MOVES))).itertuples()
    assert (found.comments, found.changed, found.share) == (2, 0.5, 0.25)
    assert found.mean_move == pytest.approx(-0.2)


def test_what_cannot_be_audited_is_said() -> None:
    with pytest.raises(InputError, match="no head"):
        th.audit(frame(["Muslims"]), [Toy("joy", rude)])
    with pytest.raises(InputError, match="no head joy"):
        th.audit(frame(["Muslims"]).assign(label=0), [Toy("toxicity", rude)], labelled="joy")
    with pytest.raises(InputError, match="no column 'label'"):
        th.audit(frame(["Muslims"]), [Toy("toxicity", rude)], labelled="toxicity")
    with pytest.raises(InputError, match="no column 'text'"):
        th.audit(pd.DataFrame({"body": ["Muslims"]}), [Toy("toxicity", rude)])


def call(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


HOSTILE = "<script>alert(1)</script> & \u202e {{ 7 }}"


@pytest.fixture
def case(tmp_path: Path) -> Case:
    texts = frame(about("Muslims", f" and are scum {HOSTILE}"), about("Jews", ""))
    texts.assign(author="Nora Feld").to_csv(tmp_path / "x.csv", index=False)
    made = Case(tmp_path / "case")
    made.parse([tmp_path / "x.csv"])
    return made


def test_a_report_warns_where_a_head_fails_and_escapes_what_it_quotes(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    import reports

    monkeypatch.setattr("reports.sections.charts", lambda *_: [])
    toy = Toy("toxicity", rude_to_muslims)
    case.score([toy])
    audit_case(case, [toy], Policy())
    html = reports.write(case.scored(), case.path / "report.html").read_text("utf-8")
    section = html[html.index('<section id="fairness">') :].partition("</section>")[0]
    assert "Toxicity fails: 100 % (89–100 %) of the flagged comments" in section
    assert "&lt;script&gt;" in section and "<script>" not in html
    assert '<a href="#fairness">Toxicity fails' in html  # in the summary, too
    assert "no rate of false alarms" in section


def test_an_audit_of_another_policy_or_other_scores_is_not_shown(case: Case) -> None:
    toy = Toy("toxicity", rude)
    case.score([toy])
    assert fairness.section(case.path, case.run, Policy()) is None
    audit_case(case, [toy], Policy())
    fresh = fairness.section(case.path, case.run, Policy())
    assert fresh and not fresh["stale"]
    other = Policy(thresholds={"toxicity": 0.6}, weights={"toxicity": 1.0})
    assert fairness.section(case.path, case.run, other) == {"stale": True, "warnings": []}
    assert fairness.section(case.path, {**case.run, "created": "later"}, Policy()) == {
        "stale": True, "warnings": [],
    }  # fmt: skip
    with pytest.raises(CaseError, match="not scored by this detector of antisemitism"):
        audit_case(case, [Toy("antisemitism", rude)], Policy())


def test_an_audit_comes_back_from_the_case_as_it_was(case: Case) -> None:
    toy = Toy("toxicity", rude_to_muslims)
    case.score([toy])
    found = audit_case(case, [toy], Policy())
    again = read_audit(case.path)
    assert again and again.record() == found.record()
    (case.path / FILE).write_text("{")
    with pytest.raises(CaseError, match="damaged"):
        read_audit(case.path)


def test_the_command_audits_a_case_and_a_table(case: Case, tmp_path: Path) -> None:
    case.score(fast())
    told = call("audit", case.path, "--fast", "--most", 20)
    assert told.exit_code == 0, told.output
    assert "no false alarm rate" in told.output and "threads report" in told.output
    assert read_audit(case.path) is not None
    refused = call("audit", case.path)
    assert refused.exit_code == 1 and refused.output.count("\n") == 1
    table = frame(about("Jews", "")).assign(label=0)
    table.to_csv(tmp_path / "antisemitism.csv", index=False)
    found = json.loads(call("audit", tmp_path / "antisemitism.csv", "--fast", "--json").output)
    assert found["labelled"] == "antisemitism" and {row["head"] for row in found["terms"]} == {"antisemitism"}
    assert "BPSN" in call("audit", tmp_path / "antisemitism.csv", "--fast").output


@pytest.mark.parametrize(
    ("name", "says"), [("nowhere", "no case and no file"), ("x.csv", "Say what the labels of")]
)
def test_the_command_refuses_in_one_line(tmp_path: Path, name: str, says: str) -> None:
    frame(["Jews"]).assign(label=0).to_csv(tmp_path / "x.csv", index=False)
    refused = call("audit", tmp_path / name, "--fast")
    assert refused.exit_code == 1 and says in refused.output and refused.output.count("\n") == 1
