# SPDX-License-Identifier: Apache-2.0
"""What is drawn of figures. scripts/check runs it."""

import unittest
import xml.etree.ElementTree as Tree

from curves import apart
from pictures import pictures_of, records

POINTS = [
    {"series": "spawn", "metric": metric, "things": "greenlets", "size": size, "median": cost, "unit": "ns"}
    for metric, cost in (("spawn", 110.0), ("a <join>", 112.0)) for size in (10, 1000, 1_000_000)
]
PEERS = {"workloads": [{
    "name": "echo:50", "title": "Echo & 50", "measures": [{
        "name": "us", "title": "CPU", "unit": "µs", "more_is_better": False}],
    "entries": [
        {"label": label, "is_ours": label == "us", "figures": {"us": {"median": cost, "min": cost, "max": cost * 1.1}}}
        for label, cost in (("us", 5.0), ("them", 10.0), ("far", 4000.0))],
}]}
LIMITS = [{"workload": "bulk", "who": who, "metric": "read", "median": 2.0, "min": 1.0, "max": 3.0, "unit": "GB/s"}
          for who in ("swift-gevent", "limit")]


def words(picture):
    """All text of a picture, which must be XML without anything that runs."""
    found = list(Tree.fromstring(picture).iter())
    assert not [it for it in found if it.tag.endswith("script")]
    return [it.text for it in found if it.tag.endswith("text")]


class PlotTests(unittest.TestCase):
    """What is drawn of figures."""

    def test_a_picture_has_each_line_and_each_size(self):
        pictures = pictures_of(POINTS)
        self.assertEqual(list(pictures), ["growth-greenlets.svg"])
        self.assertLessEqual({"1,000,000", "spawn: spawn 110", "spawn: a <join> 112"},
                             set(words(pictures["growth-greenlets.svg"])))

    def test_a_bar_says_how_many_times_ours_it_is(self):
        texts = words(pictures_of([PEERS])["peers-echo-50.svg"])
        self.assertIn("10  (2×)", texts)
        self.assertIn("CPU, µs; less is better; the scale is logarithmic", texts)

    def test_more_is_better_where_it_is_a_rate(self):
        self.assertIn("read, GB/s; more is better", words(pictures_of(LIMITS)["peers-bulk-read.svg"]))

    def test_the_same_figures_give_the_same_bytes(self):
        self.assertEqual(pictures_of([PEERS, *POINTS]), pictures_of([PEERS, *POINTS]))

    def test_a_file_is_one_value_or_one_a_line(self):
        self.assertEqual(records('{"a": 1}\n{"a": 2}\n'), [{"a": 1}, {"a": 2}])
        self.assertEqual(records('{\n"a": 1}'), [{"a": 1}])

    def test_labels_do_not_lie_on_each_other(self):
        self.assertEqual(apart([10, 11, 99], 10, 0, 100), [10, 20, 99])
        self.assertEqual(apart([98, 99], 10, 0, 100), [90, 100])


if __name__ == "__main__":
    unittest.main()
