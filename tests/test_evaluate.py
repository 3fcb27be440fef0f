import math

import numpy as np
import pandas as pd
import pytest

from threads.evaluation.measures import auc, average_precision, by_group, calibration_error, f1, false_alarms

LABELS = [0, 0, 1, 1]


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([0.1, 0.2, 0.3, 0.4], 1.0),
        ([0.4, 0.3, 0.2, 0.1], 0.0),
        ([0.5] * 4, 0.5),
        ([0.1, 0.4, 0.35, 0.8], 0.75),
    ],
)
def test_auc(scores, expected):
    assert auc(LABELS, scores) == pytest.approx(expected)


def test_auc_needs_both_classes():
    assert math.isnan(auc([1, 1], [0.1, 0.2]))


@pytest.mark.parametrize(
    ("scores", "expected"),
    [([0.1, 0.2, 0.3, 0.4], 1.0), ([0.1, 0.4, 0.35, 0.8], 5 / 6), ([0.5] * 4, 0.5)],
)
def test_average_precision(scores, expected):
    assert average_precision(LABELS, scores) == pytest.approx(expected)


def test_measures_agree_with_scikit_learn():
    metrics = pytest.importorskip("sklearn.metrics")
    rng = np.random.default_rng(1)
    labels, scores = rng.integers(0, 2, 300), rng.integers(0, 40, 300) / 40
    assert auc(labels, scores) == pytest.approx(metrics.roc_auc_score(labels, scores))
    assert average_precision(labels, scores) == pytest.approx(metrics.average_precision_score(labels, scores))
    assert f1(labels, scores, 0.4) == pytest.approx(metrics.f1_score(labels, scores >= 0.4))


def test_f1_of_nothing_is_0():
    assert f1([0, 0], [0.1, 0.2]) == 0


@pytest.mark.parametrize(
    ("labels", "scores", "expected"),
    [
        ([0, 1], [0.0, 1.0], 0.0),
        ([0, 1], [1.0, 0.0], 1.0),
        ([0, 1, 0, 1], [0.5] * 4, 0.0),
        ([0] * 4, [0.25] * 4, 0.25),
    ],
)
def test_calibration_error(labels, scores, expected):
    assert calibration_error(labels, scores) == pytest.approx(expected)


def test_calibration_error_takes_weights():
    assert calibration_error([0, 1], [0.25, 0.25], weights=[3, 1]) == pytest.approx(0)


def test_false_alarms_by_kind():
    labelled = pd.DataFrame(
        {"label": [0, 0, 0, 1], "kind": ["plain", "plain", "negated", "plain"]}, index=[5, 6, 7, 8]
    )
    table = false_alarms(labelled, [0.9, 0.1, 0.7, 0.9], by="kind")
    assert table.to_dict("index") == {
        "negated": {"comments": 1, "alarms": 1, "rate": 1.0},
        "plain": {"comments": 2, "alarms": 1, "rate": 0.5},
    }


def test_by_group():
    labelled = pd.DataFrame({"label": [0, 1, 1, 0], "source": ["a", "a", "b", "b"]}, index=[3, 2, 1, 0])
    table = by_group(labelled, [0.1, 0.9, 0.1, 0.9], by="source")
    assert table["auc"].to_dict() == {"a": 1.0, "b": 0.0}
    assert table["comments"].tolist() == [2, 2]


def test_lengths_must_agree():
    with pytest.raises(ValueError, match="2 labels for 1 scores"):
        auc([0, 1], [0.5])
